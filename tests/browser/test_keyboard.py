"""Everything can be done without a mouse."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Keyboard, Locator, expect

from tests.browser.person import PASSWORD, Person
from tests.browser.stage import Stage
from tests.server import Server


def test_from_signing_in_to_an_expense_without_a_mouse(
    stage: Callable[..., Stage], sqlite_server: Server, person: Callable[..., Person]
) -> None:
    flat = stage("Alma", "Bo", "Cy")
    known, alma = flat.outside("Alma"), person(sqlite_server, "Alma")
    keys = alma.page.keyboard
    alma.open(flat.path)
    expect(alma.page.get_by_label("E-mail")).to_be_focused()
    keys.type(known.email)
    keys.press("Tab")
    keys.type(PASSWORD)
    keys.press("Enter")
    expect(alma.page.get_by_role("heading", name="Lisbon 2026", level=1)).to_be_visible()
    alma.ready()

    keys.press("n")
    sheet = alma.sheet("Add expense")
    expect(sheet.get_by_label("Amount")).to_be_focused()
    keys.type("12.50+3*4.20")
    keys.press("Enter")
    expect(sheet.get_by_label("What for")).to_be_focused()
    keys.type("Drinks")
    keys.press("Enter")
    expect(sheet).to_be_hidden()
    alma.sees("Drinks", "€25.10", "You paid")

    row = alma.row("Drinks").get_by_role("button")
    row.focus()
    keys.press("Enter")
    expect(alma.sheet("Drinks").get_by_text("You get €16.73")).to_be_visible()
    keys.press("Escape")
    expect(row).to_be_focused()


def test_the_first_thing_that_tab_leads_to_goes_past_what_is_on_every_page(
    stage: Callable[..., Stage], sqlite_server: Server, person: Callable[..., Person]
) -> None:
    flat = stage("Alma", "Bo")
    known, fay = flat.outside("Alma"), person(sqlite_server, "Fay")
    for alma, path in ((known, flat.path), (known, "/"), (known, "/you"), (fay, "/sign-in#/activity")):
        alma.open(path)
        alma.page.evaluate("document.activeElement.blur()")  # a field may have it by itself
        way = alma.page.get_by_role("link", name="Skip to content")
        expect(way).not_to_be_in_viewport()
        first = "document.querySelector('a,button,input,select,textarea,[tabindex]').className"
        assert alma.page.evaluate(first) == "mc-skip"
        way.focus()
        expect(way).to_be_in_viewport(ratio=1)
        alma.page.keyboard.press("Enter")
        expect(alma.page.get_by_role("heading", level=1)).to_be_focused()
        assert alma.page.url.endswith(path)


@pytest.mark.parametrize("name", ["Invite", "Add expense", "Paid by me", "Expenses", "Dinner"])
def test_what_has_the_focus_has_a_ring_around_it(stage: Callable[..., Stage], name: str) -> None:
    flat = stage("Alma", "Bo")
    flat.group.add(1_000, "Alma")
    page = flat.enter("Alma").page
    pressed = page.get_by_role("button", name=name).or_(page.get_by_role("tab", name=name))
    page.keyboard.press("Tab")  # from here on the browser knows that there is no mouse
    pressed.first.focus()
    expect(pressed.first).to_have_css("outline-style", "solid")
    assert float(pressed.first.evaluate("(it) => parseFloat(getComputedStyle(it).outlineWidth)")) >= 2


def test_esc_closes_the_form_and_keeps_what_was_typed_until_it_is_saved_or_discarded(
    stage: Callable[..., Stage],
) -> None:
    alma = stage("Alma", "Bo", "Cy").enter("Alma")
    keys = alma.page.keyboard
    keys.press("n")
    sheet = alma.sheet("Add expense")
    expect(sheet.get_by_label("Amount")).to_be_focused()
    keys.type("42")
    sheet.get_by_label("What for").focus()
    keys.type("Taxi by night")
    keys.press("Escape")
    expect(sheet).to_be_hidden()
    alma.is_told("Kept on this device")

    keys.press("n")
    expect(alma.sheet("Add expense").get_by_label("What for")).to_have_value("Taxi by night")
    expect(sheet.get_by_label("Amount")).to_have_value("42")
    sheet.get_by_role("button", name="Discard").press("Enter")
    expect(sheet.get_by_label("Amount")).to_have_value("")
    keys.press("Escape")
    expect(sheet).to_be_hidden()
    alma.page.reload()
    alma.ready()
    keys.press("n")
    expect(alma.sheet("Add expense").get_by_label("What for")).to_have_value("")


def test_tabs_ways_of_splitting_and_people_are_reached_by_tab_arrows_and_space(
    stage: Callable[..., Stage],
) -> None:
    alma = stage("Alma", "Bo", "Cy").enter("Alma")
    keys = alma.page.keyboard
    alma.page.get_by_role("tab", name="Expenses").focus()
    for name in ("Balances", "Settle up", "Insights", "More", "Expenses"):
        keys.press("ArrowRight")
        expect(alma.page.get_by_role("tab", name=name)).to_be_focused()
        expect(alma.page.get_by_role("tabpanel", name=name)).to_be_visible()

    keys.press("n")
    sheet = alma.sheet("Add expense")
    expect(sheet.get_by_label("Amount")).to_be_focused()
    keys.type("30")
    _walk_to(keys, sheet.get_by_role("radio", name="Equally"))
    keys.press("ArrowRight")
    expect(sheet.get_by_role("radio", name="Shares")).to_be_focused()
    _walk_to(keys, sheet.get_by_role("checkbox", name="Bo", exact=True))
    keys.press("Space")
    expect(sheet.get_by_text("€15.00").first).to_be_visible()
    for _step in range(60):  # the focus stays in the sheet, however often one goes on
        keys.press("Tab")
        assert sheet.evaluate(
            "(it) => it.contains(document.activeElement) || document.activeElement === document.body"
        )


def _walk_to(keys: Keyboard, target: Locator) -> None:
    """Press Tab until the focus is where it should be."""
    for _step in range(40):
        if target.evaluate("(it) => it === document.activeElement"):
            return
        keys.press("Tab")
    raise AssertionError(f"not reached by Tab: {target}")
