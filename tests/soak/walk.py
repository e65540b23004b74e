"""A browser goes over every page and sheet of a place where all that can be named has a hostile name: it stays text."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from playwright.sync_api import Browser, BrowserContext, Locator, expect

from mycount.domain.errors import Refusal
from mycount.services import expenses, groups, invites, members, users
from tests.asking import ask
from tests.bench.chrome import browsers
from tests.bench.figures import SQLITE
from tests.browser.person import PASSWORD, PHONE
from tests.server import Server
from tests.services.hostile import TEXTS
from tests.soak.places import KINDS, Place
from tests.soak.walker import ASKED, FORMULAS, RAN, TAKEN, VIOLATED, Walker
from tests.soak.walker import KINDS as COUNTED
from tests.soak.writing import used
from tests.waiting import until
from tests.world import Scene, World

PART = "Walk among hostile text"
MARKUP: Final = (
    "<script data-ran>ran=1;alert(1)</script>",
    "<img data-ran src=x onerror=ran=1;alert(1)>",
    "<svg data-ran onload=ran=1>",
    "<iframe data-ran srcdoc='<script>parent.ran=1</script>'>",
    "javascript:ran=1//",
    "{{ constructor.constructor('ran=1')() }}",
    "\"' data-ran onfocus=ran=1 autofocus x='",
    "`-ran=1-`${ran=1}",
    "</script></title></textarea><i data-ran>",
    "&lt;b data-ran&gt;&#60;b data-ran&#62;",
    "[a](javascript:ran=1) <a data-ran href=//evil.example>",
    "<style data-ran>body{display:none}</style>",
)
FORMULA: Final = (
    *("=1+1", "+1+1", "-1+1", "@SUM(A1)", "＝1+1", "a;=1+1", ' =HYPERLINK("http://evil.example")'),
    *("\t=1", "=cmd|' /C calc'!A0", "-", "+", "\u200b=1"),
)
_AS_HTML: Final = "(html) => document.querySelector('.mc-exp-title').innerHTML = html"
_ALL = 1_000
_EDITED = 12  # of the expenses: the form is the same for all
_WIDE: Final[dict[str, Any]] = {"viewport": {"width": 1280, "height": 860}}


@dataclass(frozen=True)
class _Hostile:
    """A place full of hostile text, and who walks there."""

    server: Server
    scene: Scene
    token: str
    link: str
    texts: int


def soak(place: Place) -> None:
    """Walk on a desk and on a phone, on both databases; then where text is no text, which must be noticed."""
    for kind in KINDS:
        most, least = (2, 30) if place.quick else (_ALL, 100)
        walk_everywhere(place, kind, (_WIDE, PHONE)[: place.times(2, 1)], most, least)
    notice(place)


def walk_everywhere(place: Place, kind: str, views: Sequence[dict[str, Any]], most: int, least: int) -> None:
    """Go over all pages in each view, and over `most` sheets of each sort; notes what text was taken for.

    `least` is how many pages and sheets that should come to in a view.
    """
    url = place.url(kind)
    with used(url) as world, Server(url, place.new_folder(), MYCOUNT_PAGES_PER_SECOND="0") as server:
        filled = _filled(world, server)
        walkers = [_walked(filled, view, most) for view in views]
        unforeseen = len(server.unforeseen())
    seen, told = sum(walker.seen for walker in walkers), f"with {filled.texts} hostile texts"
    place.note(PART, "pages and sheets walked", seen, least * len(views), kind, at_least=True, told=told)
    for what in COUNTED:
        found = next((walker.found[what] for walker in walkers if what in walker.found), "")
        place.note(PART, what, sum(walker.counted[what] for walker in walkers), 0, kind, told=found)
    place.note(PART, "errors that nobody expected", unforeseen, 0, kind)


def notice(place: Place) -> None:
    """Put text into a page as HTML, with the content security policy and without; each must be seen."""
    url = place.url(SQLITE)
    with used(url) as world, Server(url, place.new_folder()) as server, browsers() as (browser,):
        filled = _filled(world, server)
        with _profile(browser, filled, _WIDE) as context:
            walker = _made_html(context, filled, seen=VIOLATED)
            for what in (VIOLATED, TAKEN, FORMULAS):
                _note_wrong(place, "with the policy", what, walker)
            name = f"wrong on purpose, with the policy: {RAN}"
            place.note(PART, name, walker.counted[RAN], 0, SQLITE)
        with _profile(browser, filled, {**_WIDE, "bypass_csp": True}) as context:
            walker = _made_html(context, filled, seen=RAN)
            for what in (RAN, ASKED, TAKEN):
                _note_wrong(place, "without a policy", what, walker)


def _note_wrong(place: Place, how: str, what: str, walker: Walker) -> None:
    name = f"wrong on purpose, {how}: {what}"
    place.note(PART, name, walker.counted[what], 1, SQLITE, at_least=True)


def _made_html(context: BrowserContext, filled: _Hostile, *, seen: str) -> Walker:
    """Walk to a page in which what was typed becomes HTML, and wait until this is seen."""
    walker = Walker(context, filled.server.address)
    walker.open(f"/groups/{filled.scene.id}")
    walker.page.evaluate(_AS_HTML, "".join(MARKUP))
    until(lambda: walker.page.wait_for_timeout(50) or walker.counted[seen], seen)
    walker.look()
    walker.read_table("\n".join(["Title", *FORMULA]))
    return walker


def _filled(world: World, server: Server) -> _Hostile:
    """Give every group, person, expense, note, invite and device a name that would like to be more."""
    texts = [*TEXTS, *FORMULA, *MARKUP]  # the latest are listed first
    owner = world.user("Alma")
    users.keep(owner, "alma@example.org", PASSWORD)
    scene = world.group("Alma", *MARKUP, owner=owner)
    for text in FORMULA:
        with suppress(Refusal):
            members.add(owner, scene.id, text)
    groups.edit(owner, scene.id, name=MARKUP[1], icon="sailing", currency="EUR")
    stored = 0
    for number, text in enumerate(texts):
        with suppress(Refusal):
            note = "\n".join(MARKUP) if number % 2 else text
            scene.add(1_000 + number, "Alma", title=text, note=note)
            stored += 1
    for text in MARKUP:
        invites.make(owner, scene.id, label=text)
        groups.create(owner, text, "sailing", "EUR", MARKUP[:2])
        world.device(owner, text)
    scene.pay(500, MARKUP[2], "Alma")
    expenses.delete(owner, scene.id, scene.add(700, MARKUP[3], title=MARKUP[1]))
    groups.delete(owner, groups.create(owner, MARKUP[0], "sailing", "EUR", ()))
    users.rename(owner, MARKUP[1])
    link = f"/join/{invites.make(owner, scene.id).token}"
    return _Hostile(server, scene, world.device(owner), link, stored)


def _profile(browser: Browser, filled: _Hostile, options: dict[str, Any]) -> BrowserContext:
    context = browser.new_context(locale="en-GB", reduced_motion="reduce", **options)
    context.set_default_timeout(60_000)
    cookie = {"name": "mycount_session", "value": filled.token, "url": filled.server.address}
    context.add_cookies([cookie])  # type: ignore[list-item]
    return context


def _walked(filled: _Hostile, view: dict[str, Any], most: int) -> Walker:
    expect.set_options(timeout=60_000)
    with browsers() as (browser,), _profile(browser, filled, view) as context:
        walker = Walker(context, filled.server.address)
        path = f"/groups/{filled.scene.id}"
        for page in (
            "/",
            "/activity",
            "/you",
            "/deleted",
            f"{path}?q={quote(MARKUP[1])}&person={quote(MARKUP[6])}",
        ):
            walker.open(page)
        _over_the_group(walker, path, most)
        _over_files(walker, filled, path)
        _without_a_connection(walker, context)
        context.clear_cookies()
        for path in (filled.link, "/sign-in?next=javascript:ran=1", "/sign-up?next=//evil.example"):
            walker.open(path)
        return walker


def _over_the_group(walker: Walker, path: str, most: int) -> None:
    """Go over the views of the group, and over so many of each sort of what can be opened there."""
    walker.open(path)
    walker.sheet(walker.button("Add expense"))
    walker.sheet(walker.button("Invite"))
    rows = walker.page.locator(".mc-exp-title")
    assert set(MARKUP) <= set(rows.all_inner_texts()), "what was typed is not what is shown"
    for number in range(min(most, rows.count())):
        walker.sheet(rows.nth(number), *(["Edit"] if number < _EDITED else []))
    walker.tab("Balances")
    _over(walker, walker.page.get_by_role("tabpanel").get_by_role("listitem").get_by_role("button"), most)
    walker.tab("Settle up")
    walker.sheet(walker.page.get_by_role("tabpanel").get_by_role("button").filter(visible=True).last)
    walker.tab("Insights")
    walker.tab("More")
    for label in ("People", "About this group"):
        _over(walker, walker.page.get_by_role("list", name=label).get_by_role("button"), most)


def _over(walker: Walker, openers: Locator, most: int) -> None:
    for number in range(min(most, openers.count())):
        walker.sheet(openers.nth(number))


def _over_files(walker: Walker, filled: _Hostile, path: str) -> None:
    """Read the exports: the table has no formula, and the other file what was typed."""
    cookies = {"Cookie": f"mycount_session={filled.token}"}
    walker.read_table(ask(f"{filled.server.address}{path}/export.csv", headers=cookies).text)
    whole = ask(f"{filled.server.address}{path}/export.json", headers=cookies).json()
    walker.seen += 1
    assert set(MARKUP) <= {expense["title"] for expense in whole["expenses"]}


def _without_a_connection(walker: Walker, context: BrowserContext) -> None:
    """See the page that the browser keeps for when there is no server: it names the groups."""
    walker.page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    walker.open("/")
    context.set_offline(True)
    with walker.unheard():  # the browser says in its console that there is no connection
        walker.open("/activity", live=False)
        expect(walker.page.locator("#seen")).to_contain_text(MARKUP[1])
        walker.look()
        context.set_offline(False)
        walker.page.goto("about:blank")
