"""What a screen or a change costs does not grow with the history: the same statements for 10 and 2,000 expenses.

And no statement goes through a whole table that grows with the history: each finds what it reads by an index.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, event, insert, text

from mycount.db.session import Database
from mycount.db.tables import BalanceRow, EventRow, ExpenseRow, PayerRow, SplitRow
from mycount.domain.ids import ExpenseId
from mycount.services import balances, expenses, groups, history, insights, screens, shared, tallies
from mycount.services.views import Filter, Word
from tests.world import Scene, World, assert_sound

FEW, MANY = 10, 2_000
GROWING = ("expense", "expense_payer", "expense_split", "event")
Statement = tuple[str, Any]


ACTS: dict[str, Callable[[Scene, ExpenseId], object]] = {
    "groups.see": lambda scene, _: groups.see(scene.owner, scene.id),
    "expenses.listed": lambda scene, _: expenses.listed(scene.owner, scene.id),
    "expenses.listed, further down": lambda scene, latest: expenses.listed(
        scene.owner, scene.id, after=(date(2026, 3, 1), latest)
    ),
    "expenses.listed, filtered": lambda scene, _: expenses.listed(
        scene.owner, scene.id, wanted=Filter((Word("din"), Word("bo")), person=scene.members["Bo"])
    ),
    "expenses.listed, a rare word": lambda scene, _: expenses.listed(
        scene.owner, scene.id, wanted=Filter((Word("unch 7"),))
    ),
    "expenses.listed, a rare amount": lambda scene, _: expenses.listed(
        scene.owner, scene.id, wanted=Filter((Word("1.23", amount=(Decimal("1.23"), Decimal("1.24"))),))
    ),
    "expenses.listed, a rare category": lambda scene, _: expenses.listed(
        scene.owner, scene.id, wanted=Filter(category="rent")
    ),
    "tallies.see": lambda scene, _: tallies.see(
        scene.owner, scene.id, wanted=Filter((Word("din"),), person=scene.members["Bo"])
    ),
    "expenses.alike": lambda scene, _: expenses.alike(
        scene.owner, scene.id, amount=900, currency="EUR", day=date(2026, 1, 5)
    ),
    "expenses.suggest": lambda scene, _: expenses.suggest(scene.owner, scene.id, "Dinner"),
    "balances.why": lambda scene, _: balances.why(scene.owner, scene.id, scene.members["Bo"], "EUR"),
    "insights.see": lambda scene, _: insights.see(scene.owner, scene.id),
    "history.home": lambda scene, _: history.home(scene.owner),
    "history.of_group": lambda scene, _: history.of_group(scene.owner, scene.id),
    "screens.see": lambda scene, _: screens.see(scene.owner, scene.id, first=30),
    "history.of_all": lambda scene, _: history.of_all(scene.owner),
    "expenses.add": lambda scene, _: scene.add(1000, "Ann"),
    "expenses.edit": lambda scene, it: expenses.edit(scene.owner, scene.id, it, 1, scene.draft(10, "Bo")),
    "expenses.delete": lambda scene, it: expenses.delete(scene.owner, scene.id, it),
}


def test_the_number_of_statements_does_not_grow_with_the_expenses(world: World) -> None:
    counts = {}
    for size in (FEW, MANY):
        scene = world.group("Ann", "Bo", "Cy")
        latest = _fill(world, scene, size)
        for name, act in ACTS.items():
            shared.forget()
            with _noted(world.database) as statements:
                act(scene, latest)
            counts[name, size] = len(statements)
    assert {name: counts[name, FEW] for name in ACTS} == {name: counts[name, MANY] for name in ACTS}
    assert min(counts.values()) > 1
    assert_sound()


INDEXES = {
    "expenses.listed": "ix_expense_list",
    "expenses.listed, further down": "ix_expense_list",
    "expenses.listed, a rare word": "expense_words",
    "expenses.listed, a rare amount": "ix_expense_amount",
    "expenses.listed, a rare category": "ix_expense_category",
    "balances.why": "ix_expense_split_member_id_expense_id",
    "expenses.alike": "ix_expense_list",
    "expenses.suggest": "ix_expense_title",
    "history.of_group": "ix_event_list",
}
"""The index that a list is read by, where there is one for it."""


def test_what_grows_is_read_by_an_index_and_never_from_end_to_end(world: World) -> None:
    scene, neighbour = world.group("Ann", "Bo", "Cy"), world.group("Ann", "Bo")
    latest, _ = [_fill(world, one, MANY) for one in (scene, neighbour)]
    if not world.database.is_sqlite:
        world.run(text("ANALYZE"))  # as PostgreSQL does by itself within minutes; SQLite does not
    for name in ACTS:  # in their order: what is deleted cannot be edited
        if name == "insights.see":  # it sums up all of a group, here half of what there is
            continue
        with _noted(world.database) as statements:
            ACTS[name](scene, latest)
        plans = [_plan(world.database, one) for one in statements if one[0].startswith("SELECT")]
        assert plans, name
        assert [plan for plan in plans if _reads_all(plan)] == [], name
        assert INDEXES.get(name, "") in "".join(plans), (name, plans)


def test_reading_from_end_to_end_would_be_noticed(world: World) -> None:
    for words in ("SELECT id FROM expense WHERE note = 'x'", "SELECT count(*) FROM expense_split"):
        assert _reads_all(_plan(world.database, (words, ())))


def test_the_number_of_statements_of_my_groups_does_not_grow_with_the_groups(world: World) -> None:
    ann = world.user("Ann")
    counts = []
    for _ in range(3):
        for scene in [world.group("Ann", "Bo", owner=ann) for _ in range(4)]:
            scene.add(1000, "Ann")
        with _noted(world.database) as statements:
            assert history.home(ann).groups
        counts.append(len(statements))
    assert len(set(counts)) == 1


@contextmanager
def _noted(database: Database) -> Iterator[list[Statement]]:
    statements: list[Statement] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        statements.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    yield statements
    event.remove(database.engine, "before_cursor_execute", note)


def _plan(database: Database, statement: Statement) -> str:
    """Ask the database how it would find what a statement asks for."""
    words, parameters = statement
    with database.engine.connect() as connection:
        if database.is_sqlite:
            return _said(connection, f"EXPLAIN QUERY PLAN {words}", parameters)
        # where a table is small all of it is read sooner than an index: what matters is that there is one
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        return _said(connection, f"EXPLAIN {words}", parameters)


def _said(connection: Connection, words: str, parameters: Any) -> str:
    return "\n".join(str(row[-1]) for row in connection.exec_driver_sql(words, parameters or None))


def _reads_all(plan: str) -> bool:
    """Say whether a plan goes through a whole table that grows, be it in the order of an index."""
    tables = "|".join(GROWING)
    scan = rf"(Seq Scan|Index (Only )?Scan( Backward)? using \w+) on ({tables})\b"
    bitmap = rf"Bitmap Index Scan on (ix|pk|uq)_({tables})_"
    return bool(re.search(rf"\bSCAN ({tables})\b|({scan}|{bitmap})(?!.*\n\s+Index Cond)", plan))


def _fill(world: World, scene: Scene, size: int) -> ExpenseId:
    """Store many expenses at once, as the services would have stored them one by one; gives the last."""
    me, *_ = people = list(scene.members.values())
    now = datetime.now(UTC)
    expense = {
        "group_id": scene.id, "kind": "expense", "title": "Dinner", "title_key": "dinner", "amount": 900,
        "currency": "EUR", "category": "restaurant", "note": "", "mode": "equal",
        "created_by": me, "created_at": now, "changed_by": me, "changed_at": now,
    }  # fmt: skip
    rows = [
        {**expense, "day": date(2026, 1, 1) + timedelta(days=n % 300), "submit_key": f"k{n}"}
        | ({} if n % 10 == 0 else {"title": f"Lunch {n}", "title_key": f"lunch {n}"})
        for n in range(size)
    ]
    with world.database.writing() as session:
        ids = session.scalars(insert(ExpenseRow).returning(ExpenseRow.id), rows).all()
        part = {"group_id": scene.id, "amount": 900 // len(people), "typed": "1", "rounding": 0}
        session.execute(
            insert(PayerRow),
            [{"expense_id": n, "member_id": me, "group_id": scene.id, "amount": 900} for n in ids],
        )
        session.execute(
            insert(SplitRow), [{"expense_id": n, "member_id": who, **part} for n in ids for who in people]
        )
        session.execute(
            insert(EventRow),
            [
                {"group_id": scene.id, "member_id": me, "at": now, "verb": "added", "expense_id": n}
                for n in ids
            ],
        )
        session.execute(
            insert(BalanceRow),
            [
                {
                    "member_id": who,
                    "currency": "EUR",
                    "group_id": scene.id,
                    "balance": size * (900 * (who == me) - part["amount"]),  # type: ignore[operator]
                    "absorbed": 0,
                }
                for who in people
            ],
        )
    return ids[-1]
