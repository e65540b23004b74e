"""Lists that have become long end nowhere before their first entry."""

from collections.abc import Callable

from playwright.sync_api import Locator, expect

from mycount.services import expenses, invites
from tests.browser.stage import Stage


def test_the_first_invite_and_the_first_deleted_expense_are_reached_by_show_more(
    stage: Callable[..., Stage],
) -> None:
    flat = stage("Alma", "Bo")
    for number in range(101):
        invites.make(flat.group.owner, flat.group.id, label=f"friend {number}")
        expense = flat.group.add(1000, "Alma", title=f"Dinner {number}")
        expenses.delete(flat.group.owner, flat.group.id, expense)
    alma = flat.enter("Alma", "more")

    alma.press("Invite")
    sheet = alma.sheet("Invite to Lisbon 2026")
    invited = sheet.get_by_role("list", name="Invites so far").get_by_role("listitem")
    expect(invited).to_have_count(50)
    _more(sheet).click()
    expect(invited).to_have_count(100)
    _more(sheet).click()
    expect(invited).to_have_count(101)
    expect(invited.last).to_contain_text("friend 0")
    expect(_more(sheet)).to_be_hidden()
    invited.last.get_by_role("button", name="Revoke").click()
    expect(invited.last).to_contain_text("Taken back")
    expect(invited).to_have_count(101)
    sheet.get_by_role("button", name="Close").click()

    alma.press("Deleted expenses")
    sheet = alma.sheet("Deleted expenses")
    gone = sheet.get_by_role("list", name="Deleted expenses").get_by_role("listitem")
    expect(gone).to_have_count(100)
    _more(sheet).click()
    expect(gone).to_have_count(101)
    expect(_more(sheet)).to_be_hidden()
    sheet.get_by_role("button", name="Restore: Dinner 0").click()
    expect(gone).to_have_count(100)


def _more(sheet: Locator) -> Locator:
    return sheet.get_by_role("button", name="Show more")
