"""What a running server tells about itself beside its requests: connections, the database, what is shown, how much."""

import shutil
import subprocess
import time
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError

from mycount.db.backup import record
from mycount.db.session import open_database
from mycount.web.query_time import observe_queries
from tests.asking import ask
from tests.web.conftest import Start
from tests.web.open_page import OpenPage, socket
from tests.web.site import Site, eventually


@pytest.fixture(scope="module")
def ann(site: Site) -> httpx.Client:
    return site.signed_in("ann")


def connections(site: Site) -> tuple[float, float]:
    new, again = (site.metric("mycount_page_connections_total", kind=kind) for kind in ("new", "again"))
    return new, again


def disconnections(site: Site, reason: str) -> float:
    return site.metric("mycount_page_disconnections_total", reason=reason)


def test_a_page_that_is_opened_and_one_that_comes_back_are_told_apart(site: Site, ann: httpx.Client) -> None:
    new, again = connections(site)
    gone = disconnections(site, "transport_close")

    with OpenPage(ann, "/groups/1") as page:
        assert connections(site) == (new + 1, again)
        page.socket.close()
        eventually(lambda: disconnections(site, "transport_close") == gone + 1)
        page.come_back()
        assert connections(site) == (new + 1, again + 1)

    eventually(lambda: disconnections(site, "transport_close") == gone + 2)


def test_who_leaves_on_purpose_and_who_is_sent_away_are_told_apart(site: Site) -> None:
    cleo = site.signed_in("cleo")
    left, sent_away = disconnections(site, "client_disconnect"), disconnections(site, "server_disconnect")

    with OpenPage(cleo, "/groups/1") as page:
        page.socket.send("41")
        eventually(lambda: disconnections(site, "client_disconnect") == left + 1)
    with OpenPage(cleo, "/groups/1") as page:
        cleo.post("/auth/sign-out")
        assert page.is_closed()
        eventually(lambda: disconnections(site, "server_disconnect") == sent_away + 1)


def test_a_socket_that_is_refused_is_no_connection(site: Site, ann: httpx.Client) -> None:
    before = connections(site)
    with pytest.raises(Exception, match="Implicit handshake failed"):
        socket(ann, "00000000-0000-4000-8000-000000000000")
    assert connections(site) == before


def test_the_time_from_news_to_the_screen_is_observed_for_each_screen(site: Site, ann: httpx.Client) -> None:
    before = site.metric("mycount_live_update_seconds_count")
    with OpenPage(ann, "/join/live/expense") as one, OpenPage(ann, "/join/live/expense") as other:
        assert site.metric("mycount_live_update_seconds_count") == before

        ann.get("/join/news/expense")

        assert one.sees("read 1") and other.sees("read 1")
        assert site.metric("mycount_live_update_seconds_count") == before + 2
    assert site.metric("mycount_live_update_seconds_bucket", le="10.0") == before + 2


def test_every_statement_is_timed(site: Site, ann: httpx.Client) -> None:
    before = site.metric("mycount_database_query_seconds_count")

    ann.get("/groups/1")

    assert site.metric("mycount_database_query_seconds_count") > before


@pytest.fixture
def engine(database_url: str) -> Engine:
    return create_engine(database_url)


def test_a_statement_that_fails_is_timed_too(engine: Engine) -> None:
    seconds: list[float] = []
    observe_queries(engine, seconds.append)

    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        assert len(seconds) == 1
        with pytest.raises(Exception, match="no_such_table"):
            connection.execute(text("SELECT 1 FROM no_such_table"))
    assert len(seconds) == 2 and all(0 <= each < 5 for each in seconds)


def test_who_cannot_connect_is_told_so_as_before() -> None:
    engine = create_engine("postgresql+psycopg2://u:p@127.0.0.1:9/none")
    observe_queries(engine, lambda _: None)

    with pytest.raises(OperationalError):
        engine.connect()


def test_how_much_there_is_is_told(start: Start) -> None:
    site = start().ready()
    site.signed_in("ann")

    eventually(lambda: site.metric("mycount_operations_total", operation="books.totals", outcome="ok"))
    figures = ask(f"{site.url}/metrics").text
    assert (
        "mycount_groups 0.0" in figures
        and "mycount_expenses 0.0" in figures
        and "\nmycount_users " in figures
    )


def test_when_the_last_backup_was_made_is_told_once_there_is_one(start: Start, sqlite_url: str) -> None:
    site = start(database_url=sqlite_url).ready()
    eventually(lambda: site.metric("mycount_operations_total", operation="books.totals", outcome="ok"))
    assert "\nmycount_backup_timestamp_seconds" not in ask(f"{site.url}/metrics").text
    site.stop()

    assert record(open_database(sqlite_url))

    later = start(database_url=sqlite_url).ready()
    told = eventually(lambda: later.metric("mycount_backup_timestamp_seconds"))
    assert abs(told - time.time()) < 60


def test_the_figures_are_as_prometheus_wants_them(site: Site, tmp_path: Path) -> None:
    promtool = shutil.which("promtool")
    if promtool is None:
        pytest.skip("promtool is not installed")
    answer = ask(f"{site.url}/metrics")
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    checked = subprocess.run(
        [promtool, "check", "metrics"], input=answer.text, capture_output=True, text=True, check=False
    )
    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "")
