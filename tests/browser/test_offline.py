"""Without a connection: a page that says so, with the balances as they were seen last on this device, and as old."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.accessible import barriers
from tests.browser.person import Person
from tests.browser.stage import Stage
from tests.conftest import copied
from tests.server import Server

KEPT = "Object.keys(localStorage).filter((key) => key.includes('last-seen')).length"
KEPT_BY_WORKER = (
    "(name) => caches.open(name).then((cache) => cache.keys()).then((all) => all.map((it) => it.url))"
)


@pytest.fixture(scope="module")
def sqlite_server(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of these tests' own, to be stopped."""
    folder = tmp_path_factory.mktemp("server")
    with Server(copied(sqlite_template, folder), folder) as server:
        yield server


@pytest.fixture
def flat(stage: Callable[..., Stage]) -> Stage:
    """A group in which Alma gets money from Bo."""
    flat = stage("Alma", "Bo")
    flat.group.add(3000, "Alma", title="Dinner")
    return flat


def test_without_a_connection_the_last_balances_are_shown_as_old_and_with_one_again_the_page(
    flat: Stage,
) -> None:
    alma = _known(flat.enter("Alma", phone=True))

    _lose(alma, "/activity")
    expect(_balances(alma.page)).to_have_text([re.compile("Lisbon 2026as of .+€15.00you get")])
    expect(alma.page.get_by_role("heading", name="Last seen on")).to_be_visible()
    expect(alma.page.get_by_text("These balances are old")).to_be_visible()
    assert barriers(alma) == []

    flat.group.add(1000, "Alma", title="Taxi")
    alma.page.context.set_offline(False)
    expect(alma.page.get_by_role("heading", name="Activity")).to_be_visible()
    alma.ready()
    alma.open("/")
    _lose(alma, flat.path)
    expect(_balances(alma.page)).to_contain_text(["€20.00"])


def test_it_speaks_ones_language_and_has_the_theme_that_one_has_chosen(flat: Stage) -> None:
    alma = _known(flat.enter("Alma", locale="de-AT", color_scheme="light"))
    alma.open("/you")
    alma.page.get_by_role("radio", name="Dunkel").click()
    alma.page.wait_for_function("document.documentElement.dataset.theme === 'dark'")

    alma.page.context.set_offline(True)
    alma.page.goto("/")
    expect(alma.page.get_by_role("button", name="Noch einmal versuchen")).to_be_visible()
    expect(_balances(alma.page)).to_contain_text(["du bekommst"])
    shown = alma.page.evaluate(
        "[document.documentElement.lang, getComputedStyle(document.body).backgroundColor]"
    )
    assert shown == ["de", "rgb(19, 18, 16)"]


def test_a_group_that_one_is_not_in_any_more_is_gone_with_the_next_visit(flat: Stage) -> None:
    alma, bo = flat.enter("Alma", "more"), _known(flat.enter("Bo"))
    alma.page.get_by_role("list", name="People").get_by_role("button", name="Bo").click()
    alma.sheet("Bo").get_by_role("button", name="Remove from the group").click()
    bo.page.wait_for_url("/")
    bo.ready()

    _lose(bo)
    expect(_balances(bo.page)).to_have_count(0)


def test_signing_out_leaves_nothing_of_it_on_the_device_nor_does_an_ended_session(flat: Stage) -> None:
    alma = _known(flat.enter("Alma"))
    assert alma.page.evaluate(KEPT) == 1
    desk = flat.outside("Alma")
    desk.open("/you")
    desk.page.get_by_role("list", name="Devices").get_by_role("button", name="Sign out").first.click()
    alma.page.wait_for_url("**/sign-in?ended*")
    alma.ready()
    assert alma.page.evaluate(KEPT) == 0

    desk.open(flat.path)
    assert desk.page.evaluate(KEPT) == 1
    desk.open("/you")
    desk.page.evaluate(f"addEventListener('pagehide', () => sessionStorage.setItem('left', {KEPT}))")
    desk.press("Sign out")
    desk.page.wait_for_url("**/sign-in*")
    assert desk.page.evaluate("sessionStorage.getItem('left')") == "0"  # before the next page had a say in it


def test_nobody_else_who_signs_in_on_that_device_gets_to_see_it(flat: Stage) -> None:
    alma = _known(flat.enter("Alma"))
    trip = flat.world.group("Cy", "Di")
    alma.holds(flat.world.device(trip.owner))  # without a page for signing in between
    alma.page.goto("/activity")
    assert alma.page.evaluate(KEPT) == 0

    _lose(alma)
    expect(_balances(alma.page)).to_have_count(0)


def test_what_a_server_says_is_shown_as_it_is_and_the_offline_page_waits_only_for_an_answer(
    flat: Stage, sqlite_server: Server
) -> None:
    alma = _known(flat.enter("Alma"))
    answer = alma.page.goto("/no-such-page")
    assert answer is not None and answer.status == 404

    alma.open(flat.path)
    sqlite_server.stop()
    alma.page.goto("/activity")
    expect(alma.page.get_by_role("heading", name="MyCount cannot be reached")).to_be_visible()
    expect(_balances(alma.page)).to_have_count(1)
    sqlite_server.start(ready=False)
    expect(alma.page.get_by_role("heading", name="Activity")).to_be_visible()


def test_the_worker_keeps_no_page_and_no_money(flat: Stage) -> None:
    alma = _known(flat.enter("Alma"))
    (name,) = alma.page.evaluate("caches.keys()")
    kept = alma.page.evaluate(KEPT_BY_WORKER, name)
    paths = [url.removeprefix(alma.server.address).partition("?")[0] for url in kept]
    assert paths == ["/offline", "/static/inter-latin.woff2", "/static/favicon.svg"]


def _known(person: Person) -> Person:
    """Wait until the worker is at work."""
    person.worker()
    return person


def _lose(person: Person, path: str = "/") -> None:
    """Lose the connection, and go to a page all the same."""
    person.page.context.set_offline(True)
    person.page.goto(path)
    expect(person.page.get_by_role("button", name="Try again")).to_be_visible()


def _balances(page: Page) -> Locator:
    """The groups as they were seen last."""
    return page.locator("#seen li")
