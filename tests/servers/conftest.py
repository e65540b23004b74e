"""Two real servers on one real PostgreSQL, and pages that are open at either."""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Self

import pytest

from mycount.db.session import Database
from mycount.services import access
from mycount.services.neighbours import Neighbours
from mycount.services.policy import Policy
from tests.asking import ask, client
from tests.conftest import administer, named, opened
from tests.server import Server
from tests.waiting import until
from tests.web.open_page import OpenPage
from tests.world import SECRET, World


class Two:
    """The servers `a` and `b`, and a `world` whose doings they hear of, as of those of a command."""

    def __init__(self, a: Server, b: Server, database: Database, administered: str) -> None:
        self.a, self.b = a, b
        self.database = database
        self.world = World(database)
        self._administered = administered
        self._pages = ExitStack()

    def __enter__(self) -> Self:
        access.start(self.database, Policy(secret_key=SECRET), Neighbours(SECRET).tell_news)
        return self

    def __exit__(self, *_: object) -> None:
        self._pages.close()

    def open(self, server: Server, token: str, path: str) -> OpenPage:
        """Open a page at a server, as whoever holds the session."""
        headers = {"Accept": "text/html", "Sec-Fetch-Site": "same-origin", "X-MyCount": "1"}
        cookies = {"mycount_session": token}
        visitor = client(base_url=server.address, headers=headers, cookies=cookies)
        return self._pages.enter_context(OpenPage(self._pages.enter_context(visitor), path))

    def administer(self, statement: str) -> None:
        """Run a statement as the database server's administrator."""
        administer(self._administered, statement.format(name=self.database.engine.url.database))

    def have_met(self) -> None:
        """Wait until each knows of the other."""
        for server in (self.a, self.b):
            until(lambda server=server: metric(server, "mycount_other_servers") == 1, "they meet")


def metric(server: Server, name: str, labels: str = "") -> float | None:
    """Give one figure of a server's metrics; None where there is none."""
    text = ask(f"{server.address}/metrics").text
    found = re.search(rf"^{name}{re.escape(labels)} (\S+)$", text, re.MULTILINE)
    return float(found[1]) if found else None


@pytest.fixture(scope="module")
def two(
    postgresql_server: str, postgresql_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Two]:
    """Two servers that have met; the tests of a module share them."""
    name = tmp_path_factory.mktemp("servers").name.replace("-", "_") + postgresql_template[-6:]
    administer(postgresql_server, f'CREATE DATABASE "{name}" TEMPLATE "{postgresql_template}"')
    url = named(postgresql_server, name)
    try:
        with pair(url, tmp_path_factory.mktemp("pair")) as (a, b), contextmanager(opened)(url) as database:
            both = Two(a, b, database, postgresql_server)
            both.have_met()
            yield both
    finally:
        administer(postgresql_server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def pair(url: str, folder: Path, **settings: str) -> Iterator[tuple[Server, Server]]:
    """Start two servers on one database, at the same time."""
    folders = [folder / name for name in ("a", "b")]
    for each in folders:
        each.mkdir()
    a, b = (Server(url, each, **settings) for each in folders)
    a.start(ready=False)
    try:
        with b:
            until(lambda: a.status("/health") == 200, "the first server is ready")
            yield a, b
    finally:
        a.stop()
