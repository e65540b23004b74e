"""What the README says to type for backups works when it is typed: the lines are taken from there, and run.

In place of Docker there is a program that runs what is meant for the database on a real PostgreSQL of the tests, and
what is meant for a shell in a volume in a folder; the programs inside are the real ones.
"""

import re
import subprocess
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL

from mycount.db.backup import back_up
from mycount.db.migrate import migrate
from mycount.db.session import open_database
from mycount.services import books
from tests.conftest import opened
from tests.delivery.database_role import PROGRAMS, ROOT, server
from tests.newer import make_newer
from tests.waiting import PATIENCE
from tests.world import World

README = (ROOT / "README.md").read_text()
ARCHIVE = "mycount-2026-11-23-0400.dump"
COPY = "mycount-2026-11-23-0400.db"

DOCKER = """#!/bin/bash
echo "$*" >> told
while (($#)) && [[ $1 != sh && $1 != db && $1 != mycount ]]; do shift; done
if [[ ${1:-} == db && $# -gt 1 ]]; then  # docker compose exec -T db PROGRAM …
  exec "${@:2}"
elif [[ ${1:-} == sh ]]; then  # docker run … --entrypoint sh mycount -c …
  cd data && exec sh "${@:3}"
fi
"""


def block(section: str, word: str) -> str:
    """The commands below a heading that has this word in them."""
    below = README[README.index(f"\n### {section}\n") :]
    found: str = next(each for each in re.findall(r"```\n(.*?)```", below, re.DOTALL) if word in each)
    return found


def typed(commands: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Type commands into a shell that has Docker's stand-in first on its PATH."""
    (folder / "bin").mkdir(exist_ok=True)
    (folder / "bin" / "docker").write_text(DOCKER)
    (folder / "bin" / "docker").chmod(0o755)
    path = f"{folder / 'bin'}:{PROGRAMS}:/usr/bin:/bin"
    return subprocess.run(
        ["bash", "-c", commands],
        cwd=folder,
        env={"PATH": path, **variables},
        capture_output=True,
        text=True,
        timeout=3 * PATIENCE,
        check=False,
    )


def filled(url: str) -> None:
    """Put a group with ten expenses into a database."""
    with contextmanager(opened)(url) as database:
        scene = World(database).group("Ann", "Bo")
        for _ in range(10):
            scene.add(1000, "Ann")


def made(compose: URL) -> str:
    """Make the tables, and put something in; gives the URL in full."""
    url = compose.render_as_string(hide_password=False)
    database = open_database(url)
    migrate(database)
    database.close()
    filled(url)
    return url


def found(url: str) -> tuple[int, tuple[object, ...]]:
    """Give the number of expenses in a database, and what an audit finds; migrated before, as at a start."""
    database = open_database(url)
    migrate(database)
    database.close()
    with contextmanager(opened)(url):
        return books.size().expenses, books.audit()


def test_a_backup_under_compose_can_be_restored_also_over_a_newer_version(
    compose: URL, tmp_path: Path
) -> None:
    url = made(compose)
    database = open_database(url)
    backed_up = typed(block("Compose", "pg_dump"), tmp_path, **server(compose))
    assert backed_up.returncode == 0, backed_up.stderr
    assert "backup --made-elsewhere" in (tmp_path / "told").read_text()
    [archive] = tmp_path.glob("mycount-*.dump")
    make_newer(database)  # and a connection to it is open still, when it is thrown away

    commands = block("Compose", "pg_restore").replace(ARCHIVE, archive.name)
    restored = typed(commands, tmp_path, **server(compose))

    database.close()
    assert ("error" in restored.stderr, "ALTER DATABASE" in restored.stdout) == (False, True)
    assert found(url) == (10, ())


def test_an_archive_that_is_broken_takes_no_place(compose: URL, tmp_path: Path) -> None:
    url = made(compose)
    assert typed(block("Compose", "pg_dump"), tmp_path, **server(compose)).returncode == 0
    [archive] = tmp_path.glob("mycount-*.dump")
    archive.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
    commands = block("Compose", "pg_restore").replace(ARCHIVE, archive.name)
    for _ in range(2):  # also when it is tried again
        assert "could not read" in typed(commands, tmp_path, **server(compose)).stderr
        assert found(url) == (10, ())


def test_a_backup_that_fails_leaves_the_good_ones_and_is_not_recorded(tmp_path: Path) -> None:
    typed("date() { echo 2026-11-23-0400; }; " + block("Compose", "pg_dump"), tmp_path, PGHOST="/nowhere")
    assert list(tmp_path.glob("*.dump")) == []
    (tmp_path / ARCHIVE).write_text("of this very minute")
    typed("date() { echo 2026-11-23-0400; }; " + block("Compose", "pg_dump"), tmp_path, PGHOST="/nowhere")
    assert (tmp_path / ARCHIVE).read_text() == "of this very minute"
    assert "--made-elsewhere" not in (tmp_path / "told").read_text()


def test_outside_compose_an_archive_goes_into_a_new_database(compose: URL, tmp_path: Path) -> None:
    made(compose)
    below = README[README.index("## Backup and restore") :]
    dump, restore = (
        found for word in ("pg_dump --", "createdb") for found in re.findall(rf"`({word}[^`]+)`", below)
    )
    plain = compose.set(drivername="postgresql").render_as_string(hide_password=False)
    variables = {**server(compose), "DATABASE": plain, "PGUSER": "postgres"}
    assert typed(dump, tmp_path, **variables).returncode == 0
    done = typed(restore, tmp_path, **variables)
    assert (done.returncode, done.stderr) == (0, "")
    restored = compose.set(username="postgres", database="restored")
    assert found(restored.render_as_string(hide_password=False)) == (10, ())


def test_a_copy_is_restored_into_the_volume_of_a_container(sqlite_url: str, tmp_path: Path) -> None:
    filled(sqlite_url)
    (tmp_path / "data").mkdir()
    database = open_database(sqlite_url)
    back_up(database, tmp_path / COPY)
    database.close()
    (tmp_path / "secret_key").write_text("kept")
    for left in ("mycount.db", "mycount.db-wal", "mycount.db-shm"):
        (tmp_path / "data" / left).write_text("of a server that was ended")
    done = typed(block("Docker", "cat > restored"), tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert {file.name for file in (tmp_path / "data").iterdir()} == {"mycount.db", "secret_key"}
    assert {file.stat().st_mode & 0o777 for file in (tmp_path / "data").iterdir()} == {0o600}
    assert (tmp_path / "data" / "secret_key").read_text() == "kept"
    assert found(f"sqlite:///{tmp_path}/data/mycount.db") == (10, ())


def test_a_copy_that_cannot_be_read_takes_no_place(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "mycount.db").write_text("what is there")
    typed(block("Docker", "cat > restored"), tmp_path)
    assert (tmp_path / "data" / "mycount.db").read_text() == "what is there"
