"""The command line, as it is run: what it says, and its exit codes."""

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from mycount.db.session import open_database
from tests.newer import NEWER, make_newer
from tests.waiting import PATIENCE


def mycount(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a folder of its own, with nothing set."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MYCOUNT_")}
    command = [sys.executable, "-m", "mycount", *arguments]
    root = str(Path(__file__).parent.parent)
    return subprocess.run(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        env={**environment, "PYTHONPATH": root},
        capture_output=True,
        text=True,
        timeout=3 * PATIENCE,
        check=False,
    )


def test_the_demo_fills_an_empty_database_and_its_books_are_sound(tmp_path: Path) -> None:
    made = mycount(tmp_path, "demo")
    assert (made.returncode, "Sign in as alma@example.org" in made.stdout) == (0, True)
    assert mycount(tmp_path, "demo").returncode == 1
    sound = mycount(tmp_path, "check")
    assert (sound.returncode, sound.stdout.startswith("The books are sound. Groups: 3")) == (0, True)


def test_the_audit_finds_a_fault_made_by_hand_in_a_copy_and_says_where(tmp_path: Path) -> None:
    mycount(tmp_path, "demo")
    copy = tmp_path / "data" / "copy.db"
    assert mycount(tmp_path, "backup", str(copy)).returncode == 0
    engine = create_engine(f"sqlite:///{copy}")
    with engine.begin() as connection:
        connection.execute(
            text("UPDATE expense_split SET amount = amount + 1 WHERE expense_id = 1 AND member_id = 1")
        )
    engine.dispose()
    assert mycount(tmp_path, "check").returncode == 0
    copy.replace(tmp_path / "data" / "mycount.db")
    for left in ("mycount.db-wal", "mycount.db-shm"):
        (tmp_path / "data" / left).unlink(missing_ok=True)
    faulty = mycount(tmp_path, "check")
    assert faulty.returncode == 1
    assert "group 1, expense 1: the parts sum to" in faulty.stderr


def test_a_backup_is_recorded_also_when_it_was_made_elsewhere(tmp_path: Path) -> None:
    mycount(tmp_path, "migrate")
    assert recorded(tmp_path) is None
    assert mycount(tmp_path, "backup", "copy.db").stdout == "Everything is in copy.db.\n"
    first = recorded(tmp_path)
    assert first is not None
    assert (mycount(tmp_path, "backup", "--made-elsewhere").returncode, recorded(tmp_path) != first) == (
        0,
        True,
    )
    now = recorded(tmp_path)
    again = mycount(tmp_path, "backup", "copy.db")
    assert again.returncode == 1
    assert re.fullmatch(
        r"mycount: copy\.db exists .*: name a new file, such as copy-[\d-]{10}\.db\n", again.stderr
    )
    nowhere = mycount(tmp_path, "backup", "not-mounted/copy.db")
    assert nowhere.stderr == "mycount: there is no folder not-mounted to put the backup in\n"
    for unclear in ((), ("other.db", "--made-elsewhere")):
        assert mycount(tmp_path, "backup", *unclear).returncode == 2
    assert recorded(tmp_path) == now


def test_every_command_works_after_going_back_to_an_older_version_and_says_so(tmp_path: Path) -> None:
    mycount(tmp_path, "demo")
    database = open_database(f"sqlite:///{tmp_path}/data/mycount.db")
    make_newer(database)
    database.close()
    again = mycount(tmp_path, "migrate")
    assert (again.returncode, again.stdout.count("\n"), NEWER in again.stdout) == (0, 1, True)
    for command in (["check"], ["user", "add", "Ann", "ann@example.org", "--generate"]):
        done = mycount(tmp_path, *command)
        assert (done.returncode, done.stderr) == (0, again.stdout)
    assert mycount(tmp_path, "backup", "copy.db").returncode == 0
    assert mycount(tmp_path, "reset", "--yes-delete-everything", "mycount.db").returncode == 0
    assert NEWER not in mycount(tmp_path, "migrate").stdout


def recorded(folder: Path) -> str | None:
    """What the database of that folder says of its last backup."""
    with sqlite3.connect(folder / "data" / "mycount.db") as connection:
        moment: str | None = connection.execute("SELECT backed_up_at FROM instance").fetchone()[0]
    connection.close()
    return moment


@pytest.mark.parametrize(
    "command", [["check"], ["backup", "copy.db"], ["user", "reset-password", "a@b.org", "--generate"]]
)
def test_nothing_is_made_where_there_is_no_database(tmp_path: Path, command: list[str]) -> None:
    refused = mycount(tmp_path, *command)
    assert refused.returncode == 1
    assert "there is no database at data/mycount.db" in refused.stderr
    assert not (tmp_path / "data" / "mycount.db").exists()
    assert not (tmp_path / "copy.db").exists()


def test_an_account_is_added_its_password_set_anew_and_it_is_closed(tmp_path: Path) -> None:
    mycount(tmp_path, "migrate")
    assert mycount(tmp_path, "user", "add", "Ann", "ann@example.org", "--generate").returncode == 0
    again = mycount(tmp_path, "user", "add", "Ann", "ann@example.org", "--generate")
    assert (again.returncode, "already" in again.stderr) == (1, True)
    assert mycount(tmp_path, "user", "reset-password", "ann@example.org", "--generate").returncode == 0
    assert mycount(tmp_path, "user", "close", "ann@example.org").stderr.count("add --yes") == 1
    closed = mycount(tmp_path, "user", "close", "ann@example.org", "--yes")
    assert (closed.returncode, closed.stdout) == (0, "The account is closed.\n")
    assert mycount(tmp_path, "user", "close", "ann@example.org", "--yes").returncode == 1
    unknown = mycount(tmp_path, "user", "reset-password", "bo@example.org", "--generate")
    assert (unknown.returncode, "no account" in unknown.stderr) == (1, True)


@pytest.mark.parametrize(
    "command", [["add", "Ann", "ann@example.org"], ["reset-password", "ann@example.org"]]
)
def test_where_there_is_nobody_to_ask_for_a_password_it_says_what_to_do(
    tmp_path: Path, command: list[str]
) -> None:
    mycount(tmp_path, "migrate")
    refused = mycount(tmp_path, "user", *command)
    assert (refused.returncode, refused.stderr.count("\n"), refused.stdout) == (1, 1, "")
    assert "--generate" in refused.stderr and "--tty" in refused.stderr


def test_a_setting_that_cannot_be_right_ends_in_one_line_and_code_78(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("MYCOUNT_PORT=many\n")
    refused = mycount(tmp_path, "serve")
    assert refused.returncode == 78
    assert refused.stderr.count("\n") == 1
    assert "MYCOUNT_PORT" in refused.stderr
