"""/health says within three seconds whether the database answers, and never keeps anybody else waiting."""

import asyncio
import json
import threading
import time
from collections.abc import Awaitable, Callable, Iterator

import httpx
import pytest
from sqlalchemy.exc import OperationalError

from mycount.db.deadline import SECONDS
from mycount.web import logs
from mycount.web.health import Doubt, Health, reason_of
from tests.asking import ask
from tests.waiting import PATIENCE
from tests.web.conftest import Start
from tests.web.proxy import Proxy
from tests.web.site import eventually


class Patient:
    """A database that answers, refuses, or does not answer at all."""

    def __init__(self) -> None:
        self.asked = 0
        self.error: Exception | None = None
        self.free = threading.Event()
        self.free.set()

    def ping(self) -> None:
        self.asked += 1
        self.free.wait(PATIENCE)
        if self.error:
            raise self.error


@pytest.fixture
def patient() -> Iterator[Patient]:
    made = Patient()
    yield made
    made.free.set()


def run(check: Callable[[], Awaitable[None]]) -> None:
    async def within() -> None:
        await check()

    asyncio.run(within())


def test_a_database_that_hangs_is_given_up_on_and_asked_no_second_time(patient: Patient) -> None:
    async def check() -> None:
        health = Health(patient.ping, seconds=0.2)
        patient.free.clear()

        assert await asyncio.gather(*(health.check() for _ in range(20))) == [False] * 20
        assert not await health.check()
        assert patient.asked == 1

        patient.free.set()
        while not await health.check():
            pass

    run(check)


def test_questions_at_the_same_time_are_one(patient: Patient) -> None:
    async def check() -> None:
        health = Health(patient.ping)
        assert all(await asyncio.gather(*(health.check() for _ in range(50))))
        assert patient.asked == 1

    run(check)


def test_every_result_is_told(patient: Patient) -> None:
    told: list[bool] = []

    async def check() -> None:
        health = Health(patient.ping, changed=told.append)
        await health.check()
        patient.error = OperationalError("SELECT 1", {}, Exception("refused"))
        await health.check()

    run(check)
    assert told == [True, False]


def test_hope_is_logged_as_such_and_the_end_of_it_as_an_error(
    patient: Patient, capsys: pytest.CaptureFixture[str]
) -> None:
    doubts: list[Doubt | None] = [Doubt("starting, attempt 1 of 2", is_grave=False)] * 2
    doubts += [Doubt("starting, attempt 2 of 2", is_grave=True)] * 2 + [None, None]
    logs.configure("info", "json")

    async def check() -> None:
        health = Health(patient.ping, doubt=lambda: doubts.pop(0))
        assert [await health.check() for _ in range(6)] == [False] * 4 + [True] * 2

    run(check)
    told = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [(line["level"], line["event"]) for line in told] == [
        ("info", "health_starting"),
        ("error", "health_failed"),
        ("info", "health_recovered"),
    ]


def test_the_reason_holds_no_sql() -> None:
    error = OperationalError(
        "SELECT secret", {"a": 1}, Exception("connection refused\n(Background on this…)")
    )

    assert reason_of(error) == "OperationalError: connection refused"


def test_it_is_ok_while_the_database_answers(start: Start) -> None:
    site = start().ready()

    for path in ("/health", "/livez"):
        answer = ask(f"{site.url}{path}")
        assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
        assert answer.headers["cache-control"] == "no-store"
        head = ask(f"{site.url}{path}", "HEAD")
        assert (head.status_code, head.content) == (200, b"")


@pytest.mark.parametrize("fault", ["refuse", "hang"])
def test_a_real_database_that_goes_away_and_comes_back(start: Start, postgresql_url: str, fault: str) -> None:
    with Proxy(postgresql_url) as proxy:
        site = start(database_url=proxy.url).ready()
        visitor = site.signed_in("patient")
        assert visitor.get("/health").status_code == 200

        getattr(proxy, fault)()
        begun = time.monotonic()
        answer = eventually(lambda: _unless_ok(visitor.get("/health")))
        assert answer is not None and time.monotonic() - begun < SECONDS
        assert (answer.status_code, answer.json()) == (503, {"detail": "Database unavailable"})

        begun = time.monotonic()
        assert visitor.get("/sign-in").status_code in (200, 503)
        assert visitor.get("/livez").status_code == 200
        page = visitor.get("/groups/1")
        assert page.status_code == 503 and "does not answer" in page.text
        assert time.monotonic() - begun < PATIENCE
        eventually(lambda: site.metric("mycount_database_up") == 0)

        proxy.mend()
        eventually(lambda: visitor.get("/health").status_code == 200)
        eventually(lambda: visitor.get("/groups/1").status_code == 200)
        assert site.events("health_failed") and site.event("health_recovered")
        assert "Traceback" not in site.log()


def _unless_ok(answer: httpx.Response) -> httpx.Response | None:
    return None if answer.status_code == 200 else answer
