"""What makes each alert fire, done for real; the cause is gone again at the end of its block."""

import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from threading import Event, Thread

from sqlalchemy import create_engine, text

from tests.monitoring.watched import POOL, Watched, at_once
from tests.waiting import PATIENCE, until

_ANY_MEASUREMENT_IS_LATE = (
    0.5 + 0.25 + 0.15
)  # seconds: it sleeps for that long, may be late by that, and more


@contextmanager
def the_database_stops(watched: Watched) -> Iterator[None]:
    """PostgreSQL is stopped while somebody goes on using the site."""
    with watched.signed_in() as somebody:
        watched.stop_database()
        try:
            assert watched.server.status("/health") == 503
            assert {somebody.get("/").status_code for _ in range(40)} == {503}
            yield
        finally:
            watched.start_database()


@contextmanager
def somebody_locks_a_table(watched: Watched) -> Iterator[None]:
    """An administrator locks a table and goes to lunch, while people open their groups."""
    engine = create_engine(watched.server.database_url)
    with watched.signed_in() as somebody, engine.connect() as connection:
        connection.execute(text("LOCK TABLE group_members IN ACCESS EXCLUSIVE MODE"))
        people = Thread(target=at_once, args=(somebody, "/", 4 * POOL))
        people.start()
        until(lambda: not people.is_alive(), "everybody has an answer", seconds=3 * PATIENCE)
        connection.rollback()
        yield
    engine.dispose()


@contextmanager
def the_machine_is_too_busy(watched: Watched) -> Iterator[None]:
    """The process does not get to run for a while, again and again, for as long as the block lasts.

    No fixed number of times is enough: what was on time before counts too, and how much that is differs by machine.
    A pause begins right after a measurement: one that is hardly longer than the time between two hides most of itself.
    """
    enough = Event()

    def keep_busy() -> None:
        while not enough.is_set():
            watched.pause(_ANY_MEASUREMENT_IS_LATE)
            _noticed(watched)

    with ThreadPoolExecutor(1) as pool:
        busy = pool.submit(keep_busy)
        try:
            yield
        finally:
            enough.set()
    busy.result()


@contextmanager
def it_is_stopped(watched: Watched) -> Iterator[None]:
    """MyCount ends, and is started again later."""
    watched.server.stop()
    try:
        yield
    finally:
        watched.server.start()


@contextmanager
def somebody_writes_to_the_database(watched: Watched) -> Iterator[None]:
    """A balance is changed by hand; also, the last backup is of the day before yesterday."""
    watched.run("UPDATE instance SET backed_up_at = backed_up_at - interval '2 days'")
    watched.run("UPDATE member_balance SET balance = balance + 1")
    _start_again(watched)  # it looks at once, and then every minute
    yield


@contextmanager
def a_column_is_gone(watched: Watched) -> Iterator[None]:
    """Somebody renames a column that is read in the background alone."""
    watched.run("ALTER TABLE instance RENAME COLUMN backed_up_at TO gone")
    _start_again(watched)
    yield
    watched.run("ALTER TABLE instance RENAME COLUMN gone TO backed_up_at")


@contextmanager
def it_is_started_again_and_again(watched: Watched) -> Iterator[None]:
    """Something ends MyCount whenever it has just started."""
    for _ in range(3):
        _start_again(watched)
        until(lambda: watched.prometheus.values('up{job="mycount"} == 1'), "scraped again")
    yield


@contextmanager
def somebody_guesses_passwords(watched: Watched) -> Iterator[None]:
    """The sign-in page is given one password after the other."""
    guess = [sys.executable, "-m", "tests.monitoring.visit", watched.server.address, "guess"]
    done = subprocess.run(guess, capture_output=True, text=True, timeout=5 * PATIENCE, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    yield


@contextmanager
def connections_are_held(watched: Watched) -> Iterator[None]:
    """Nearly as many files are open as may be: fewer may be, in place of opening many."""
    assert watched.server.process is not None
    process = watched.server.process.pid
    soft, hard = resource.prlimit(process, resource.RLIMIT_NOFILE)
    resource.prlimit(process, resource.RLIMIT_NOFILE, (int(watched.figure("process_open_fds") / 0.85), hard))
    yield
    resource.prlimit(process, resource.RLIMIT_NOFILE, (soft, hard))


@contextmanager
def somebody_writes_a_rule_that_cannot_be_evaluated(watched: Watched) -> Iterator[None]:
    """It parses, so that Prometheus takes it; then there are two series where it wants one."""
    rule = '{"record": "wrong", "expr": "vector(1) + on() up"}'
    with watched.prometheus.also(f'{{"groups": [{{"name": "wrong", "rules": [{rule}]}}]}}'):
        yield


def _noticed(watched: Watched) -> None:
    """Wait until the process has measured how late it is."""
    measured = "mycount_event_loop_lag_seconds_count"
    before = watched.figure(measured)
    until(lambda: watched.figure(measured) > before, "it has noticed")


def _start_again(watched: Watched) -> None:
    watched.server.kill()
    watched.server.start()


CAUSES: dict[Callable[[Watched], AbstractContextManager[None]], set[str]] = {
    the_machine_is_too_busy: {"MyCountEventLoopLate"},
    the_database_stops: {"MyCountDatabaseDown", "MyCountRequestsFail", "MyCountOperationsFail"},
    somebody_locks_a_table: {
        "MyCountDatabasePoolExhausted",
        "MyCountRequestsSlow",
        "MyCountOperationsSlow",
    },
    it_is_stopped: {"MyCountDown"},
    somebody_writes_to_the_database: {
        "MyCountLedgerImbalance",
        "MyCountBooksFaulty",
        "MyCountBackupMissing",
    },
    it_is_started_again_and_again: {"MyCountRestarts"},
    a_column_is_gone: {"MyCountJobFails"},
    somebody_guesses_passwords: {"MyCountSignInsRefused"},
    connections_are_held: {"MyCountOpenFilesNearlyAll"},
    somebody_writes_a_rule_that_cannot_be_evaluated: {"MyCountRulesFail"},
}
"""In an order in which what comes first does not cause what comes later."""
