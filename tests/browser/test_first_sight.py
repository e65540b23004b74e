"""What is seen before the program has arrived in the browser: the page itself, and what is pressed is not lost."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.browser.person import Person
from tests.browser.stage import Stage

HOSTILE = "<img src=x onerror=document.title='owned'></span><script>document.title='owned'</script>"

SEEN = """async (within) => {
  await document.fonts.ready;
  const root = document.querySelector(within), seen = [];
  const put = (what, { x, y, width, height }) => {
    if (width) seen.push([what, ...[x, y, width, height].map(Math.round)].join(" "));
  };
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(texts.currentNode);
    if (texts.currentNode.data.trim()) put(texts.currentNode.data.trim(), range.getBoundingClientRect());
  }
  for (const icon of root.querySelectorAll("use")) {
    const name = icon.getAttribute("href") ?? icon.getAttribute("xlink:href");
    put(name, icon.closest("svg").getBoundingClientRect());
  }
  return seen.sort();
}"""


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
