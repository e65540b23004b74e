"""Whoever asks for pages faster than people do waits, and then is turned away; nobody else notices."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from mycount.web.pace import Pace
from tests.asking import ask
from tests.clock import Clock
from tests.conftest import opened
from tests.server import Server
from tests.world import World

PER_SECOND = 0.5  # and so six at once


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pace(clock: Clock) -> Pace:
    return Pace(PER_SECOND, clock)


def test_so_many_at_once_then_in_turns_then_no_more(pace: Pace) -> None:
    taken = [pace.take("a") for _ in range(9)]
    assert taken == [(True, 0)] * 6 + [(True, 2), (False, 4), (False, 4)]
    assert pace.take("b") == (True, 0)


def test_time_brings_them_back_and_no_more_than_there_were(pace: Pace, clock: Clock) -> None:
    for _ in range(8):
        pace.take("a")
    clock.now += 100
    assert [pace.take("a")[1] for _ in range(7)] == [0] * 6 + [2]


def test_there_need_not_be_a_limit(clock: Clock) -> None:
    pace = Pace(0, clock)
    assert {pace.take("a") for _ in range(1000)} == {(True, 0)}


def test_it_remembers_no_more_than_there_is_room_for(pace: Pace) -> None:
    for number in range(30_000):
        pace.take(str(number))
    assert len(pace._left) <= 20_000


def test_a_flood_of_pages_is_turned_away_and_whoever_is_signed_in_goes_on(
    sqlite_url: str, tmp_path: Path
) -> None:
    with contextmanager(opened)(sqlite_url) as database:
        world = World(database)
        cookies = {"mycount_session": world.device(world.user("Ann"))}
    with Server(sqlite_url, tmp_path, MYCOUNT_PAGES_PER_SECOND="1") as server:
        _flood(server, cookies)


def _flood(server: Server, cookies: dict[str, str]) -> None:
    answers = _at_once(server, "/sign-up", 40)
    assert {answer.status_code for answer in answers} == {200, 429}
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert int(refused.headers["retry-after"]) >= 1
    assert "Please wait a moment" in refused.text
    assert 'mycount_refusals_total{reason="too_fast"} 0.0' not in _ask(server, "/metrics").text
    assert {server.status(path) for path in ("/health", "/sw.js", "/robots.txt")} == {200}
    assert {_ask(server, "/", cookies=cookies).status_code for _ in range(5)} == {200}


def _ask(server: Server, path: str, **options: Any) -> httpx.Response:
    return ask(f"{server.address}{path}", headers={"Accept": "text/html"}, **options)


def _at_once(server: Server, path: str, times: int) -> list[httpx.Response]:
    with ThreadPoolExecutor(20) as threads:
        return list(threads.map(lambda _: _ask(server, path), range(times)))
