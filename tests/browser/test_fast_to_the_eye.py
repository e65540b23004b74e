"""The first screen: nothing of it moves once it is drawn, and no more is fetched for it than it needs."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Response, Route, expect

from tests.browser.person import Person
from tests.browser.stage import Stage

MOST_SHIFT = 0.02
MOST_BYTES = 380_000  # of a first visit; whoever comes later gets assets that are compressed better
SCREENS = ("/sign-in", "/", "/activity", "/you", "", "/balances", "/insights", "/more")
"""Addresses, those without a name of their own below that of a group."""

WATCH = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const { value, hadRecentInput, sources } of list.getEntries())
    if (!hadRecentInput) shifts.push([value, ...sources.map(({ node }) => node?.outerHTML?.slice(0, 80))]);
}).observe({ type: "layout-shift", buffered: true });
"""
DRAWN = """async () => {
  await document.fonts.ready;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))));
  return shifts;
}"""
NEEDED = re.compile(
    r"/_nicegui/[\d.]+/(components/\w+/\w+\.js|static/"
    r"(quasar\.umd\.prod|vue\.esm-browser\.prod|socket\.io\.min|nicegui|dompurify|lang/[-\w.]+)\.m?js)"
    r"|/static/((framework|mycount)\.css|(app|drafts|last_seen|components)\.js|icons\.svg|inter-latin\.woff2|favicon\.svg|pictures\.svg)"
    r"|/favicon\.ico|/sw\.js|/offline|/manifest\.webmanifest"
)


@pytest.fixture
def flat(stage: Callable[..., Stage]) -> Stage:
    """A group that has been in use for two months."""
    flat = stage("Alma", "Bo", "Cy", "Di")
    for number in range(20):
        payer, day = ("Alma", "Bo", "Cy")[number % 3], date.today() - timedelta(days=3 * number)
        flat.group.add(1_000 + 37 * number, payer, title=f"Dinner {number}", category="restaurant", day=day)
    return flat


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
def test_nothing_moves_after_the_first_paint_be_it_the_first_visit_or_a_later_one(
    flat: Stage, phone: bool
) -> None:
    bo = flat.outside("Bo", phone=phone)
    stranger = flat.outside("Cy", phone=phone)
    stranger.page.context.clear_cookies()
    for visitor in (bo, stranger):
        visitor.page.add_init_script(WATCH)
    for screen in SCREENS:
        visitor = stranger if screen == "/sign-in" else bo
        for kind in ("cold", "warm"):
            if kind == "cold":
                visitor.page.context.new_cdp_session(visitor.page).send("Network.clearBrowserCache")
            assert _moved(visitor, _address(flat, screen)) < MOST_SHIFT, f"{screen}, {kind}"


def test_nothing_moves_when_the_font_comes_late(flat: Stage) -> None:
    bo = flat.outside("Bo", phone=True)
    held: list[Route] = []
    bo.page.route("**/*.woff2*", lambda route: held.append(route))
    bo.page.add_init_script(WATCH)
    bo.page.goto(flat.path, wait_until="commit")
    bo.sees("Dinner 0")
    assert held and not bo.page.evaluate("document.fonts.check('16px Inter')")

    held[0].continue_()
    bo.page.wait_for_function("document.fonts.check('16px Inter')")
    assert _sum(bo.page.evaluate(DRAWN)) < MOST_SHIFT / 10  # what stands in has the same measures


def test_what_moves_would_be_seen(flat: Stage) -> None:
    bo = flat.outside("Bo")
    bo.page.add_init_script(WATCH)
    assert _moved(bo, flat.path) < MOST_SHIFT
    bo.page.evaluate("document.querySelector('.mc-page').style.paddingTop = '200px'")
    bo.page.wait_for_function("shifts.length > 0")


@pytest.mark.parametrize("screen", SCREENS)
def test_a_first_visit_fetches_only_what_the_screen_needs_compressed_and_to_be_kept(
    flat: Stage, screen: str
) -> None:
    bo = flat.outside("Bo", phone=True)
    if screen == "/sign-in":
        bo.page.context.clear_cookies()
    address = _address(flat, screen)
    answers: list[Response] = []
    sizes: list[int] = []
    bo.page.on("response", lambda answer: answers.append(answer))
    network = bo.page.context.new_cdp_session(bo.page)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))

    bo.open(address)
    bo.page.wait_for_load_state("networkidle")

    assets = [answer for answer in answers if urlsplit(answer.url).path != address]
    assert len(assets) > 10
    unneeded = [path for path in map(_path, assets) if not NEEDED.fullmatch(path)]
    assert unneeded == []
    assert [_path(answer) for answer in assets if not _is_kept(answer)] == []
    assert sum(sizes) < MOST_BYTES


def _moved(person: Person, address: str) -> float:
    person.open(address)
    person.page.wait_for_load_state("networkidle")
    if address.endswith("/insights"):
        expect(person.page.locator(".mc-month-plot i").first).to_be_attached()
    return _sum(person.page.evaluate(DRAWN))


def _sum(shifts: list[tuple[float, str]]) -> float:
    print(*shifts, sep="\n")
    return sum(shift[0] for shift in shifts)


def _address(flat: Stage, screen: str) -> str:
    return screen if screen in ("/sign-in", "/", "/activity", "/you") else flat.path + screen


def _path(answer: Response) -> str:
    return urlsplit(answer.url).path


def _is_kept(answer: Response) -> bool:
    """Whether it is kept for good, and small: or one of those few that have to be asked for again."""
    if _path(answer) in ("/favicon.ico", "/sw.js", "/offline", "/manifest.webmanifest"):
        return True
    is_small = answer.headers.get("content-encoding") == "br" or int(answer.headers["content-length"]) < 500
    return "immutable" in answer.headers.get("cache-control", "") and (
        is_small or _path(answer).endswith(".woff2")
    )
