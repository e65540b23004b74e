"""Who may see and do what: an open page loses access by itself, and nobody learns what is not theirs."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from mycount.services import expenses
from mycount.services.attempts import FREE
from tests.browser.person import Person
from tests.browser.stage import Stage
from tests.browser.unfinished import begin_by_percent

SIGN_IN = re.compile("/sign-in")
SLOW_ANSWER = """() => { // comes when the server has closed the page's connection; too late for one that it sent away
    const ask = window.fetch
    let is_going = false
    navigation.addEventListener("navigate", () => (is_going = true))
    window.fetch = async (...what) => {
        const answer = await ask(...what)
        if (window.socket.connected) await new Promise((done) => window.socket.once("disconnect", done))
        return is_going ? new Promise(() => {}) : answer
    }
}"""
CHANGING = re.compile(
    r"\b(Add|Invite|Edit|Duplicate|Delete|Record|Mark|Rename|Remove|Settings|Save|Restore)\b(?! what)"
)


def test_whoever_is_removed_is_sent_away_from_every_open_page_and_told_why(
    stage: Callable[..., Stage],
) -> None:
    flat = stage("Alma", "Bo", "Cy", "Di")
    alma, bo = flat.enter("Alma", "more"), flat.enter("Bo")
    home, balances = bo.another("/"), bo.another(f"{flat.path}/balances")
    expect(home.page.get_by_role("link", name="Lisbon 2026")).to_be_visible()
    begin_by_percent(bo.front())

    alma.page.get_by_role("list", name="People").get_by_role("button", name="Bo").click()
    alma.sheet("Bo").get_by_role("button", name="Remove from the group").click()
    for person in (bo, balances):
        person.page.wait_for_url("/")
    bo.is_told("You are not in “Lisbon 2026” any more")
    expect(home.page.get_by_role("link", name="Lisbon 2026")).to_have_count(0)
    answer = bo.page.goto(flat.path)
    assert answer is not None and answer.status == 404


def test_signing_out_another_device_and_everywhere_sends_their_open_pages_to_sign_in_at_once(
    stage: Callable[..., Stage],
) -> None:
    flat = stage("Alma", "Bo")
    phone, tablet = flat.enter("Alma", phone=True), flat.enter("Alma")
    desk = flat.outside("Alma")
    desk.open("/you")
    devices = desk.page.get_by_role("list", name="Devices")
    expect(devices.get_by_role("listitem")).to_have_count(3)

    devices.get_by_role("button", name="Sign out").first.click()
    expect(devices.get_by_role("listitem")).to_have_count(2)
    tablet.page.wait_for_url(SIGN_IN)
    assert not SIGN_IN.search(phone.page.url)

    desk.press("Sign out everywhere")
    for person in (phone, desk):
        person.page.wait_for_url(SIGN_IN)
        person.page.goto(flat.path)
        expect(person.page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_whoever_signs_out_is_not_told_that_their_session_was_ended(stage: Callable[..., Stage]) -> None:
    alma = stage("Alma").outside("Alma")
    alma.open("/you")
    alma.page.evaluate(SLOW_ANSWER)
    alma.press("Sign out")
    alma.page.wait_for_url(SIGN_IN)
    expect(alma.page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert alma.page.url.endswith("/sign-in")


def test_a_viewer_sees_everything_as_it_changes_and_has_no_button_that_changes_anything(
    stage: Callable[..., Stage],
) -> None:
    flat = stage("Alma", "Bo", "Vi")
    expenses.delete(flat.group.owner, flat.group.id, flat.group.add(3000, "Alma", title="Museum"))
    vi, alma = flat.enter("Vi", role="viewer"), flat.enter("Alma")
    alma.add("60", "Boat", also=("Vi",))
    vi.sees("Boat", "€60.00", "you owe €20.00")

    assert _changing(alma) and not _changing(vi)
    vi.row("Boat").get_by_role("button").click()
    details = vi.sheet("Boat")
    expect(details.get_by_text("You owe €20.00 for it")).to_be_visible()
    assert _changing(vi) == []
    details.get_by_role("button", name="Close").click()
    for view in ("Balances", "Settle up", "More"):
        vi.tab(view)
        assert _changing(vi) == []
    vi.page.keyboard.press("n")
    vi.press("Deleted expenses")
    expect(vi.sheet("Deleted expenses").get_by_text("Museum")).to_be_visible()
    assert _changing(vi) == []
    expect(vi.page.get_by_role("dialog")).to_have_count(1)


def test_a_wrong_address_and_the_group_of_others_are_the_same_friendly_404(
    stage: Callable[..., Stage],
) -> None:
    flat, other = stage("Alma", "Bo"), stage("Zoe", "Yan")
    bo = flat.outside("Bo")
    pages = []
    for address in ("/no/such/page", "/groups/999999", other.path, f"{other.path}/balances", "/groups/x"):
        answer = bo.page.goto(address)
        assert answer is not None and answer.status == 404
        expect(bo.page.get_by_role("heading", name="There is nothing here")).to_be_visible()
        pages.append(bo.page.content())
    assert len(set(pages)) == 1
    bo.page.get_by_role("link", name="To the start").click()
    expect(bo.page.get_by_role("link", name="Lisbon 2026")).to_have_count(1)


def _changing(person: Person) -> list[str]:
    """Give the names of the buttons in sight that would change something."""
    buttons = person.page.get_by_role("button", name=CHANGING).filter(visible=True)
    return buttons.all_inner_texts()


def test_whoever_guesses_passwords_waits_longer_and_longer_and_is_told(stage: Callable[..., Stage]) -> None:
    mallory = stage("Alma").outside("Mallory")
    mallory.page.context.clear_cookies()
    mallory.sign_in("a wrong password")
    refusal = mallory.page.get_by_text(re.compile("do not match an account"))
    waits = mallory.page.get_by_text(re.compile(r"This was tried often\. Please wait for \d+ seconds\."))
    for number in range(FREE + 4):
        expect(refusal).to_be_visible()
        mallory.page.get_by_label("Password", exact=True).fill(f"guess {number}")
        expect(refusal).to_be_hidden()
        mallory.page.keyboard.press("Enter")
    expect(waits).to_be_visible()
    expect(refusal).to_be_visible()
    expect(waits).to_be_hidden()
