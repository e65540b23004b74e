"""Going back, as phones do it, closes the sheet on top, then ends the search, and leaves the page where it is."""

from collections.abc import Callable

from playwright.sync_api import Locator, expect

from tests.browser.person import Person
from tests.browser.stage import Stage

SMALL = {"viewport": {"width": 390, "height": 560}}


def test_going_back_closes_one_sheet_after_the_other_and_keeps_what_is_typed(
    stage: Callable[..., Stage],
) -> None:
    alma = stage("Alma", "Bo").enter("Alma", phone=True)
    alma.stays()
    sheet = alma.begin_expense()
    sheet.get_by_label("What for").fill("Half a taxi")
    sheet.get_by_role("button", name="Category").click()
    alma.sheet("Category")
    alma.page.go_back()
    expect(alma.page.get_by_role("dialog", name="Category")).to_have_count(0)
    expect(sheet.get_by_label("What for")).to_have_value("Half a taxi")
    alma.page.go_back()
    expect(sheet).to_have_count(0)
    alma.is_told("Kept on this device")
    expect(alma.begin_expense().get_by_label("What for")).to_have_value("Half a taxi")
    alma.is_still_there()


def test_going_forward_and_back_leads_to_pages_only_once_a_sheet_is_closed(
    stage: Callable[..., Stage],
) -> None:
    scene = stage("Alma", "Bo")
    alma = scene.enter("Alma", phone=True)
    alma.open("/activity")
    alma.open(f"{scene.path}/more")
    alma.stays()
    for close in (lambda: alma.page.keyboard.press("Escape"), lambda: alma.press("Close"), alma.page.go_back):
        alma.press("History")
        alma.sheet("History")
        close()
        expect(alma.page.get_by_role("dialog")).to_have_count(0)
    alma.page.wait_for_function("!history.state?.mcSheets")
    alma.page.evaluate("history.forward()")
    alma.page.wait_for_function("!history.state?.mcSheets")
    expect(alma.page.get_by_role("dialog")).to_have_count(0)
    alma.is_still_there()
    alma.page.go_back()
    expect(alma.page).to_have_url(f"{scene.server.address}/activity")


def test_the_page_behind_a_sheet_stays_in_its_place(stage: Callable[..., Stage]) -> None:
    alma = stage("Alma", "Bo").enter("Alma", "more", phone=True, **SMALL)
    opener = alma.page.get_by_role("button", name="Deleted expenses")
    opener.scroll_into_view_if_needed()
    before = alma.page.evaluate("scrollY")
    assert before > 0
    opener.click()
    alma.sheet("Deleted expenses")
    alma.page.go_back()
    expect(alma.page.locator(".q-dialog")).to_have_count(0)
    assert alma.page.evaluate("scrollY") == before


def test_a_form_that_comes_back_after_a_reload_is_closed_by_going_back_once(
    stage: Callable[..., Stage],
) -> None:
    alma = stage("Alma", "Bo").enter("Alma", phone=True)
    sheet = alma.begin_expense()
    sheet.get_by_label("What for").fill("Half a taxi")
    alma.page.reload()
    alma.ready()
    expect(sheet.get_by_label("What for")).to_have_value("Half a taxi")
    alma.stays()
    alma.page.go_back()
    expect(sheet).to_have_count(0)
    alma.is_still_there()


def test_a_sheet_that_leads_to_another_page_is_not_in_the_way_back(stage: Callable[..., Stage]) -> None:
    alma = stage("Alma", "Bo").enter("Alma", phone=True)
    alma.new_group("Other")
    alma.page.go_back()
    expect(alma.page).to_have_url(f"{alma.server.address}/")
    alma.page.wait_for_function("!history.state?.mcSheets")
    expect(alma.page.get_by_role("dialog")).to_have_count(0)


def test_going_back_ends_the_search_on_a_phone_and_only_then_leaves_the_group(
    stage: Callable[..., Stage],
) -> None:
    alma, bo, titles = _searching(stage)
    chips = alma.page.get_by_role("group", name="Show only some")
    chips.get_by_role("button", name="Paid by me").tap()
    expect(titles).to_have_text(["Dinner for two"])
    chips.get_by_role("button", name="Dates").tap()
    sheet = alma.sheet("Dates")
    alma.page.go_back()
    expect(sheet).to_have_count(0)
    bo.add("9", "Dinner again")
    expect(titles).to_have_text(["Dinner for two"])

    alma.page.go_back()
    _is_not_searching(alma)
    expect(titles).to_have_text(["Dinner again", "Taxi", "Dinner for two"])
    alma.page.evaluate("history.forward()")
    alma.page.wait_for_function("!history.state?.mcSheets")
    _is_not_searching(alma)
    alma.is_still_there()
    alma.page.go_back()
    expect(alma.page).to_have_url(f"{alma.server.address}/activity")


def test_a_search_is_ended_by_going_back_after_a_reload_and_on_the_way_back_too(
    stage: Callable[..., Stage],
) -> None:
    alma, _bo, titles = _searching(stage)
    alma.page.reload()
    alma.ready()
    expect(titles).to_have_text(["Dinner for two"])
    alma.open("/you")
    alma.page.go_back()
    alma.ready()
    expect(titles).to_have_text(["Dinner for two"])
    alma.stays()
    alma.page.go_back()
    _is_not_searching(alma)
    expect(titles).to_have_count(2)
    alma.is_still_there()


def test_a_search_that_one_ends_oneself_is_not_in_the_way_back(stage: Callable[..., Stage]) -> None:
    alma, _bo, _titles = _searching(stage)
    alma.press("Clear the search")
    alma.page.get_by_role("button", name="Search", exact=True).tap()
    _is_not_searching(alma)
    alma.page.wait_for_function("!history.state?.mcSheets")
    alma.page.go_back()
    expect(alma.page).to_have_url(f"{alma.server.address}/activity")


def test_going_back_from_what_a_link_has_asked_for_leads_to_where_the_link_is(
    stage: Callable[..., Stage],
) -> None:
    scene = stage("Alma", "Bo")
    scene.group.add(3000, "Alma")
    alma = scene.enter("Alma", "insights?period=all", phone=True)
    alma.page.locator(".mc-spend-row").first.tap()
    alma.page.wait_for_url(f"**{scene.path}?*")
    alma.ready()
    alma.page.go_back()
    expect(alma.page.get_by_role("tab", name="Insights")).to_have_attribute("aria-selected", "true")


def _searching(stage: Callable[..., Stage]) -> tuple[Person, Person, Locator]:
    """Let Alma, on a phone, come from another page and look for something; give both people, and what Alma finds."""
    scene = stage("Alma", "Bo")
    scene.group.add(3000, "Alma", title="Dinner for two")
    scene.group.add(1000, "Bo", title="Taxi")
    alma, bo = scene.outside("Alma", phone=True), scene.enter("Bo")
    alma.open("/activity")
    alma.open(scene.path)
    alma.stays()
    alma.page.get_by_role("button", name="Search", exact=True).tap()
    alma.page.get_by_role("searchbox").filter(visible=True).fill("dinner")
    titles = alma.page.locator(".mc-exp-title")
    expect(titles).to_have_text(["Dinner for two"])
    alma.page.wait_for_url("**?q=dinner")
    return alma, bo, titles


def _is_not_searching(person: Person) -> None:
    expect(person.page.get_by_role("searchbox").filter(visible=True)).to_have_count(0)
    expect(person.page.locator(".mc-finder")).to_be_hidden()
    person.page.wait_for_url(lambda address: "?" not in address)
