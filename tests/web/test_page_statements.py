"""Opening a page asks the database as much in a group of 2,000 expenses as in one of ten."""

import re
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.asking import client
from tests.bench.filling import filled
from tests.conftest import opened
from tests.server import Server
from tests.world import World

FEW, MANY = 50, 400  # with few that fit into the first stretch, what was found needs no counting
VIEWS = ("", "/balances", "/settle", "/insights", "/more", "?q=dinner")


def test_the_number_of_statements_of_a_page_does_not_grow_with_the_expenses(
    database_url: str, tmp_path: Path
) -> None:
    counts: dict[str, list[int]] = {}
    with contextmanager(opened)(database_url) as database, Server(database_url, tmp_path) as server:
        world = World(database)
        for size in (FEW, MANY):
            scene = filled(world, size)
            with _visitor(server, world.device(scene.owner)) as visitor:
                paths = {view: f"/groups/{scene.id}{view}" for view in VIEWS} | {
                    "home": "/",
                    "news": "/activity",
                }
                for name, path in paths.items():
                    counts.setdefault(name, []).append(min(_asked(visitor, path) for _ in range(4)))
    assert {name: few for name, (few, _) in counts.items()} == {
        name: many for name, (_, many) in counts.items()
    }
    assert all(few for few, _ in counts.values())


def _visitor(server: Server, token: str) -> httpx.Client:
    headers = {"Accept": "text/html", "Cookie": f"mycount_session={token}"}
    return client(base_url=server.address, headers=headers)


def _asked(visitor: httpx.Client, path: str) -> int:
    """Count the statements while a page is fetched; the server's own chores may add some now and then."""
    before = _statements(visitor)
    assert visitor.get(path).status_code == 200
    return _statements(visitor) - before


def _statements(visitor: httpx.Client) -> int:
    found = re.search(
        r"^mycount_database_query_seconds_count (\S+)", visitor.get("/metrics").text, re.MULTILINE
    )
    assert found
    return int(float(found[1]))
