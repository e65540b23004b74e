"""What is seen before the program has arrived in the browser: the page itself, and what is pressed is not lost."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from mycount.domain.ledger import Kind
from mycount.services import groups, members
from mycount.services.views import Role
from tests.browser.person import Person
from tests.browser.stage import Stage

HOSTILE = "<img src=x onerror=document.title='owned'></span><script>document.title='owned'</script>"

SEEN = """async (within) => {
  await document.fonts.ready;
  const root = document.querySelector(within), seen = [];
  const put = (what, within, { x, y, width, height }) => {
    const { color, fontWeight } = getComputedStyle(within);
    if (width) seen.push([what, ...[x, y, width, height].map(Math.round), color, fontWeight].join(" "));
  };
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(texts.currentNode);
    const said = texts.currentNode.data.trim();
    if (said) put(said, texts.currentNode.parentElement, range.getBoundingClientRect());
  }
  for (const icon of root.querySelectorAll("use")) {
    const name = icon.getAttribute("href") ?? icon.getAttribute("xlink:href");
    put(name, icon, icon.closest("svg").getBoundingClientRect());
  }
  return seen.sort();
}"""


Build = Callable[[Stage], str]
"""Brings a group of Alma's and Bo's into a state; gives the address at which it is to be seen."""


def _even_and_archived(stage: Stage) -> str:
    bo = stage.world.join(stage.group, "Bo")
    for amount, currency in ((1_000, "EUR"), (2_000, "USD")):
        stage.group.add(amount, "Alma", currency=currency)
    stage.world.group("Bo", "Cy", owner=bo)
    even = stage.world.group("Bo", "Cy", owner=bo)
    even.add(1_000, "Bo", ["Bo"])
    old = stage.world.group("Bo", "Cy", owner=bo)
    old.add(1_000, "Cy")
    groups.archive(bo, old.id)
    return "/"


def _archived(stage: Stage) -> str:
    stage.world.join(stage.group, "Bo")
    stage.group.add(1_000, "Alma")
    groups.archive(stage.group.owner, stage.group.id)
    return stage.path


def _of_all_kinds(stage: Stage) -> str:
    stage.group.add(1_000, "Alma", title="Dinner", note="Very good", category="restaurant")
    stage.group.add(2_000, "Bo", title="Refund", kind=Kind.INCOME, currency="USD")
    stage.group.add(300, "Alma", ["Alma"], title="Without Bo", currency="JPY")
    stage.group.pay(500, "Bo", "Alma")
    return stage.path


def _from_right_to_left(stage: Stage) -> str:
    for name in ("ليلى", "יעל", "Åsa!", "Bo (بو)"):
        stage.group.members[name] = members.add(stage.group.owner, stage.group.id, name)
        stage.group.add(1_000, name, title=f"{name} 3x", currency="USD")
    return stage.path


def _looked_for(stage: Stage) -> str:
    stage.group.add(1_000, "Alma", title="Dinner")
    stage.group.add(1_000, "Bo", title="Lunch")
    return f"{stage.path}?q=dinner"


def _not_found(stage: Stage) -> str:
    return _looked_for(stage).replace("dinner", "breakfast")


STATES: dict[str, Build] = {
    "home": _even_and_archived,
    "nothing": lambda stage: stage.path,
    "archived": _archived,
    "kinds": _of_all_kinds,
    "mixed": _from_right_to_left,
    "found": _looked_for,
    "lost": _not_found,
}


@pytest.fixture
def trip(stage: Callable[..., Stage]) -> Stage:
    """A group with enough in it to fill every part of its page."""
    trip = stage("Alma", "Bo", "Cy", "Di", "Em", "Flo", "Gus", "Hal")
    for number, payer in enumerate(("Alma", "Bo", "Cy", "Di") * 12):
        trip.group.add(1_000 + 137 * number, payer, title=f"Dinner {number}", category="restaurant")
    trip.group.pay(500, "Bo", "Alma")
    return trip


@pytest.mark.parametrize("where", ["", "/"], ids=["group", "home"])
@pytest.mark.parametrize(
    ("phone", "locale"), [(True, "en-GB"), (False, "de-DE"), (True, "ar-EG")], ids=["phone", "desktop", "ar"]
)
def test_what_is_seen_first_is_what_stays(trip: Stage, phone: bool, locale: str, where: str) -> None:
    bo = trip.outside("Bo", phone=phone, locale=locale)
    with held(bo) as go_on:
        bo.page.goto(where or f"/groups/{trip.group.id}", wait_until="commit")
        expect(bo.page.locator("#mc-first h1")).to_be_visible()
        first = bo.page.evaluate(SEEN, "#mc-first")
        go_on()
    bo.ready()
    assert bo.page.locator("#mc-first").count() == 0
    assert len(first) > 5
    assert [one for one in first if one not in bo.page.evaluate(SEEN, "#app")] == []


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
@pytest.mark.parametrize("state", STATES)
def test_every_state_is_at_first_what_it_is_later(
    stage: Callable[..., Stage], state: str, phone: bool
) -> None:
    """Each component that writes itself as plain HTML does so twice, in Python and in its template: here they meet."""
    of_two = stage("Alma", "Bo")
    address = STATES[state](of_two)
    role: Role = "viewer" if state == "kinds" else "member"
    bo = of_two.outside("Bo", role=role, phone=phone, locale="ar-MA" if state == "mixed" else "en-GB")
    with held(bo) as go_on:
        bo.page.goto(address, wait_until="commit")
        expect(bo.page.locator("#mc-first h1")).to_be_visible()
        first, read = bo.page.evaluate(SEEN, "#mc-first"), bo.page.locator("#mc-first").aria_snapshot()
        go_on()
        bo.ready()
    assert bo.page.evaluate(SEEN, "#app") == first
    assert bo.page.locator("#app").aria_snapshot() == read


def test_what_is_pressed_before_the_program_has_arrived_is_done_once_it_has(trip: Stage) -> None:
    bo = trip.outside("Bo", phone=True)
    with held(bo) as go_on:
        bo.page.goto(f"/groups/{trip.group.id}", wait_until="commit")
        bo.page.locator("#mc-first").get_by_role("button", name="Dinner 45").click()
        go_on()
    expect(bo.page.get_by_role("dialog").get_by_text("Dinner 45")).to_be_visible()


def test_the_focus_stays_where_it_was_when_the_program_arrives(trip: Stage) -> None:
    bo = trip.outside("Bo")
    with held(bo) as go_on:
        bo.page.goto(f"/groups/{trip.group.id}", wait_until="commit")
        early = bo.page.locator("#mc-first")
        expect(early.get_by_role("searchbox")).to_be_visible()
        early.get_by_role("button", name="Dinner 45").focus()
        go_on()
        bo.ready()
    expect(bo.page.get_by_role("button", name="Dinner 45")).to_be_focused()


def test_the_search_takes_letters_once_the_program_has_arrived(trip: Stage) -> None:
    bo = trip.outside("Bo")
    with held(bo) as go_on:
        bo.page.goto(f"/groups/{trip.group.id}", wait_until="commit")
        bo.page.locator("#mc-first").get_by_role("searchbox").filter(visible=True).click()
        go_on()
        bo.ready()
    bo.page.keyboard.type("Dinner 45")
    expect(bo.page.get_by_role("searchbox").filter(visible=True)).to_have_value("Dinner 45")


def test_what_was_pressed_early_has_the_focus_again_when_its_sheet_is_closed(trip: Stage) -> None:
    bo = trip.outside("Bo", phone=True)
    with held(bo) as go_on:
        bo.page.goto(f"/groups/{trip.group.id}", wait_until="commit")
        pressed = bo.page.locator("#mc-first").get_by_role("button", name="Dinner 45")
        pressed.click()
        expect(pressed).to_have_attribute("aria-busy", "true")
        go_on()
        bo.sheet("Dinner 45").get_by_role("button", name="Close").click()
    expect(bo.page.get_by_role("dialog")).to_be_hidden()
    expect(bo.page.get_by_role("button", name="Dinner 45")).to_be_focused()


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
def test_everything_is_called_at_first_what_it_is_called_later(trip: Stage, phone: bool) -> None:
    bo = trip.outside("Bo", phone=phone)
    with held(bo) as go_on:
        bo.page.goto(f"/groups/{trip.group.id}", wait_until="commit")
        expect(bo.page.locator("#mc-first h1")).to_be_visible()
        first = bo.page.locator("#mc-first").aria_snapshot()
        go_on()
        bo.ready()
    assert first == bo.page.locator("#app").aria_snapshot()


def test_what_people_have_typed_is_text_in_it(trip: Stage) -> None:
    trip.group.add(1_234, "Alma", title=HOSTILE)
    bo = trip.outside("Bo")
    with held(bo) as go_on:
        bo.page.goto(f"/groups/{trip.group.id}", wait_until="commit")
        expect(bo.page.locator("#mc-first .mc-exp-title").first).to_have_text(HOSTILE)
        assert bo.page.locator("#mc-first :is(img, script)").count() == 0
        go_on()
    bo.ready()
    assert "owned" not in bo.page.title()


@contextmanager
def held(person: Person) -> Iterator[Callable[[], None]]:
    """Keep the program from arriving in somebody's browser until the function given is called."""
    waiting: list[Route] = []
    is_held = True

    def hold(route: Route) -> Any:
        return waiting.append(route) if is_held else route.continue_()

    def go_on() -> None:
        nonlocal is_held
        is_held = False
        for route in waiting:
            route.continue_()

    person.page.route("**/nicegui.js", hold)
    yield go_on
    person.page.unroute("**/nicegui.js")
