"""Two servers on one PostgreSQL behind one address, as compose runs them: together they are one, and one is enough."""

import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect

from tests.asking import ask
from tests.browser.person import Person
from tests.browser.stage import staged
from tests.browser.unfinished import begin_by_percent
from tests.proxies import program
from tests.server import Server, _free_port
from tests.servers.conftest import metric, pair
from tests.waiting import PATIENCE, until

CADDYFILE = Path(__file__).parents[2] / "proxy" / "Caddyfile"


@contextmanager
def together(a: Server, b: Server, folder: Path) -> Iterator[str]:
    """Put the proxy of compose in front of two servers; gives its address."""
    port, told = _free_port(), CADDYFILE.read_text()
    for old, new in (
        ("mycount:8000 second:8000", f"127.0.0.1:{a.port} 127.0.0.1:{b.port}"),
        (":8080", f"http://:{port}"),
    ):
        assert told.count(f"{old} {{") == 1
        told = told.replace(f"{old} {{", f"{new} {{")
    folder.mkdir()
    file = folder / "Caddyfile"
    file.write_text(told)
    homes = {"XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "HOME": str(folder)}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [program("caddy"), "run", "--adapter", "caddyfile", "--config", str(file)],
            env=homes,
            stdout=log,
            stderr=log,
        )
    try:
        until(lambda: _answers(f"http://127.0.0.1:{port}/health"), "the proxy answers")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)


@pytest.fixture
def servers(postgresql_url: str, tmp_path: Path) -> Iterator[tuple[Server, Server]]:
    """Two servers on one database, which have met."""
    with pair(postgresql_url, tmp_path) as (a, b):
        for server in (a, b):
            until(lambda server=server: metric(server, "mycount_other_servers"), "they meet")
        yield a, b


def test_when_a_server_is_killed_its_people_are_at_the_other_with_what_they_were_typing(
    servers: tuple[Server, Server], person: Callable[..., Person], tmp_path: Path
) -> None:
    with together(*servers, tmp_path / "proxy") as address, staged(servers[0], person) as stage:
        flat = stage("Alma", "Bo", "Cy", "Di")
        alma = flat.enter("Alma", base_url=address)
        hers, other = sorted(servers, key=_pages, reverse=True)
        bo = flat.enter("Bo", base_url=other.address)
        cy = flat.enter("Cy", base_url=hers.address)
        assert (_pages(hers), _pages(other)) == (2, 1)

        expect(bo.here()).to_have_text("Alma and Cy are here")
        expect(alma.here()).to_have_text("Bo and Cy are here")
        bo.stays()
        bo.add("30", "Dinner")
        alma.sees("Dinner")
        cy.sees("Dinner")

        begin_by_percent(alma)
        alma.stays()
        hers.kill()
        alma.page.wait_for_function("window.stays === undefined")
        alma.ready()
        sheet = alma.sheet("Add expense")
        expect(sheet.get_by_text("Your unfinished expense is back.")).to_be_visible()
        expect(sheet.get_by_label("Amount")).to_have_value("80+12.48")
        expect(sheet.get_by_role("textbox", name="You, percent")).to_have_value("60")
        expect(bo.here()).to_have_text("Alma is here")  # and not Cy, who knows of no other address
        bo.is_still_there()


def _answers(address: str) -> bool:
    try:
        return ask(address).status_code == 200
    except httpx.HTTPError:
        return False


def _pages(server: Server) -> float:
    return metric(server, "mycount_connected_clients") or 0
