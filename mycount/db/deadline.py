"""A time limit on the client's side for every PostgreSQL call: psycopg2 waits for ever where the network is cut.

Settings and figures: with the server hung, calls end after the limit instead of when the kernel gives up.
"""

import select
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import psycopg2
from psycopg2 import extensions

SECONDS = 6.0
_limit: ContextVar[float] = ContextVar("database_deadline", default=SECONDS)


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


def _wait(connection: extensions.connection) -> None:
    end = time.monotonic() + _limit.get()
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
