"""Finding an expense among many: typed or narrowed down, kept in the address, and true while others go on."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.accessible import barriers
from tests.browser.person import Person
from tests.browser.stage import Stage


@pytest.fixture
def trip(stage: Callable[..., Stage]) -> Stage:
    """A group with a few expenses that differ."""
    trip = stage("Alma", "Bo", "Cy")
    trip.group.add(1250, "Alma", title="Café <b>au</b> lait", category="cafe", day=date(2026, 3, 1))
    trip.group.add(1200, "Bo", ["Bo", "Cy"], title="Toll", category="parking", day=date(2026, 3, 2))
    trip.group.add(
        4000, "Cy", title="Museum", category="tickets", note="with audio guide", day=date(2026, 4, 3)
    )
    trip.group.pay(3000, "Cy", "Bo", day=date(2026, 4, 6))
    return trip


def titles(person: Person) -> Locator:
    return person.page.locator(".mc-exp-title")


def chip(person: Person, name: str) -> Locator:
    return person.page.locator(".mc-chips").get_by_role("button", name=name, exact=True)


def tally(person: Person, words: str) -> None:
    expect(person.page.locator(".mc-finder-found [role=status]")).to_have_text(words)


def test_what_is_typed_is_found_kept_in_the_address_and_given_up_with_escape(trip: Stage) -> None:
    alma = trip.enter("Alma")
    keys = alma.page.keyboard
    keys.press("/")
    field = alma.page.get_by_role("search").get_by_role("searchbox")
    expect(field).to_be_focused()
    for typed, found in (
        ("cafe", "Café <b>au</b> lait"),
        ("12.5", "Café <b>au</b> lait"),
        ("guide", "Museum"),
    ):
        field.press("Control+a")
        keys.type(typed)
        expect(titles(alma)).to_have_text([found])
        alma.page.wait_for_url(f"**{trip.path}?q={typed}")
    tally(alma, "1 expense · €40.00")
    field.press("Control+a")
    keys.type("12")
    tally(alma, "2 expenses · €24.50")
    alma.page.reload()
    alma.ready()
    expect(field).to_have_value("12")
    expect(titles(alma)).to_have_text(["Toll", "Café <b>au</b> lait"])
    alma.open("/you")
    alma.page.go_back()
    alma.ready()
    expect(titles(alma)).to_have_count(2)
    field.press("Escape")
    expect(titles(alma)).to_have_count(4)
    alma.page.wait_for_url(f"**{trip.path}")
    field.press("Escape")
    expect(field).not_to_be_focused()


def test_buttons_narrow_the_list_and_go_with_one_press(trip: Stage) -> None:
    alma = trip.enter("Alma")
    expect(chip(alma, "All")).to_have_attribute("aria-pressed", "true")
    chip(alma, "I'm in").click()
    expect(titles(alma)).to_have_text(["Museum", "Café <b>au</b> lait"])
    expect(chip(alma, "I'm in")).to_have_attribute("aria-pressed", "true")
    expect(chip(alma, "All")).to_have_attribute("aria-pressed", "false")
    chip(alma, "Paid by me").click()
    expect(titles(alma)).to_have_text(["Café <b>au</b> lait"])
    chip(alma, "Category").click()
    sheet = alma.sheet("Category")
    assert barriers(alma) == []
    sheet.get_by_role("button", name="Tickets").click()
    tally(alma, "Nothing found")
    alma.page.wait_for_url(f"**{trip.path}?mine=1&paid=1&category=tickets")
    assert barriers(alma) == []
    chip(alma, "Paid by me").click()
    expect(titles(alma)).to_have_text(["Museum"])
    chip(alma, "Tickets").click()
    expect(titles(alma)).to_have_count(2)
    chip(alma, "Dates").click()
    sheet = alma.sheet("Dates")
    assert barriers(alma) == []
    sheet.get_by_label("First day").fill("2026-04-30")
    sheet.get_by_label("Last day").fill("2026-04-01")
    sheet.get_by_role("button", name="Show").click()
    tally(alma, "1 expense · €40.00")
    alma.page.wait_for_url("**?mine=1&from=2026-04-01&to=2026-04-30")
    assert barriers(alma) == []
    alma.page.wait_for_function("!history.state?.mcSheets")  # going back from the sheet is over
    alma.page.reload()
    alma.ready()
    tally(alma, "1 expense · €40.00")
    chip(alma, "April 2026").click()
    expect(titles(alma)).to_have_count(2)
    chip(alma, "All").click()
    expect(titles(alma)).to_have_count(4)


def test_nothing_found_says_so_and_shows_all_again(trip: Stage) -> None:
    alma = trip.enter("Alma")
    alma.page.get_by_role("searchbox").fill("no such thing")
    alma.press("Show all expenses")
    expect(titles(alma)).to_have_count(4)
    expect(alma.page.get_by_role("searchbox")).to_have_value("")


def test_a_link_from_elsewhere_is_followed_and_nonsense_in_it_is_not(trip: Stage) -> None:
    alma = trip.outside("Alma")
    bo = trip.group.members["Bo"]
    alma.open(f"{trip.path}?payer={bo}&kind=expense&category=nonsense&person=999999999&from=2026-13-01")
    expect(titles(alma)).to_have_text(["Toll"])
    chip(alma, "Paid by Bo").click()
    expect(titles(alma)).to_have_count(3)
    chip(alma, "Expenses").click()
    expect(titles(alma)).to_have_count(4)
    expect(alma.page.locator(".mc-finder-more button")).to_have_count(0)


def test_news_from_others_come_into_what_is_found_and_disturb_no_typing(trip: Stage) -> None:
    alma, bo = trip.enter("Alma"), trip.enter("Bo")
    alma.page.get_by_role("searchbox").fill("to")
    expect(titles(alma)).to_have_text(["Toll"])
    alma.page.keyboard.type("ll")
    bo.add("5.00", "Toll bridge")
    expect(titles(alma)).to_have_text(["Toll bridge", "Toll"])
    tally(alma, "2 expenses · €17.00")
    bo.add("6.00", "Something else")
    bo.sees("Something else")
    expect(alma.page.get_by_role("searchbox")).to_have_value("toll")
    expect(titles(alma)).to_have_count(2)


def test_searching_from_another_tab_leads_to_the_expenses(trip: Stage) -> None:
    alma = trip.enter("Alma", "balances")
    alma.page.get_by_role("searchbox").fill("museum")
    expect(alma.page.get_by_role("tab", name="Expenses")).to_have_attribute("aria-selected", "true")
    expect(titles(alma)).to_have_text(["Museum"])
    alma.tab("Balances")
    alma.page.wait_for_url("**/balances")
    alma.tab("Expenses")
    alma.page.wait_for_url("**?q=museum")


def test_on_a_phone_the_field_opens_above_the_list(trip: Stage) -> None:
    alma = trip.enter("Alma", phone=True)
    expect(chip(alma, "All")).to_be_hidden()
    opener = alma.page.get_by_role("button", name="Search", exact=True)
    opener.tap()
    expect(opener).to_have_attribute("aria-expanded", "true")
    field = alma.page.get_by_role("searchbox").filter(visible=True)
    expect(field).to_be_focused()
    field.fill("museum")
    expect(titles(alma)).to_have_text(["Museum"])
    assert barriers(alma) == []
    chip(alma, "Dates").click()
    alma.sheet("Dates").get_by_role("button", name="This year").click()
    alma.page.wait_for_url(re.compile(r"q=museum&from=\d{4}-01-01"))
    alma.press("Clear the search")
    expect(field).to_have_value("")
    opener.tap()
    expect(field).to_be_hidden()


def test_amounts_and_categories_are_found_as_ones_own_language_writes_them(trip: Stage) -> None:
    alma = trip.enter("Alma", locale="de-DE")
    field = alma.page.get_by_role("searchbox")
    for typed, found in (("12,50", "Café <b>au</b> lait"), ("40,00 €", "Museum"), ("parken", "Toll")):
        field.fill(typed)
        expect(titles(alma)).to_have_text([found])
