"""Every request is counted once, under a name that says nothing about who or what was asked for."""

import asyncio
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from mycount.db.session import open_database
from mycount.web.instrument import Instrumentation
from mycount.web.metrics import Metrics
from mycount.web.routes import Templates
from mycount.web.sampling import Sampling
from tests.asking import ask
from tests.web.conftest import Start
from tests.web.open_page import OpenPage
from tests.web.site import Site, eventually


@pytest.fixture(scope="module")
def visitor(site: Site) -> Iterator[httpx.Client]:
    yield site.signed_in("counted")


def requests(site: Site, path: str, status: int = 200, method: str = "GET") -> float:
    return site.metric("http_requests_total", method=method, path=path, status=str(status))


def series(site: Site, name: str = "http_requests_total") -> list[str]:
    return [line for line in ask(f"{site.url}/metrics").text.splitlines() if line.startswith(f"{name}{{")]


def test_twenty_requests_are_counted_as_exactly_twenty(site: Site, visitor: httpx.Client) -> None:
    before = requests(site, "/groups/{group}")

    for number in range(20):
        visitor.get(f"/groups/{number}")

    assert requests(site, "/groups/{group}") == before + 20
    labels = {"method": "GET", "path": "/groups/{group}", "status": "200"}
    assert site.metric("http_request_duration_seconds_count", **labels) == before + 20


def test_requests_at_the_same_time_are_each_counted(site: Site, visitor: httpx.Client) -> None:
    before = requests(site, "/join/{kind}")

    with ThreadPoolExecutor(8) as people:
        list(people.map(lambda _: visitor.get("/join/plain"), range(40)))

    assert requests(site, "/join/{kind}") == before + 40


def test_forty_unknown_addresses_add_one_series_at_most(site: Site, visitor: httpx.Client) -> None:
    visitor.get("/unknown")
    before, counted = series(site), requests(site, "unmatched", 404)

    for number in range(40):
        visitor.get(f"/unknown/{number}?q={number}")

    assert len(series(site)) == len(before)
    assert requests(site, "unmatched", 404) == counted + 40


def counting(app: ASGIApp) -> tuple[Metrics, httpx.AsyncClient]:
    metrics = Metrics("1", "abc")
    outer = FastAPI()
    outer.add_api_route("/things/{thing}", lambda thing: thing)
    instrumented = Instrumentation(app or outer, metrics, Templates(outer))
    transport = httpx.ASGITransport(instrumented, raise_app_exceptions=False)
    return metrics, httpx.AsyncClient(transport=transport, base_url="http://test")


async def _breaks_half_way(_scope: Scope, _receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"half", "more_body": True})
    raise RuntimeError


async def _breaks_at_once(_scope: Scope, _receive: Receive, _send: Send) -> None:
    raise RuntimeError


async def _works(_scope: Scope, _receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body"})


def test_invented_methods_share_one_name() -> None:
    async def ask() -> bytes:
        metrics, client = counting(_works)
        for method in ("BREW", "PROPFIND", "X" * 50):
            await client.request(method, "/things/1")
        return metrics.render()

    assert b'http_requests_total{method="OTHER",path="/things/{thing}",status="204"} 3.0' in asyncio.run(
        ask()
    )


@pytest.mark.parametrize("app", [_breaks_at_once, _breaks_half_way])
def test_an_app_that_breaks_is_a_500_once(app: ASGIApp) -> None:
    async def ask() -> bytes:
        metrics, client = counting(app)
        await client.get("/things/1")
        return metrics.render()

    text = asyncio.run(ask())
    assert b'http_requests_total{method="GET",path="/things/{thing}",status="500"} 1.0' in text
    assert b'http_request_errors_total{method="GET",path="/things/{thing}"} 1.0' in text
    assert text.count(b"http_requests_total{") == 1


def test_a_handler_that_raises_is_one_request_and_one_error(site: Site, visitor: httpx.Client) -> None:
    errors = site.metric("http_request_errors_total", method="GET", path="/join/{kind}")
    before = requests(site, "/join/{kind}", 500)

    assert visitor.get("/join/boom").status_code == 500

    assert requests(site, "/join/{kind}", 500) == before + 1
    assert site.metric("http_request_errors_total", method="GET", path="/join/{kind}") == errors + 1


def test_who_leaves_before_having_asked_is_no_error(site: Site) -> None:
    errors = site.metric("http_request_errors_total", method="POST", path="/auth/session")
    logged = len(site.events("unexpected_error"))
    host, port = site.url.removeprefix("http://").split(":")

    with socket.create_connection((host, int(port))) as leaving:
        leaving.sendall(
            f"POST /auth/session HTTP/1.1\r\nHost: {host}:{port}\r\nOrigin: {site.url}\r\n"
            "X-MyCount: 1\r\nContent-Length: 100\r\n\r\nabc".encode()
        )

    eventually(lambda: requests(site, "/auth/session", 499, "POST") == 1)
    assert requests(site, "/auth/session", 500, "POST") == 0
    assert site.metric("http_request_errors_total", method="POST", path="/auth/session") == errors
    assert len(site.events("unexpected_error")) == logged


def test_who_is_sent_to_sign_in_is_counted_under_the_page_that_was_wanted(site: Site) -> None:
    before = requests(site, "/groups/{group}", 303)

    site.visitor().get("/groups/7")

    assert requests(site, "/groups/{group}", 303) == before + 1


def test_assets_and_sockets_have_one_name_each(site: Site, visitor: httpx.Client) -> None:
    with OpenPage(visitor, "/groups/1") as page:
        visitor.get("/static/mycount.css")
        visitor.get("/static/no-such-file")
        visitor.get(f"/_nicegui/client/{page.key}/upload/3")
        assert page.key not in "".join(series(site))

    assert requests(site, "/static", 404) == 1
    assert requests(site, "/_nicegui", 404) == 1


def test_probes_and_the_counting_itself_are_not_counted(site: Site, visitor: httpx.Client) -> None:
    for path in ("/health", "/livez", "/metrics"):
        visitor.get(path)
        visitor.head(path)

    assert not [line for line in series(site) if "/health" in line or "/livez" in line or "/metrics" in line]


def test_what_will_come_is_there_at_zero_from_the_start(start: Start) -> None:
    site = start().ready()

    eventually(lambda: site.metric("mycount_database_pool_in_use") == 0)  # by what is done at the start
    text = ask(f"{site.url}/metrics").text

    assert 'http_requests_total{method="GET",path="/groups/{group}",status="200"} 0.0' in text
    assert 'http_request_errors_total{method="GET",path="/groups/{group}"} 0.0' in text
    assert 'mycount_operations_total{operation="expenses.add",outcome="conflict"} 0.0' in text
    assert 'mycount_operation_duration_seconds_count{operation="expenses.add"} 0.0' in text
    assert 'mycount_build_info{revision="unknown",version="' in text
    for name in ("connected_clients", "database_pool_waiting"):
        assert f"mycount_{name} 0.0" in text
    assert "mycount_database_pool_size 10.0" in text
    assert 'mycount_database_connection_attempts_total{outcome="ok"} 1.0' in text
    assert "mycount_event_loop_lag_seconds_bucket" in text
    assert "_created" not in text


def test_what_services_do_is_counted_by_outcome(site: Site, visitor: httpx.Client) -> None:
    labels = {"operation": "sessions.redeem", "outcome": "ok"}
    before = site.metric("mycount_operations_total", **labels)

    visitor.post("/auth/session", json={"ticket": "none"}, headers={"Cookie": ""})

    assert site.metric("mycount_operations_total", **labels) == before + 1


def test_figures_are_for_whoever_has_the_token(start: Start) -> None:
    token = "a-token-of-sixteen-and-more"
    site = start(metrics_token=token).ready()

    for wrong in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": f"Basic {token}"}):
        refused = ask(f"{site.url}/metrics", headers=wrong)
        assert refused.status_code == 401 and refused.headers["www-authenticate"] == "Bearer"
    figures = ask(f"{site.url}/metrics", headers={"Authorization": f"Bearer {token}"})
    assert figures.status_code == 200 and 'mycount_refusals_total{reason="metrics_token"} 3.0' in figures.text
    assert token not in site.log()


def test_a_blocked_event_loop_shows_as_lag(sqlite_url: str) -> None:
    metrics = Metrics("1", "abc")

    async def busy() -> None:
        measuring = asyncio.create_task(Sampling(metrics, open_database(sqlite_url), None).measure_lag())
        asyncio.get_running_loop().call_later(0.1, time.sleep, 0.7)
        await asyncio.wait([measuring], timeout=1.0)
        measuring.cancel()

    asyncio.run(busy())

    text = metrics.render()
    assert b'mycount_event_loop_lag_seconds_bucket{le="0.1"} 0.0' in text
    assert b"mycount_event_loop_lag_seconds_count 0.0" not in text
