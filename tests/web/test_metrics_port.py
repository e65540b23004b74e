"""/metrics can have a port of its own: then it is answered there and nowhere else, and nothing else is there."""

import signal
import socket

from tests.asking import ask, client
from tests.waiting import PATIENCE
from tests.web.conftest import Start
from tests.web.site import Site


def metrics_address(site: Site) -> str:
    """The address that the server says its metrics are on."""
    return str(site.event("listening_for_metrics")["message"]).removeprefix("metrics are on ")


def test_figures_are_on_their_own_port_and_not_among_the_pages(start: Start) -> None:
    site = start(metrics_port=0).ready()
    metrics = metrics_address(site)
    assert ask(f"{site.url}/livez").status_code == 200

    figures = ask(metrics)

    assert figures.status_code == 200 and "mycount_database_up" in figures.text
    assert figures.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert ask(f"{site.url}/metrics").status_code == 404
    for other in ("", "/", "/health", "/livez", "/static/mycount.css", "/groups/1", "/metrics/x"):
        assert ask(metrics.removesuffix("/metrics") + other).status_code == 404
    assert 'path="/metrics"' not in ask(metrics).text


def test_the_token_is_asked_for_there_too(start: Start) -> None:
    token = "a-token-of-sixteen-and-more"
    metrics = metrics_address(start(metrics_port=0, metrics_token=token).ready())

    assert ask(metrics).status_code == 401
    assert ask(metrics, headers={"Authorization": f"Bearer {token}"}).status_code == 200


def test_its_address_need_not_be_the_one_of_the_pages(start: Start) -> None:
    site = start(metrics_port=0, host="127.0.0.1", metrics_host="127.0.0.2").ready()

    assert metrics_address(site).startswith("http://127.0.0.2:")
    assert ask(metrics_address(site)).status_code == 200
    assert site.url.startswith("http://127.0.0.1:")


def test_figures_are_there_before_the_database_is(start: Start) -> None:
    site = start(metrics_port=0, database_url="postgresql://u:p@127.0.0.1:9/none", database_attempts=100)

    assert "mycount_database_up 0.0" in ask(metrics_address(site)).text


def test_a_port_in_use_is_said_in_one_line(start: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        site = start(metrics_port=taken.getsockname()[1])
        assert site.process.wait(PATIENCE) == 1

    (line,) = site.log().splitlines()
    assert line.startswith("mycount: cannot listen on 127.0.0.1:") and "MYCOUNT_METRICS_PORT" in line


def test_it_stops_with_the_rest_also_while_somebody_holds_a_connection(start: Start) -> None:
    site = start(metrics_port=0).ready()
    with client() as prometheus:
        assert prometheus.get(metrics_address(site)).status_code == 200

        assert site.stop(signal.SIGTERM) == 0
    assert site.event("stopped")["failed"] is False and "Traceback" not in site.log()
