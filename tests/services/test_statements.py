"""What a screen or a change costs does not grow with the history: the same statements for 10 and 1,000 expenses."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import event, insert

from mycount.db.session import Database
from mycount.db.tables import BalanceRow, EventRow, ExpenseRow, PayerRow, SplitRow
from mycount.domain.ids import ExpenseId
from mycount.services import balances, expenses, groups, history, insights
from mycount.services.views import Filter, Word
from tests.world import Scene, World, assert_sound

FEW, MANY = 10, 1_000


ACTS: dict[str, Callable[[Scene, ExpenseId], object]] = {
    "groups.see": lambda scene, _: groups.see(scene.owner, scene.id),
    "expenses.listed": lambda scene, _: expenses.listed(scene.owner, scene.id),
    "expenses.listed, filtered": lambda scene, _: expenses.listed(
        scene.owner, scene.id, wanted=Filter((Word("din"), Word("bo")), person=scene.members["Bo"])
    ),
    "expenses.alike": lambda scene, _: expenses.alike(
        scene.owner, scene.id, amount=900, currency="EUR", day=date(2026, 1, 5)
    ),
    "expenses.suggest": lambda scene, _: expenses.suggest(scene.owner, scene.id, "Dinner"),
    "balances.why": lambda scene, _: balances.why(scene.owner, scene.id, scene.members["Bo"], "EUR"),
    "insights.see": lambda scene, _: insights.see(scene.owner, scene.id),
    "history.home": lambda scene, _: history.home(scene.owner),
    "history.of_group": lambda scene, _: history.of_group(scene.owner, scene.id),
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
            with _counted(world.database) as statements:
                act(scene, latest)
            counts[name, size] = len(statements)
    assert {name: counts[name, FEW] for name in ACTS} == {name: counts[name, MANY] for name in ACTS}
    assert min(counts.values()) > 1
    assert_sound()


def test_the_number_of_statements_of_my_groups_does_not_grow_with_the_groups(world: World) -> None:
    ann = world.user("Ann")
    counts = []
    for _ in range(3):
        for scene in [world.group("Ann", "Bo", owner=ann) for _ in range(4)]:
            scene.add(1000, "Ann")
        with _counted(world.database) as statements:
            assert history.home(ann).groups
        counts.append(len(statements))
    assert len(set(counts)) == 1


@contextmanager
def _counted(database: Database) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield statements
    event.remove(database.engine, "before_cursor_execute", note)


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
