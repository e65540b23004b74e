"""On a phone everything is as easy to press and to read; so it is when enlarged, without motion, and by ear."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from mycount.services import invites
from tests.browser.accessible import barriers, too_small
from tests.browser.fitting import fits
from tests.browser.person import Person
from tests.browser.stage import Stage

ENLARGED = {"viewport": {"width": 640, "height": 430}, "device_scale_factor": 2}  # 1280 × 860 at 200 %
STILL = """() => [...document.querySelectorAll("body *")].flatMap((it) => {
    const { transitionDuration, animationDuration } = getComputedStyle(it);
    return `${transitionDuration},${animationDuration}`.split(",").map(parseFloat);
}).reduce((longest, one) => Math.max(longest, one), 0)"""


@pytest.fixture
def flat(stage: Callable[..., Stage]) -> Stage:
    """A group with an expense, a payment and an open invite."""
    flat = stage("Alma", "Bo", "Cy")
    flat.group.add(12000, "Alma", title="Apartment")
    flat.group.pay(1000, "Bo", "Alma")
    invites.make(flat.group.owner, flat.group.id, label="Fay")
    return flat


def test_pages_on_a_phone_have_no_barrier_and_nothing_too_small_for_a_thumb(
    flat: Stage, person: Callable[..., Person]
) -> None:
    alma = flat.outside("Alma", phone=True)
    for address in ("/", "/activity", "/you", "/deleted", flat.path):
        alma.open(address)
        _is_easy(alma)
    alma.press("Search")
    expect(alma.page.get_by_role("searchbox").filter(visible=True)).to_be_focused()
    _is_easy(alma)
    for view in ("Balances", "Settle up", "Insights", "More"):
        alma.tab(view)
        _is_easy(alma)
    fay = person(flat.server, "Fay", phone=True, reduced_motion="reduce")
    for address in ("/sign-in", "/sign-up", f"/join/{invites.make(flat.group.owner, flat.group.id).token}"):
        fay.open(address)
        _is_easy(fay)


def test_sheets_on_a_phone_have_no_barrier_nothing_too_small_and_give_the_focus_back(flat: Stage) -> None:
    alma = flat.enter("Alma", "more", phone=True)
    for opener in ("Settings", "Deleted expenses", "History", "Add a name", re.compile("^Bo")):
        pressed = alma.page.get_by_role("tabpanel").get_by_role("button", name=opener)
        pressed.press("Enter")
        _sheet_is_easy(alma)
        alma.page.keyboard.press("Escape")
        expect(alma.page.get_by_role("dialog")).to_have_count(0)
        expect(pressed).to_be_focused()
    alma.press("Invite")
    alma.page.get_by_role("dialog").get_by_role("button", name="Make the link").click()
    expect(alma.page.get_by_role("button", name="Share link")).to_be_visible()
    _sheet_is_easy(alma)
    alma.open(flat.path)
    sheet = alma.begin_expense()
    for mode in ("Percent", "Amounts"):
        sheet.get_by_role("radio", name=mode).click()
        _sheet_is_easy(alma)


def test_at_twice_the_size_everything_has_room_and_can_be_saved(flat: Stage) -> None:
    alma = flat.outside("Alma", **ENLARGED)
    for address in (
        "/",
        "/activity",
        "/you",
        flat.path,
        *(f"{flat.path}/{view}" for view in ("insights", "settle")),
    ):
        alma.open(address)
        fits(alma)
    alma.open(flat.path)
    sheet = alma.begin_expense()
    fits(alma)
    sheet.get_by_label("Amount").fill("12")
    sheet.get_by_label("What for").fill("Tea")
    sheet.get_by_role("button", name="Save expense").click()
    alma.sees("Tea")


def test_nothing_moves_for_whoever_asks_for_no_motion(flat: Stage) -> None:
    alma = flat.enter("Alma")
    alma.begin_expense()
    assert alma.page.evaluate(STILL) < 0.001


def test_what_others_do_is_told_politely_wherever_one_is_and_takes_no_focus(flat: Stage) -> None:
    alma, bo = flat.enter("Alma", "balances"), flat.enter("Bo")
    voice = alma.page.locator("#mc-voice")
    alma.page.get_by_role("searchbox").focus()
    bo.add("30", "Dinner")
    expect(voice).to_contain_text("Bo added “Dinner”")
    assert voice.get_attribute("aria-live") == "polite"
    expect(alma.page.get_by_role("searchbox")).to_be_focused()
    expect(bo.page.locator("#mc-voice")).not_to_contain_text("added")


def _is_easy(person: Person) -> None:
    assert too_small(person) == []
    assert barriers(person) == []


def _sheet_is_easy(person: Person) -> None:
    sheet = person.page.get_by_role("dialog").last
    expect(sheet).to_be_visible()
    expect(sheet.locator(".mc-sheet")).to_have_css("transform", "none")
    _is_easy(person)
