"""Starting and stopping: who runs the server can rely on its address, its log and its exit code."""

import json
import signal
import socket
import sqlite3
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import text

from mycount.db.migrate import migrate
from mycount.db.session import open_database
from mycount.services import access
from mycount.services.policy import Policy
from tests.asking import ask
from tests.newer import NEWER, make_newer
from tests.server import Server
from tests.waiting import PATIENCE, until
from tests.web.conftest import Start
from tests.web.site import Site, eventually
from tests.world import SECRET, World


def test_it_names_the_address_that_is_really_bound(start: Start) -> None:
    site = start(port=0)

    assert site.event("listening")["message"] == f"listening on {site.url}"
    assert ask(f"{site.url}/livez").json() == {"status": "ok"}


def test_it_answers_before_its_database_does(start: Start) -> None:
    site = start(database_url="postgresql://u:p@127.0.0.1:9/none", database_attempts=100)

    assert ask(f"{site.url}/livez").status_code == 200
    assert ask(f"{site.url}/health").status_code == 503


def test_a_port_in_use_is_said_in_one_line(start: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        site = start(port=taken.getsockname()[1])
        assert site.process.wait(PATIENCE) == 1

    (line,) = site.log().splitlines()
    assert line.startswith("mycount: cannot listen on 127.0.0.1:") and "is it running already?" in line


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_being_asked_to_stop_is_no_failure(start: Start, by: signal.Signals) -> None:
    site = start().ready()
    begun = time.monotonic()

    assert site.stop(by) == 0
    assert time.monotonic() - begun < 30
    assert site.event("stopped")["failed"] is False


def test_being_asked_to_stop_before_it_is_ready_is_no_failure(tmp_path: Path) -> None:
    server = Server(f"sqlite:///{tmp_path / 'books.db'}", tmp_path)
    server.start(ready=False)
    until(lambda: '"listening"' in server.log(), "the address is taken")

    assert server.stop() == 0


def test_what_is_running_is_finished_before_it_stops(start: Start) -> None:
    site = start().ready()
    answers: list[str] = []
    slow = threading.Thread(target=lambda: answers.append(site.visitor().get("/join/slow/1.5").text))
    slow.start()
    site.event("slow_begun")

    assert site.stop() == 0
    slow.join()
    assert answers == ['"done"']


def test_stopping_while_the_database_is_tried_is_no_failure(start: Start) -> None:
    site = start(database_url="postgresql://u:p@127.0.0.1:9/none", database_attempts=100)
    site.event("database_attempt_failed")

    assert site.stop() == 0


def test_without_its_database_it_waits_tries_again_says_so_and_ends_with_1(start: Start) -> None:
    site = start(database_url="postgresql://u:pa55word@127.0.0.1:9/none", database_retry_seconds=0.2)

    assert site.process.wait(PATIENCE) == 1

    failed = site.events("database_attempt_failed")
    assert [event["attempt"] for event in site.events("database_attempt")] == [1, 2, 3]
    assert [event["next_in_seconds"] for event in failed] == [0.2, 0.4]
    (end,) = site.events("database_unreachable")
    assert "Connection refused" in end["reason"] and "exception" not in end
    assert "pa55word" not in site.log()


def test_while_the_database_is_tried_people_see_that_it_starts(start: Start) -> None:
    site = start(database_url="postgresql://u:p@127.0.0.1:9/none", database_attempts=100)
    visitor = site.visitor()

    page = visitor.get("/groups/1")

    assert page.status_code == 503
    assert page.headers["retry-after"] and 'http-equiv="refresh"' in page.text and "is starting" in page.text
    assert visitor.get("/livez").status_code == 200
    health = visitor.get("/health")
    assert (health.status_code, health.json()) == (503, {"detail": "Database unavailable"})
    assert "starting, attempt 1 of 100" in str(site.event("health_starting")["reason"])
    assert not site.events("health_failed")
    assert visitor.get("/static/mycount.css").status_code == 200
    assert site.metric("mycount_database_up") == 0


def test_a_start_that_goes_well_logs_no_error_whoever_asks_meanwhile(start: Start) -> None:
    site = start()
    eventually(lambda: ask(f"{site.url}/health").status_code == 200)

    lines = [json.loads(line) for line in site.log().splitlines()]
    assert [line for line in lines if line["level"] in ("warning", "error")] == []
    assert not site.events("health_recovered")


def test_the_last_attempt_is_an_error_for_whoever_asks(start: Start) -> None:
    site = start(
        database_url="postgresql://u:p@127.0.0.1:9/none", database_attempts=2, database_retry_seconds=5
    )
    eventually(lambda: ask(f"{site.url}/health").status_code == 503)
    assert site.process.wait(PATIENCE) == 1
    assert not [event for event in site.events("health_failed") if "attempt 1 of" in event["reason"]]


def test_a_database_that_cannot_be_used_ends_it_at_once_with_its_traceback(
    start: Start, tmp_path: Path
) -> None:
    file = tmp_path / "mycount.db"
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE alembic_version (version_num VARCHAR(32))")
        other.execute("INSERT INTO alembic_version VALUES ('from-the-future')")
    other.close()

    site = start(database_url=f"sqlite:///{file}")

    assert site.process.wait(PATIENCE) == 1
    (end,) = site.events("database_not_usable")
    assert "from-the-future" in end["exception"] and end["attempts"] == 1


def test_a_version_before_the_one_that_made_the_database_serves_it_and_warns(
    start: Start, tmp_path: Path
) -> None:
    database = open_database(f"sqlite:///{tmp_path}/books.db")
    migrate(database)
    make_newer(database)
    database.close()

    site = start(database_url=f"sqlite:///{tmp_path}/books.db").ready()

    assert NEWER in site.event("database_newer")["message"]
    assert site.event("database_newer")["level"] == "warning"
    assert ask(f"{site.url}/health").status_code == 200
    assert site.signed_in("back").get("/groups/1").status_code == 200


def test_what_is_in_force_is_logged_with_its_source_and_without_secrets(start: Start) -> None:
    secret = "fifty-characters-of-something-that-nobody-must-see"
    site = start(secret_key=secret, databse_url="x").ready()

    settings = {event["name"]: event for event in site.events("setting")}
    assert settings["MYCOUNT_LOG_FORMAT"]["value"] == "json"
    assert settings["MYCOUNT_LOG_FORMAT"]["source"] == "environment MYCOUNT_LOG_FORMAT"
    assert settings["MYCOUNT_HOST"]["source"] == "default"
    assert secret not in site.log()
    assert "MYCOUNT_DATABASE_URL" in site.event("setting_unread")["message"]


def test_jobs_run_once_the_database_is_there(start: Start) -> None:
    site = start().ready()

    eventually(lambda: site.metric("mycount_operations_total", operation="books.imbalance", outcome="ok"))
    figures = eventually(lambda: _with(site, "mycount_ledger_imbalance 0.0", "mycount_ledger_faults 0.0"))
    assert 'mycount_job_failing{job_name="ledger imbalance"} 0.0' in figures


def test_books_that_cannot_be_looked_at_are_not_shown_as_sound(start: Start, tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path}/books.db")
    migrate(database)
    with database.writing() as session:
        session.execute(text("ALTER TABLE member_balance RENAME COLUMN balance TO gone"))
    database.close()

    site = start(database_url=f"sqlite:///{tmp_path}/books.db").ready()

    failing = [
        f'mycount_job_failing{{job_name="{name}"}} 1.0' for name in ("ledger imbalance", "audit of the books")
    ]
    figures = eventually(lambda: _with(site, *failing))
    assert 'mycount_job_failing{job_name="totals"} 0.0' in figures
    assert "\nmycount_ledger_imbalance " not in figures and "\nmycount_ledger_faults " not in figures
    assert ask(f"{site.url}/health").status_code == 200


def test_a_part_that_was_changed_by_hand_shows_in_the_metrics(start: Start, tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path}/books.db")
    migrate(database)
    access.start(database, Policy(secret_key=SECRET))
    World(database).group("Ann", "Bo").add(1000, "Ann")
    access.stop()
    with database.writing() as session:
        session.execute(text("UPDATE expense SET amount = amount + 1"))
    database.close()

    site = start(database_url=f"sqlite:///{tmp_path}/books.db").ready()

    eventually(lambda: _with(site, "mycount_ledger_imbalance 0.0", "mycount_ledger_faults 2.0"))


def _with(site: Site, *lines: str) -> str:
    """Give the metrics when all these lines are in them; nothing before."""
    figures = ask(f"{site.url}/metrics").text
    return figures if all(line in figures.splitlines() for line in lines) else ""


def test_a_second_server_on_the_same_database_is_fine(start: Start, tmp_path: Path) -> None:
    shared = f"sqlite:///{tmp_path}/shared.db"
    sites: list[Site] = [start(database_url=shared) for _ in range(2)]

    for each in sites:
        assert each.ready().events("database_ready")[0]["revision"]
