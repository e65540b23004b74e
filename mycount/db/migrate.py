"""Brings a database to the shape that this program needs; run at every start, safe to run again and together."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from mycount.db import deadline
from mycount.db.session import Database

_MIGRATIONS = Path(__file__).parent / "migrations"
_ADVISORY_LOCK = 7_062_026  # any number, as long as every MyCount server takes the same
_MINUTES_10 = 600.0


def migrate(database: Database) -> str:
    """Upgrade to the newest revision and give its name. All or nothing; never drops what people entered.

    A database of a newer version is left as it is, and can be worked with: `ahead` has words for it.
    Servers that start together take turns: PostgreSQL by an advisory lock, SQLite by its write lock.
    """
    with alone(database) as connection:
        return upgrade(connection)


def upgrade(connection: Connection, to: str = "head") -> str:
    """Do the same inside a transaction that is open already, up to a revision where one is named."""
    if not is_newer(found := revision(connection)):
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, to)
        found = revision(connection)
    return found


def revision(connection: Connection) -> str:
    """Name the revision that the database has, or "empty"."""
    return MigrationContext.configure(connection).get_current_revision() or "empty"


def newest() -> str:
    """Name the revision that this program needs."""
    return ScriptDirectory.from_config(_config()).get_current_head() or "empty"


def is_newer(found: str) -> bool:
    """Say whether a revision was made by a newer version of this program, whose migrations only add."""
    return found.isdecimal() and found > newest()


def ahead(found: str) -> str | None:
    """Say in a sentence that a revision is of a newer version than this one; None where it is not."""
    if not is_newer(found):
        return None
    return (
        f"the database was made by a newer MyCount ({found}, this one knows {newest()}): it is left as it is, "
        "and what only the newer one knows is not shown here"
    )


@contextmanager
def alone(database: Database) -> Iterator[Connection]:
    """Open a transaction in which no other server changes tables; it may take minutes."""
    engine = database.engine.execution_options(mycount_writes=True)
    with deadline.within(_MINUTES_10), engine.begin() as connection:
        if not database.is_sqlite:
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text("SET LOCAL lock_timeout = 0"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
        yield connection


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config
