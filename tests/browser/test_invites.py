"""An invite link lets one person in, who presses Join, with an account or without; looking uses nothing up."""

import re
import time
from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import expect

from mycount.services import invites
from tests.asking import ask
from tests.browser.person import PASSWORD, Person
from tests.browser.stage import Stage
from tests.server import Server

IN_A_GROUP = re.compile(r"/groups/\d+")
USED = "This invite link was used already"


def test_looking_at_an_invite_uses_nothing_up_and_joining_does(
    stage: Callable[..., Stage], sqlite_server: Server, person: Callable[..., Person]
) -> None:
    flat = stage("Alma", "Bo")
    alma, bo = flat.enter("Alma"), person(sqlite_server, "Fay", phone=True)
    link = alma.invite()
    for agent in ("WhatsApp/2.23", "facebookexternalhit/1.1"):
        assert ask(link, headers={"user-agent": agent}).status_code == 200
    for _time in range(2):
        bo.open(link)
        expect(bo.page.get_by_role("heading", name="Lisbon 2026")).to_be_visible()
        expect(bo.page.get_by_text("Alma invites you to")).to_be_visible()

    bo.page.get_by_text("Somebody else", exact=True).click()
    bo.page.get_by_label("Your name in the group").fill("Fay")
    bo.page.get_by_label("Your name in the group").press("Enter")
    bo.page.wait_for_url(IN_A_GROUP)
    expect(alma.here()).to_have_text("Fay is here")
    alma.press("Invite")
    listed = alma.sheet("Invite to Lisbon 2026").get_by_role("list", name="Invites so far")
    expect(listed).to_contain_text("Used by Fay")

    late = person(sqlite_server, "Gus")
    late.open(link)
    expect(late.page.get_by_text(USED)).to_be_visible()


def test_who_makes_an_invite_by_keyboard_goes_on_with_its_link(stage: Callable[..., Stage]) -> None:
    alma = stage("Alma", "Bo").enter("Alma")
    alma.press("Invite")
    sheet = alma.sheet("Invite to Lisbon 2026")
    sheet.get_by_role("button", name="Make the link").press("Enter")
    expect(sheet.get_by_role("button", name="Share link")).to_be_focused()
    sheet.get_by_role("button", name="Invite somebody else").press("Enter")
    expect(sheet.get_by_label("Joins as")).to_be_focused()


def test_of_two_who_press_join_at_the_same_instant_one_is_in_and_the_other_is_told(
    stage: Callable[..., Stage], sqlite_server: Server, person: Callable[..., Person]
) -> None:
    flat = stage("Alma", "Bo")
    alma = flat.enter("Alma", "more")
    link = _link(flat)
    two = [person(sqlite_server, name) for name in ("Fay", "Gus")]
    for one in two:
        one.open(link)
        one.page.get_by_text("Somebody else", exact=True).click()
        one.page.get_by_label("Your name in the group").fill(one.name)
    instant = (time.time() + 0.5) * 1000
    for one in two:
        press = one.page.get_by_role("button", name="Join")
        press.evaluate("(it, at) => void setTimeout(() => it.click(), at - Date.now())", instant)

    for one in two:
        expect(one.page.get_by_role("alert").or_(one.page.get_by_role("tablist"))).to_be_visible()
    winners = [one for one in two if IN_A_GROUP.search(one.page.url)]
    losers = [one for one in two if one not in winners]
    assert len(winners) == len(losers) == 1
    expect(losers[0].page.get_by_role("alert")).to_contain_text(USED)
    expect(alma.page.get_by_role("list", name="People").get_by_role("listitem")).to_have_count(3)
    expect(alma.here()).to_have_text(f"{winners[0].name} is here")


def test_links_that_let_nobody_in_say_why_in_plain_words(
    stage: Callable[..., Stage], sqlite_server: Server, person: Callable[..., Person]
) -> None:
    flat = stage("Alma", "Bo")
    alma, fay = flat.enter("Alma"), person(sqlite_server, "Fay")
    revoked = alma.invite()
    fay.open(revoked)
    fay.page.get_by_text("Bo", exact=True).click()
    alma.press("Invite")
    sheet = alma.sheet("Invite to Lisbon 2026")
    sheet.get_by_role("button", name="Revoke").click()
    expect(sheet.get_by_text("Taken back")).to_be_visible()
    fay.press("Join")
    expect(fay.page.get_by_role("alert")).to_contain_text("taken back")

    said = {
        revoked: "This invite link was taken back. Ask Alma",
        _link(flat, valid_for=timedelta(microseconds=1)): "This invite link has expired. Ask Alma",
        f"{sqlite_server.address}/join/no-such-link": "This invite link is not valid.",
    }
    for link, words in said.items():
        fay.page.goto(link)
        expect(fay.page.get_by_text(words)).to_be_visible()
        expect(fay.page.get_by_role("button", name="Join")).to_have_count(0)


def test_a_guest_becomes_known_on_all_devices_with_everything_there(
    stage: Callable[..., Stage], sqlite_server: Server, person: Callable[..., Person]
) -> None:
    flat = stage("Alma", "Bo")
    guest = person(sqlite_server, "Bo", phone=True)
    guest.email = f"bo.keeps.{flat.group.id}@example.org"
    guest.join(_link(flat), choose="Bo")
    guest.add("18", "Museum")
    guest.open("/you")
    expect(guest.page.get_by_text("Guest on this device")).to_be_visible()
    guest.page.get_by_label("E-mail").fill(guest.email)
    guest.page.get_by_label("New password").fill(PASSWORD)
    guest.press("Keep it")
    expect(guest.page.get_by_text(guest.email)).to_be_visible()

    desk = person(sqlite_server, "Bo")
    desk.email = guest.email
    desk.sign_in()
    card = desk.page.get_by_role("link", name="Lisbon 2026")
    expect(card).to_contain_text("you get€9.00")
    card.click()
    desk.sees("Museum", "You paid")
    guest.open(flat.path)
    expect(guest.here()).to_be_hidden()  # two devices, one person


def test_a_guest_who_lost_the_device_is_let_in_again_as_the_same_member(
    stage: Callable[..., Stage], sqlite_server: Server, person: Callable[..., Person]
) -> None:
    flat = stage("Alma", "Bo")
    lost = flat.enter("Bo", guest=True, phone=True)
    lost.add("18", "Museum")
    alma = flat.enter("Alma")
    link = alma.invite("Bo, on a new device")

    again = person(sqlite_server, "Bo", phone=True)
    again.open(link)
    expect(again.page.get_by_text("You join as Bo.")).to_be_visible()
    again.press("Join")
    again.sees("Museum", "You paid")
    lost.page.wait_for_url("/")
    lost.is_told("You are not in “Lisbon 2026” any more")
    alma.tab("More")
    expect(alma.page.get_by_role("list", name="People").get_by_role("listitem")).to_have_count(2)
    expect(alma.here()).to_have_text("Bo is here")


def test_on_the_way_to_an_account_the_invite_is_remembered_and_its_token_sent_nowhere_else(
    stage: Callable[..., Stage], sqlite_server: Server, person: Callable[..., Person]
) -> None:
    flat = stage("Alma", "Bo")
    link, fay = _link(flat), person(sqlite_server, "Fay")
    token = link.rpartition("/")[2]
    fay.email = f"fay.{flat.group.id}@example.org"
    asked: list[tuple[str, str]] = []
    fay.page.on("request", lambda request: asked.append((request.url, request.headers.get("referer", ""))))

    fay.open(link)
    fay.page.get_by_role("link", name="Sign in with it").click()
    fay.page.wait_for_url(re.compile("/sign-in#"))
    fay.ready()
    fay.page.reload()
    fay.ready()
    fay.page.get_by_role("link", name="Make an account").click()
    fay.page.wait_for_url(re.compile("/sign-up#"))
    fay.ready()
    fay.page.get_by_label("Your name").fill("Fay")
    fay.page.get_by_label("E-mail").fill(fay.email)
    fay.page.get_by_label("Password", exact=True).fill(PASSWORD)
    fay.press("Make an account")

    fay.page.wait_for_url(link)
    expect(fay.page.get_by_text("Alma invites you to")).to_be_visible()
    assert asked and all(token not in sender for _url, sender in asked)
    assert {url.partition("#")[0] for url, _sender in asked if token in url.partition("#")[0]} == {link}


def _link(flat: Stage, *, valid_for: timedelta | None = None) -> str:
    made = invites.make(flat.group.owner, flat.group.id, valid_for=valid_for)
    return f"{flat.server.address}/join/{made.token}"
