"""What the servers on one PostgreSQL tell one another: NOTIFY, and a connection beside the pool that LISTENs.

What is told inside a transaction is delivered when that is committed, and never if it is undone. A connection
pooler that hands connections out for one transaction at a time (PgBouncer's "transaction" mode) loses it all.
"""

import select
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, cast

import psycopg2
from psycopg2 import sql
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.pool import PoolProxiedConnection

from mycount.db.session import Database

LONGEST = 7_500
"""How many bytes a message may have; PostgreSQL takes no more than 8,000."""

# Another MyCount may be in another schema of the same database; what it tells is not meant.
_NAME = "'mycount ' || current_schema()"
_DUTY = "SELECT pg_try_advisory_lock(7062027, hashtext(current_schema()))"
# The database notices within half a minute that a machine is gone, and gives the duty to somebody else.
_PREPARE = """
    SET application_name = 'mycount listening';
    SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3
"""


class ChannelError(Exception):
    """The connection has ended, or could not be made; the text says why."""


def tell(session: Session, message: str) -> None:
    """Tell all servers, this one too, once the session's transaction is committed."""
    session.execute(text(f"SELECT pg_notify({_NAME}, :message)"), {"message": message})


def tell_by_pool(database: Database, message: str) -> None:
    """Tell all servers at once, by a connection of the pool; may raise ChannelError."""
    with _said(), database.writing() as session:
        tell(session, message)


class Channel:
    """A connection that hears what is told on a database; for one thread. Everything may raise ChannelError."""

    def __init__(self, database: Database) -> None:
        self._held = _detached(database)
        self._connection = cast(Any, self._held.dbapi_connection)
        try:
            with _said():
                self._connection.autocommit = True
            self._run(_PREPARE)
            self._run(sql.SQL("LISTEN {}").format(sql.Identifier(self._run(f"SELECT {_NAME}"))))
        except ChannelError:
            self.close()
            raise

    def hear(self, seconds: float, or_until: int) -> Iterator[str]:
        """Wait so long, or until something was told, or until a file (by its number) can be read; give the messages."""
        if not self._connection.notifies:
            waiting = select.poll()
            for file in (self._connection.fileno(), or_until):
                waiting.register(file, select.POLLIN)
            waiting.poll(max(0.0, seconds) * 1000)
            with _said():
                self._connection.poll()
        while self._connection.notifies:
            yield self._connection.notifies.pop(0).payload

    def tell(self, message: str) -> None:
        """Tell all servers at once."""
        self._run(f"SELECT pg_notify({_NAME}, %s)", message)

    def take_duty(self) -> bool:
        """Say whether this is the one connection of all servers that has the duty; it is kept until it ends."""
        return bool(self._run(_DUTY))

    def close(self) -> None:
        """End the connection."""
        with suppress(psycopg2.Error):
            self._connection.close()

    def _run(self, statement: str | sql.Composable, *values: object) -> Any:
        with _said(), self._connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchone()[0] if cursor.description else None


def pieces(items: list[str], longest: int = LONGEST) -> Iterator[list[str]]:
    """Cut a list so that no part of it has more bytes than a message may have."""
    part: list[str] = []
    size = 0
    for item in items:
        size += len(item.encode()) + 4
        if part and size > longest:
            yield part
            part, size = [], len(item.encode()) + 4
        part.append(item)
    if part:
        yield part


def _detached(database: Database) -> PoolProxiedConnection:
    """Take a connection from the pool for good, and leave its place there to others."""
    with _said():
        connection = database.engine.raw_connection()
        connection.detach()
        return connection


@contextmanager
def _said() -> Iterator[None]:
    try:
        yield
    except (psycopg2.Error, SQLAlchemyError, OSError) as error:
        said = str(getattr(error, "orig", None) or error).strip().splitlines()
        raise ChannelError(said[0] if said else type(error).__name__) from error
