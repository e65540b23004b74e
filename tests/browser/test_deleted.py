"""What is deleted can be brought back: at once by Undo, and later from a list."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.stage import Stage


def test_a_deleted_expense_is_gone_for_all_and_back_by_undo_or_from_the_list(
    stage: Callable[..., Stage],
) -> None:
    flat = stage("Alma", "Bo")
    flat.group.add(3000, "Alma", title="Museum")
    alma, bo = flat.enter("Alma", phone=True), flat.enter("Bo")
    for _time in ("for Undo", "for the list"):
        alma.row("Museum").get_by_role("button").click()
        alma.sheet("Museum").get_by_role("button", name="Delete").click()
        expect(bo.row("Museum")).to_be_hidden()
        expect(bo.page.get_by_text("You are even").filter(visible=True)).to_have_count(1)
        if _time == "for Undo":
            alma.undo("Deleted “Museum”")
            expect(alma.page.locator("#mc-voice")).to_have_text("Restored")
            bo.sees("Museum", "you owe €15.00")

    bo.tab("More")
    bo.press("Deleted expenses")
    sheet = bo.sheet("Deleted expenses")
    expect(sheet.get_by_text("deleted by Alma")).to_be_visible()
    sheet.get_by_role("button", name="Restore: Museum").click()
    expect(sheet.get_by_text("Nothing is deleted here.")).to_be_visible()
    alma.sees("Museum", "you get €15.00")


def test_whoever_walks_by_keyboard_stays_where_the_deleted_expense_was(stage: Callable[..., Stage]) -> None:
    flat = stage("Alma", "Bo")
    flat.group.add(3000, "Alma", title="Museum")
    alma = flat.enter("Alma")
    panel = alma.page.get_by_role("tabpanel", name="Expenses")
    alma.row("Museum").get_by_role("button").focus()
    alma.page.keyboard.press("Enter")
    delete = alma.sheet("Museum").get_by_role("button", name="Delete")
    delete.focus()
    alma.page.keyboard.press("Enter")
    expect(panel).to_be_focused()
    undo = alma.page.get_by_role("button", name="Undo")
    undo.focus()
    alma.page.keyboard.press("Enter")
    expect(alma.row("Museum")).to_be_visible()
    expect(panel).to_be_focused()


def test_a_deleted_group_is_gone_for_all_and_back_by_undo_or_from_the_list(
    stage: Callable[..., Stage],
) -> None:
    flat = stage("Alma", "Bo")
    flat.group.add(3000, "Alma", title="Museum")
    alma, bo = flat.enter("Alma", "more"), flat.outside("Bo")
    bo.open("/")
    for _time in ("for Undo", "for the list"):
        alma.press("Settings")
        alma.sheet("Settings").get_by_role("button", name="Delete the group").click()
        expect(bo.page.get_by_role("link", name="Lisbon 2026")).to_have_count(0)
        expect(alma.page.get_by_text("You deleted “Lisbon 2026”.")).to_be_visible()
        if _time == "for Undo":
            alma.press("Undo")
            alma.sees("Museum")
            expect(bo.page.get_by_role("link", name="Lisbon 2026")).to_be_visible()
            alma.ready()
            alma.tab("More")

    alma.open("/deleted")
    alma.press("Restore: Lisbon 2026")
    expect(alma.page.get_by_text("There is no deleted group.")).to_be_visible()
    expect(bo.page.get_by_role("link", name="Lisbon 2026")).to_contain_text("you pay€15.00")
