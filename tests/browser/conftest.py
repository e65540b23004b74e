"""A real server in a process of its own, and real browsers for several people at once."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from tests import chromium
from tests.browser.person import PHONE, Person
from tests.browser.stage import Stage, quiet, staged
from tests.conftest import copied
from tests.server import Server

SHOTS = Path("test-results")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-sync",
    "--disable-site-isolation-trials",  # fewer processes, where there is one site anyway
)
PATIENCE = 60_000  # milliseconds, for a busy machine; what is seen sooner costs no time


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium for all browser tests."""
    path = chromium.found()
    if path is None:
        reason = "no Chromium here; `make test` gets one where it can"
        if chromium.must_be_there():
            pytest.fail(reason)
        pytest.skip(reason)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Iterator[Server]:
    """MyCount, served on a free port from a new database; every test that asks for it runs on both kinds."""
    with Server(database_url, tmp_path) as server, quiet(server):
        yield server


@pytest.fixture(scope="session")
def sqlite_server(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """MyCount, served on a free port from an SQLite database; tests share it, but neither people nor groups."""
    folder = tmp_path_factory.mktemp("server")
    with Server(copied(sqlite_template, folder), folder) as server:
        yield server


@pytest.fixture
def stage(sqlite_server: Server, person: Callable[..., Person]) -> Iterator[Callable[..., Stage]]:
    """Makes groups on the shared server, each with its people."""
    with staged(sqlite_server, person) as make:
        yield make


@pytest.fixture
def person(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Person]]:
    """Makes people, each with a browser profile of their own; keeps a picture of each page if the test fails."""
    people: list[Person] = []
    with ExitStack() as contexts:

        def make(server: Server, name: str = "", *, phone: bool = False, **options: object) -> Person:
            view = PHONE if phone else {"viewport": {"width": 1280, "height": 860}}
            given = {"base_url": server.address, "locale": "en-GB", **view, **options}
            context = browser.new_context(**given)  # type: ignore[arg-type]
            contexts.callback(context.close)
            context.set_default_timeout(PATIENCE)
            people.append(Person(context.new_page(), server, name, str(given["locale"]).partition("-")[0]))
            return people[-1]

        yield make
        if request.node.stash.get(FAILED, False):
            _keep_pictures(request.node.name, [page for one in people for page in one.page.context.pages])
            for server in {one.server for one in people}:
                print(server.log()[-5000:])
        else:
            assert [error for one in people for error in one.errors] == []


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Remember that a test has failed, for its fixtures."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


def _keep_pictures(name: str, pages: list[Page]) -> None:
    SHOTS.mkdir(exist_ok=True)
    for number, page in enumerate(pages):
        with suppress(Error):  # a page that hangs must not hide what the test has found
            page.screenshot(path=SHOTS / f"{name.replace('/', '_')}-{number}.png", timeout=5_000)
