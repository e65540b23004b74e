"""The engine with the settings that were measured, and the one place where sessions are opened.

SQLite: write-ahead log, full sync, BEGIN IMMEDIATE for whoever writes, and one lock in the process, so that
writers queue fairly instead of failing with "database is locked". PostgreSQL: limits on both sides, so that no
call waits longer than a person would; whoever only reads sees one snapshot.
"""

import select
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import TimeoutError as TurnTimeoutError
from sqlalchemy.orm import Session

from mycount.db import deadline

_POSTGRESQL_LIMITS = (
    "-c statement_timeout=5000 -c lock_timeout=3000 -c idle_in_transaction_session_timeout=10000"
)
_POSTGRESQL_CONNECTION: dict[str, str | int] = {
    "application_name": "mycount",  # as the database server's administrator sees us
    "connect_timeout": 3,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 8000,
}
# A call may first find a dead connection and then fail to open another: both together in less than people wait.
_PING_SECONDS = _CONNECT_SECONDS = 3.0
_LOCK_SECONDS = 10.0  # as long as SQLite waits for writers of other processes
_WAL_PAUSE = 0.02


@dataclass(frozen=True)
class Database:
    """An engine and the way to read and write through it. Safe to use from many threads."""

    engine: Engine
    write_lock: "threading.Lock | None"
    patience: float = _LOCK_SECONDS

    @property
    def is_sqlite(self) -> bool:
        """Whether this is an SQLite file (one writer at a time, one machine)."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session whose changes are committed at the end, or all undone if the block raises.

        Raises SQLAlchemy's TimeoutError where other writers leave no turn for longer than people wait.
        """
        with self._turn(), deadline.transaction():
            engine = self.engine.execution_options(mycount_writes=True)
            with Session(engine, expire_on_commit=False) as session, session.begin():
                yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that sees one moment of the database, and can change nothing.

        Where nobody waits for it (`deadline.at_leisure`), it may take as long as it needs.
        """
        options: dict[str, Any] = {}
        if not self.is_sqlite:
            options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with (
            deadline.transaction(),
            Session(self.engine.execution_options(**options), autoflush=False) as session,
        ):
            if deadline.is_at_leisure() and not self.is_sqlite:
                session.execute(text("SET LOCAL statement_timeout = 0"))
            yield session  # closing it ends the transaction and leaves what was read readable

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if self.write_lock is None:
            yield
            return
        if not self.write_lock.acquire(timeout=self.patience):
            raise TurnTimeoutError(f"no turn to write within {self.patience:g} s")
        try:
            yield
        finally:
            self.write_lock.release()

    def ping(self) -> None:
        """Ask the database for an answer; raises what the driver raises."""
        with self.engine.connect() as connection:
            connection.execute(text("SELECT 1"))

    def close(self) -> None:
        """Close all connections that are not in use."""
        self.engine.dispose()


def open_database(url: str, *, pool_size: int = 10, pool_timeout: float = 5.0) -> Database:
    """Prepare a database without connecting to it. An SQLite file's folder is made where it is missing."""
    if make_url(url).get_backend_name() == "sqlite":
        return Database(_sqlite(url, pool_size, pool_timeout), threading.Lock())
    return Database(_postgresql(url, pool_size, pool_timeout), None)


def _sqlite(url: str, pool_size: int, pool_timeout: float) -> Engine:
    file = make_url(url).database
    if file and file != ":memory:":
        Path(file).parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # it holds password hashes
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=pool_timeout,
        hide_parameters=True,
        connect_args={"timeout": 10},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late to hold a snapshot
    _keep_log(connection)
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


def _keep_log(connection: Any) -> None:
    """Switch to the write-ahead log; while another does so with a new file, SQLite refuses instead of waiting."""
    end = time.monotonic() + _LOCK_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(_WAL_PAUSE)


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("mycount_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgresql(url: str, pool_size: int, pool_timeout: float) -> Engine:
    deadline.install()
    given = make_url(url).query
    options = " ".join((_POSTGRESQL_LIMITS, str(given.get("options", "")))).strip()
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=pool_timeout,
        pool_pre_ping=True,
        pool_recycle=1800,
        hide_parameters=True,
        connect_args={
            **{name: value for name, value in _POSTGRESQL_CONNECTION.items() if name not in given},
            "options": options,  # what the address says comes last, and so wins
        },
    )
    event.listen(engine, "do_connect", _connect_postgresql)
    _ping_where_in_doubt(engine.dialect)
    return engine


def _connect_postgresql(dialect: Any, _record: object, arguments: Any, options: Any) -> Any:
    with deadline.within(_CONNECT_SECONDS):
        return dialect.connect(*arguments, **options)


def _ping_where_in_doubt(dialect: Any) -> None:
    """Ask the database whether it is there before a transaction only where its connection has something to say.

    A server that ends, or is found dead by keepalives, is heard of without being asked: that costs a call of the
    system (2 µs) in place of the way to the server and back, which every transaction would wait for.
    """
    ping = dialect.do_ping

    def asked(connection: Any) -> bool:
        doubt = select.poll()
        doubt.register(connection.fileno(), select.POLLIN)
        if not doubt.poll(0):
            return True
        with deadline.within(_PING_SECONDS):
            return bool(ping(connection))

    dialect.do_ping = asked
