"""A real server in a process of its own, and real browsers for several people at once."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests import chromium
from tests.browser.person import PHONE, Person
from tests.server import Server

SHOTS = Path("test-results")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium for all browser tests."""
    path = chromium.found()
    if path is None:
        reason = "no Chromium here; `make test` gets one where it can"
        if chromium.must_be_there():
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def server(database_url: str, tmp_path: Path) -> Iterator[Server]:
    """MyCount, served on a free port from a new database; every test that asks for it runs on both kinds."""
    with Server(database_url, tmp_path) as server:
        yield server


@pytest.fixture
def sqlite_server(sqlite_url: str, tmp_path: Path) -> Iterator[Server]:
    """MyCount, served on a free port from a new SQLite database."""
    with Server(sqlite_url, tmp_path) as server:
        yield server


@pytest.fixture
def person(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Person]]:
    """Makes people, each with a browser profile of their own; keeps a picture of each if the test fails."""
    people: list[Person] = []
    with ExitStack() as contexts:

        def make(server: Server, name: str = "", *, phone: bool = False, **options: object) -> Person:
            view = PHONE if phone else {"viewport": {"width": 1280, "height": 860}}
            context = browser.new_context(base_url=server.address, locale="en-GB", **view, **options)  # type: ignore[arg-type]
            contexts.callback(context.close)
            context.set_default_timeout(15_000)
            person = Person(context.new_page(), server, name)
            people.append(person)
            return person

        yield make
        if request.node.stash.get(FAILED, False):
            _keep_pictures(request.node.name, [person.page for person in people])


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
        if not page.is_closed():
            page.screenshot(path=SHOTS / f"{name.replace('/', '_')}-{number}.png")
