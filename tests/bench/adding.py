"""How many expenses eight threads add in a second, beside the statements of the same work and nothing else."""

import itertools
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import func, select

from mycount.db.tables import ExpenseRow
from mycount.services import expenses
from tests.bench.figures import POSTGRESQL, Figure, middle
from tests.bench.filling import filled
from tests.bench.stores import Run, Store
from tests.world import Scene, assert_sound

PART = "Adding"
THREADS = 8
_BEFORE = 1_000
_HALF, _AIM = 0.5, 400
_keys = itertools.count()
Adder = Callable[[int], object]


def measure(run: Run) -> None:
    """Measure both with a group for each thread and with all in one group, by turns; and count what is stored."""
    for kind in run.kinds:
        store = run.new(kind)
        store.use()
        scenes = [filled(store.world, 100 if run.quick else _BEFORE) for _ in range(THREADS)]
        before, sent = _stored(store), 0
        for name, places in (("a group each", scenes), ("all in one group", scenes[:1] * THREADS)):
            sent += _compare(run, store, name, places)
        lost = before + sent - _stored(store)
        run.notebook.note(Figure(PART, "Expenses lost by adding", abs(lost), "", 0, database=kind))
        assert_sound()


def _compare(run: Run, store: Store, name: str, places: Sequence[Scene]) -> int:
    """Note the rates; gives how many expenses were added through the services."""
    seconds, rounds = (0.7, 2) if run.quick else (2.0, 5)
    services, bare, sent = [], [], 0
    for _ in range(rounds):
        count, rate = _rate([_by_service(scene) for scene in places], seconds)
        sent += count
        services.append(rate)
        by_hand = [Bare(store, scene) for scene in places]
        try:
            bare.append(_rate([one.add for one in by_hand], seconds)[1])
        finally:
            for one in by_hand:
                one.close()
    of_services, of_bare = middle(services), middle(bare)
    aim = _AIM if store.kind == POSTGRESQL else None
    title = f"Added by {THREADS} threads, {name}"
    told = f"bare SQL {of_bare:,.0f}/s"
    run.notebook.note(
        Figure(PART, f"{title}, as a part of bare SQL", of_services / of_bare, "×", _HALF, True, store.kind)
    )
    run.notebook.note(Figure(PART, title, of_services, "/s", aim, True, store.kind, told))
    return sent


def _rate(adders: Sequence[Adder], seconds: float) -> tuple[int, float]:
    """Let every adder add until the time is over; gives how many were added, and how many in a second."""
    barrier = threading.Barrier(len(adders) + 1)
    over = threading.Event()

    def play(add: Adder) -> int:
        barrier.wait()
        for count in itertools.count():
            if over.is_set():
                return count
            add(count)
        raise AssertionError

    with ThreadPoolExecutor(len(adders)) as threads:
        playing = [threads.submit(play, add) for add in adders]
        barrier.wait()
        begun = time.perf_counter()
        time.sleep(seconds)
        over.set()
        counts = [one.result() for one in playing]
        taken = time.perf_counter() - begun
    return sum(counts), sum(counts) / taken


def _by_service(scene: Scene) -> Adder:
    def add(count: int) -> None:
        key = f"bench {next(_keys)}"
        expenses.add(scene.owner, scene.id, scene.draft(1000, "Bo", title=f"Dinner {count}", submit_key=key))

    return add


def _stored(store: Store) -> int:
    """Count the expenses that came by the services."""
    with store.database.reading() as session:
        wanted = ~ExpenseRow.submit_key.startswith("bare ")
        return session.scalar(select(func.count()).select_from(ExpenseRow).where(wanted)) or 0


class Bare:
    """Adds expenses as a program would that knows its group by heart: what must be asked and written, and no more.

    The group's row is stamped for a member; the key, the roundings and the last of this title are looked up; expense,
    payer, parts, balances and history are written, a statement each; the users who are to hear of it are read.
    """

    def __init__(self, store: Store, scene: Scene) -> None:
        self._is_sqlite = store.database.is_sqlite
        self._turn = store.database.write_lock or nullcontext()
        self._scene = scene
        self._payer = scene.members["Bo"]
        self._people = list(scene.members.values())
        self._connection: Any = store.database.engine.raw_connection()

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()

    def add(self, count: int) -> None:
        """Add one expense of 10 EUR in equal parts."""
        with self._turn:
            cursor = self._connection.cursor()
            if self._is_sqlite:
                cursor.execute("BEGIN IMMEDIATE")
            self._ask(cursor, f"bare {next(_keys)}", f"dinner {count}")
            self._connection.commit()
            cursor.close()

    def _ask(self, cursor: Any, key: str, title: str) -> None:
        group, owner, now = self._scene.id, self._scene.owner, datetime.now(UTC)
        moment: object = now.strftime("%Y-%m-%d %H:%M:%S.%f") if self._is_sqlite else now
        day: object = "2026-03-14" if self._is_sqlite else date(2026, 3, 14)
        run = self._statement(cursor)
        run(
            'UPDATE "group" SET changed_at = ?, version = version + 1 WHERE id = ? AND deleted_at IS NULL AND id IN '
            "(SELECT group_id FROM group_members WHERE user_id = ? AND deactivated_at IS NULL) RETURNING version",
            moment, group, owner,
        )  # fmt: skip
        run("SELECT id, role, usual FROM group_members WHERE group_id = ? AND user_id = ?", group, owner)
        me = cursor.fetchone()[0]
        run("SELECT id FROM expense WHERE group_id = ? AND submit_key = ?", group, key)
        run("SELECT id FROM group_members WHERE group_id = ? AND deactivated_at IS NULL", group)
        run("SELECT member_id, absorbed FROM member_balance WHERE group_id = ? AND currency = 'EUR'", group)
        run(
            "SELECT category FROM expense WHERE group_id = ? AND title_key = ? AND deleted_at IS NULL "
            "ORDER BY id DESC LIMIT 1", group, title,
        )  # fmt: skip
        run(
            "INSERT INTO expense (group_id, kind, title, title_key, search_key, amount, currency, category, day, note, "
            "mode, version, submit_key, created_by, created_at, changed_by, changed_at) VALUES (?, 'expense', ?, ?, ?, "
            "1000, 'EUR', 'restaurant', ?, '', 'equal', 1, ?, ?, ?, ?, ?) RETURNING id",
            group, title, title, f"{title}\n", day, key, me, moment, me, moment,
        )  # fmt: skip
        expense = cursor.fetchone()[0]
        run("INSERT INTO expense_payer VALUES (?, ?, ?, 1000)", expense, self._payer, group)
        part = 1000 // len(self._people)
        rows = [value for who in self._people for value in (expense, who, group, part)]
        run(
            "INSERT INTO expense_split (expense_id, member_id, group_id, amount, typed, rounding) VALUES "
            + ", ".join(["(?, ?, ?, ?, '1', 0)"] * len(self._people)), *rows,
        )  # fmt: skip
        run(
            "UPDATE member_balance SET balance = balance - ? + CASE WHEN member_id = ? THEN 1000 ELSE 0 END "
            "WHERE group_id = ? AND currency = 'EUR'", part, self._payer, group,
        )  # fmt: skip
        run(
            "INSERT INTO event (group_id, member_id, at, verb, subject, expense_id, amount, currency) "
            "VALUES (?, ?, ?, 'added', ?, ?, 1000, 'EUR')", group, me, moment, title, expense,
        )  # fmt: skip
        run("UPDATE group_members SET usual = ? WHERE id = ?", '{"currency": "EUR"}', me)
        run("SELECT user_id FROM group_members WHERE group_id = ? AND user_id IS NOT NULL", group)

    def _statement(self, cursor: Any) -> Callable[..., None]:
        def run(words: str, *values: object) -> None:
            cursor.execute(words if self._is_sqlite else words.replace("?", "%s"), values)

        return run
