"""Closing an account: said before what it means, done by keyboard too, and over on every screen at once."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from mycount.services import closing, members
from tests.browser.accessible import barriers
from tests.browser.person import PASSWORD
from tests.browser.stage import Stage

CLOSED = re.compile(r"/sign-in\?closed=1$")


def test_whoever_closes_the_account_is_out_on_every_screen_and_the_others_keep_their_sums(
    stage: Callable[..., Stage],
) -> None:
    flat = stage("Alma", "Bo", "Cy")
    flat.group.add(3000, "Alma")
    bo, alma = flat.enter("Bo"), flat.enter("Alma", "balances")
    phone = flat.outside("Bo", phone=True)
    phone.open(flat.path)
    bo.front().begin_expense()  # a form that is open there has nothing to send any more
    desk = bo.another("/you")

    keys = desk.page.keyboard
    desk.page.get_by_role("button", name="Close the account").focus()
    keys.press("Enter")
    sheet = desk.sheet("Close the account")
    expect(sheet.get_by_text("Nobody can undo it.")).to_be_visible()
    assert barriers(desk) == []
    sheet.get_by_label("Current password").focus()
    keys.type("not my password")
    keys.press("Enter")
    expect(sheet.get_by_text("This is not your current password.")).to_be_visible()
    sheet.get_by_label("Current password").fill(PASSWORD)
    keys.press("Enter")
    for person in (desk, bo, phone):
        person.page.wait_for_url(CLOSED)
        expect(person.page.get_by_text("This account is closed.")).to_be_visible()
    desk.ready()
    desk.sign_in()
    expect(desk.page.get_by_text("do not match an account")).to_be_visible()

    alma.front()
    expect(alma.page.get_by_role("tabpanel", name="Balances").get_by_text("Bo").first).to_be_visible()
    alma.tab("More")
    expect(alma.page.get_by_role("list", name="People").get_by_text("Member · by name only")).to_have_count(2)
    expect(alma.page.get_by_text("Bo closed their account").filter(visible=True).first).to_be_visible()


def test_whoever_others_depend_on_is_led_to_their_group_first(stage: Callable[..., Stage]) -> None:
    flat = stage("Alma", "Bo")
    flat.enter("Bo")
    alma = flat.outside("Alma")
    alma.open("/you")
    alma.press("Close the account")
    sheet = alma.sheet("Close the account")
    expect(sheet.get_by_text("Others are in Lisbon 2026, and nobody else administers there.")).to_be_visible()
    expect(sheet.get_by_label("Current password")).to_have_count(0)
    assert barriers(alma) == []
    sheet.get_by_role("link", name="Lisbon 2026").click()
    alma.page.wait_for_url(f"{flat.path}/more")

    members.remove(flat.group.owner, flat.group.id, flat.group.members["Bo"])
    alma.open("/you")
    alma.press("Close the account")
    expect(sheet.get_by_text("Nobody else can open this group; it is deleted too:")).to_be_visible()
    assert closing.outlook(flat.group.owner).ending == ((flat.group.id, "Lisbon 2026"),)
    sheet.get_by_role("button", name="Stay").click()
    expect(sheet).to_be_hidden()
    expect(alma.page.get_by_role("button", name="Close the account")).to_be_focused()
