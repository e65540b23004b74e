"""What is acknowledged is on the disk: every commit waits for at least one sync, counted from outside."""

import shutil
from pathlib import Path

from sqlalchemy import text

from mycount.db.session import Database
from tests.bench.figures import POSTGRESQL, SQLITE
from tests.soak.places import Place
from tests.soak.writing import used, writing_into

PART = "On the disk"
_COMMITS = 50


def soak(place: Place) -> None:
    """Count for 50 commits, also for databases that are set up in haste, which must be noticed."""
    name, wrong = "syncs for each commit", "wrong on purpose: syncs for each commit"
    if shutil.which("strace"):
        place.note(PART, name, _sqlite(place, hasty=False), 1, SQLITE, at_least=True)
        place.note(PART, wrong, _sqlite(place, hasty=True), 0.5, SQLITE, told="synchronous=NORMAL")
    else:
        place.note(PART, name, None, 1, SQLITE, told="no strace here")
    place.note(PART, name, _postgresql(place, hasty=False), 1, POSTGRESQL, at_least=True)
    place.note(PART, wrong, _postgresql(place, hasty=True), 0.5, POSTGRESQL, told="synchronous_commit=off")


def _sqlite(place: Place, *, hasty: bool) -> float:
    url = place.url(SQLITE)
    trace = Path(f"{place.folder}/trace-{hasty}")
    with used(url) as world:
        writing = writing_into(url, world.group("Ann", "Bo"), "sync", threads=1, hasty=hasty)
        writing.start("strace", "-f", "-o", str(trace), "-e", "trace=fsync,fdatasync")
        writing.until_done(_COMMITS)
        writing.stop()
    syncs = sum(
        " = 0" in line for line in trace.read_text().splitlines() if "sync(" in line or "resumed" in line
    )
    return syncs / writing.acknowledged


def _postgresql(place: Place, *, hasty: bool) -> float:
    url = place.url(POSTGRESQL)
    with used(url) as world:
        scene = world.group("Ann", "Bo")
        if hasty:
            with world.database.writing() as session:
                name = session.scalar(text("SELECT current_database()"))
                session.execute(text(f'ALTER DATABASE "{name}" SET synchronous_commit = off'))
        writing = writing_into(url, scene, "sync", threads=1)
        before = _syncs(world.database)
        writing.start()
        writing.until_done(_COMMITS)
        writing.stop()
        return (_syncs(world.database) - before) / writing.acknowledged


def _syncs(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(text("SELECT sum(fsyncs)::bigint FROM pg_stat_io WHERE object = 'wal'")) or 0
