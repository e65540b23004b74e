"""Time limits on the client's side for PostgreSQL: psycopg2 waits for ever where the network is cut.

One limit is for each call; the other for all calls of a transaction together, so that nobody waits for a dozen slow
ones. Settings and figures: with the server hung, calls end after the limit instead of when the kernel gives up.
"""

import select
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import psycopg2
from psycopg2 import extensions

SECONDS = 6.0
TRANSACTION_SECONDS = 9.0  # with what else it takes, a person is told within ten
_MINUTES_10 = 600.0
_limit: ContextVar[float] = ContextVar("database_deadline", default=SECONDS)
_end: ContextVar[float | None] = ContextVar("database_transaction_ends", default=None)
_leisure: ContextVar[bool] = ContextVar("database_at_leisure", default=False)


def install() -> None:
    """Make every psycopg2 connection of this process keep the limit. COPY and large objects stop working."""
    extensions.set_wait_callback(_wait)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Allow another time for each call inside the block: more for migrations, less for what only asks."""
    token = _limit.set(seconds)
    try:
        yield
    finally:
        _limit.reset(token)


@contextmanager
def at_leisure() -> Iterator[None]:
    """Allow ten minutes for each call inside the block, and any time for a transaction: for looking at everything."""
    token = _leisure.set(True)
    try:
        with within(_MINUTES_10):
            yield
    finally:
        _leisure.reset(token)


def is_at_leisure() -> bool:
    """Say whether nobody waits for what is asked."""
    return _leisure.get()


@contextmanager
def transaction() -> Iterator[None]:
    """Allow TRANSACTION_SECONDS for all calls inside the block together."""
    token = _end.set(None if is_at_leisure() else time.monotonic() + TRANSACTION_SECONDS)
    try:
        yield
    finally:
        _end.reset(token)


def _wait(connection: extensions.connection) -> None:
    end = time.monotonic() + _limit.get()
    if (of_all := _end.get()) is not None:
        end = min(end, of_all)
    while True:
        state = connection.poll()
        if state == extensions.POLL_OK:
            return
        left = end - time.monotonic()
        if left <= 0:
            # SQLAlchemy recognises a lost connection by these words, and drops it from the pool.
            raise psycopg2.OperationalError("could not receive data from server: no answer in time")
        waiting = select.poll()  # select() knows no file numbers above 1023: a crowd of sockets would end it
        waiting.register(
            connection.fileno(), select.POLLIN if state == extensions.POLL_READ else select.POLLOUT
        )
        waiting.poll(left * 1000)
