"""The database is gone and comes back while pages are open: they say so in words, keep what was typed, and go on."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from tests.browser.person import Person
from tests.browser.stage import served, staged
from tests.browser.unfinished import begin_by_percent, typed
from tests.waiting import until
from tests.web.proxy import Proxy

AWAY = "The database does not answer right now."
LONGEST = 10  # seconds until a person is told


@pytest.fixture
def proxy(postgresql_url: str) -> Iterator[Proxy]:
    """What stands between the server and PostgreSQL."""
    with Proxy(postgresql_url) as proxy:
        yield proxy


@pytest.mark.parametrize("gone", ["refuses", "hangs"])
def test_saving_says_that_the_database_is_away_keeps_the_form_and_works_when_it_is_back(
    gone: str, proxy: Proxy, tmp_path: Path, person: Callable[..., Person]
) -> None:
    with served(proxy.url, tmp_path) as server, staged(server, person) as stage:
        flat = stage("Alma", "Bo", "Cy", "Di")
        alma, bo = flat.enter("Alma"), flat.enter("Bo")
        home = bo.another("/")
        alma.stays()
        sheet = begin_by_percent(alma)
        sheet.get_by_role("textbox", name="Bo, percent").fill("40")
        expect(sheet.get_by_text("€36.99", exact=True)).to_be_visible()
        before = typed(alma)

        proxy.refuse() if gone == "refuses" else proxy.hang()
        begun = time.monotonic()
        sheet.get_by_role("button", name="Save expense").click()
        expect(sheet.get_by_text(AWAY)).to_be_visible()
        assert time.monotonic() - begun < LONGEST
        assert typed(alma)[0] == before[0]
        answer = httpx.get(f"{server.address}/health", timeout=LONGEST)
        assert (answer.status_code, answer.json()) == (503, {"detail": "Database unavailable"})
        home.page.get_by_role("button", name="New group").click()
        group = home.sheet("New group")
        group.get_by_label("Name", exact=True).fill("Porto 2027")
        group.get_by_role("button", name="Make the group").click()
        expect(group.get_by_text(AWAY)).to_be_visible()
        assert bo.page.request.get("/activity").status == 503
        bo.page.goto("/activity")
        expect(bo.page.get_by_text(AWAY)).to_be_visible()

        proxy.mend()
        until(lambda: server.status("/health") == 200, "healthy again")
        sheet.get_by_role("button", name="Save expense").click()
        expect(sheet).to_be_hidden()
        group.get_by_role("button", name="Make the group").click()
        expect(home.page.get_by_role("heading", name="Porto 2027", level=1)).to_be_visible()
        bo.open(flat.path)
        bo.sees("Sailing lesson", "€92.48")
        expect(bo.page.get_by_role("listitem").filter(has_text="Sailing lesson")).to_have_count(1)
        alma.is_still_there()
