"""Going back, as phones do it, closes the sheet on top and leaves the page where it is."""

from collections.abc import Callable

from playwright.sync_api import expect

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
