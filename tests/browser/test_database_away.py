"""The database is gone and comes back while pages are open: they say so in words, keep what was typed, and go on."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.asking import ask
from tests.browser.person import Person
from tests.browser.stage import Stage, staged
from tests.browser.unfinished import begin_by_percent, typed
from tests.server import Server
from tests.waiting import until
from tests.web.proxy import Proxy

AWAY = "The database does not answer right now."
LONGEST = 20  # seconds until a person is told; the half of it is for a busy machine


@pytest.fixture
def proxy(postgresql_url: str) -> Iterator[Proxy]:
    """What stands between the server and PostgreSQL, and can be cut."""
    with Proxy(postgresql_url) as proxy:
        yield proxy


@pytest.fixture
def flat(proxy: Proxy, tmp_path: Path, person: Callable[..., Person]) -> Iterator[Stage]:
    """A group on a server that reaches its database through the proxy."""
    with Server(proxy.url, tmp_path) as server, staged(server, person) as stage:
        yield stage("Alma", "Bo", "Cy", "Di")


def test_every_page_says_that_the_database_is_gone_and_all_go_on_when_it_is_back(
    flat: Stage, proxy: Proxy
) -> None:
    alma, bo = flat.enter("Alma"), flat.enter("Bo")
    home = flat.enter("Cy").another("/")
    sheet = _begin(alma)
    before = typed(alma)

    proxy.refuse()
    _try_to_save(sheet)
    assert typed(alma)[:1] == before[:1]
    answer = ask(f"{flat.server.address}/health", timeout=LONGEST)
    assert (answer.status_code, answer.json()) == (503, {"detail": "Database unavailable"})
    new = _name_a_group(home)
    expect(new.get_by_text(AWAY)).to_be_visible()
    answer = bo.page.goto(flat.path)
    assert answer is not None and answer.status == 503
    expect(bo.page.get_by_text(AWAY)).to_be_visible()

    proxy.mend()
    _until_healthy(flat)
    new.get_by_role("button", name="Make the group").click()
    expect(home.page.get_by_role("heading", name="Porto 2027", level=1)).to_be_visible()
    bo.open(flat.path)
    sheet.get_by_role("button", name="Save expense").click()
    bo.sees("Sailing lesson", "€92.48")
    expect(alma.row("Sailing lesson")).to_have_count(1)


def test_a_database_that_falls_silent_is_told_in_time_and_what_was_tried_is_stored_once(
    flat: Stage, proxy: Proxy
) -> None:
    alma = flat.enter("Alma")
    sheet = _begin(alma)
    alma.stays()
    proxy.hang()
    _try_to_save(sheet)
    expect(sheet.get_by_label("What for")).to_have_value("Sailing lesson")

    proxy.mend()
    _until_healthy(flat)
    sheet.get_by_role("button", name="Save expense").click()
    alma.sees("Sailing lesson", "€92.48")
    expect(alma.row("Sailing lesson")).to_have_count(1)
    alma.is_still_there()


def _begin(person: Person) -> Locator:
    sheet = begin_by_percent(person)
    sheet.get_by_role("textbox", name="Bo, percent").fill("40")
    expect(sheet.get_by_text("€36.99", exact=True)).to_be_visible()
    return sheet


def _try_to_save(sheet: Locator) -> None:
    begun = time.monotonic()
    sheet.get_by_role("button", name="Save expense").click()
    expect(sheet.get_by_text(AWAY)).to_be_visible()
    assert time.monotonic() - begun < LONGEST


def _name_a_group(person: Person) -> Locator:
    person.press("New group")
    sheet = person.sheet("New group")
    sheet.get_by_label("Name", exact=True).fill("Porto 2027")
    sheet.get_by_role("button", name="Make the group").click()
    return sheet


def _until_healthy(flat: Stage) -> None:
    until(lambda: flat.server.status("/health") == 200, "healthy again")
