"""A migration is killed at each of its statements: the database is as it was before, and can be migrated afterwards."""

import itertools
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic.script import ScriptDirectory
from sqlalchemy import Connection, column, delete, event, func, insert, inspect, select, table

from mycount.db import migrate as migrating
from mycount.db.migrate import alone, migrate, newest, revision, upgrade
from mycount.db.session import Database, open_database
from mycount.db.tables import Base
from mycount.services import books, expenses
from tests.soak.places import KINDS, Place
from tests.soak.writing import used
from tests.world import Snapshot

PART = "Migration killed"
Shape = dict[str, list[str]]
State = tuple[str, Shape, dict[str, int | None]]
_ROOT = Path(__file__).parents[2]


def soak(place: Place) -> None:
    """Kill it at every statement, from an empty database and from every older revision, with data in it.

    Then one that commits each statement, which must be noticed.
    """
    for kind in KINDS:
        kill_everywhere(place, kind, every=1 if not place.quick else 25)
        half = _killed(place, kind, "empty", 20, {}, careless=True).half
        place.note(
            PART, "wrong on purpose, each statement committed: half done", half, 1, kind, at_least=True
        )


def kill_everywhere(place: Place, kind: str, *, every: int) -> None:
    """Kill at every so many statements; notes how often something was half done, or could not be ended."""
    rows = _content(place, kind)
    kills = half = unfinished = faults = 0
    old = ["empty", *_revisions()[:-1]]
    for since in old:
        for number in itertools.count(1, every):
            found = _killed(place, kind, since, number, rows)
            kills, half = kills + found.killed, half + found.half
            unfinished, faults = unfinished + found.unfinished, faults + found.faults
            if not found.killed:
                break  # it has no more statements than that
    place.note(PART, "left half done", half, 0, kind, told=f"{kills} kills, from {', '.join(old)}")
    place.note(PART, "could not be ended afterwards", unfinished, 0, kind)
    place.note(PART, "faults in the books", faults, 0, kind)


@dataclass(frozen=True)
class _Found:
    killed: bool
    half: bool
    unfinished: bool
    faults: int


def _killed(
    place: Place, kind: str, since: str, number: int, rows: Snapshot, *, careless: bool = False
) -> _Found:
    """Migrate a database of this revision in a process that is killed at a statement; then look, and end it."""
    url = place.bare(kind)
    database = open_database(url)
    _bring_to(database, since, rows)
    before = _state(database)
    how = [
        sys.executable,
        "-m",
        "tests.soak.migrations",
        url,
        str(number),
        *(["careless"] if careless else []),
    ]
    done = subprocess.run(how, cwd=_ROOT, check=False)
    assert done.returncode in (0, -signal.SIGKILL)
    was_killed = done.returncode != 0
    half = was_killed and _state(database) != before
    if careless:
        database.close()
        return _Found(was_killed, half, unfinished=False, faults=0)
    unfinished = migrate(database) != newest()
    database.close()
    with used(url):
        return _Found(was_killed, half, unfinished, len(books.audit()))


def _revisions() -> list[str]:
    """Name all revisions, the oldest first."""
    folder = Path(migrating.__file__).parent / "migrations"
    return [script.revision for script in ScriptDirectory(str(folder)).walk_revisions()][::-1]


def _bring_to(database: Database, old: str, rows: Snapshot) -> None:
    """Make the database what an older version left, with everything in it that this one knew."""
    if old == "empty":
        return
    with alone(database) as connection:
        upgrade(connection, old)
        there = _shape_of(connection)
        for name in (one.name for one in Base.metadata.sorted_tables if one.name in there):
            _put(connection, name, there[name], rows[name])


def _put(connection: Connection, name: str, there: list[str], rows: list[tuple[Any, ...]]) -> None:
    columns = list(Base.metadata.tables[name].columns)
    known = [one for one in columns if one.name in there]
    old = table(name, *(column(one.name, one.type) for one in known))
    connection.execute(delete(old))  # what the migration has put there itself
    values = [
        {one.name: value for one, value in zip(columns, row, strict=True) if one.name in there}
        for row in rows
    ]
    if values:
        connection.execute(insert(old), values)


def _content(place: Place, kind: str) -> Snapshot:
    """Give everything that is stored where people have worked."""
    with used(place.url(kind)) as world:
        scene = world.group("Ann", "Bo", "Cy")
        scene.add(1000, "Ann", title="Café")
        scene.pay(400, "Bo", "Ann")
        expense = scene.add(999, "Bo", note="à la carte")
        expenses.delete(scene.owner, scene.id, expense)
        world.join(scene, "Bo")
        return world.snapshot()


def _state(database: Database) -> State:
    """Give the revision, the tables, and how many rows each has."""
    with database.engine.connect() as connection:
        shape = _shape_of(connection)
        rows = {name: connection.scalar(select(func.count()).select_from(table(name))) for name in shape}
        return revision(connection), shape, rows


def _shape_of(connection: Connection) -> Shape:
    found = inspect(connection)
    return {name: [one["name"] for one in found.get_columns(name)] for name in found.get_table_names()}


def _migrate_until(url: str, number: int, *, careless: bool) -> None:
    database = open_database(url)
    counted = itertools.count(1)

    def count(_: object, cursor: Any, statement: str, *__: object) -> None:
        if next(counted) == number:
            os.kill(os.getpid(), signal.SIGKILL)
        if careless and not statement.startswith("BEGIN"):
            cursor.execute("COMMIT")
            cursor.execute("BEGIN")

    event.listen(database.engine, "before_cursor_execute", count)
    migrate(database)


if __name__ == "__main__":
    _migrate_until(sys.argv[1], int(sys.argv[2]), careless="careless" in sys.argv)
