"""A group is handed out whole, in stretches that fit together whatever happens between them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import event

from mycount.db.session import Database
from mycount.domain.errors import NotFound
from mycount.domain.ids import ExpenseId
from mycount.domain.ledger import Kind
from mycount.domain.split import Mode
from mycount.services import expenses, export, groups, members
from mycount.services.views import ExportedPart
from tests.bench.filling import filled
from tests.world import World


def test_all_that_is_stored_of_an_expense_is_given(world: World) -> None:
    scene = world.group("Ann", "Bo", "Cy")
    ann, bo = scene.members["Ann"], scene.members["Bo"]
    expense = scene.add(
        1001,
        {"Ann": 1000, "Bo": 1},
        {"Ann": 1, "Bo": 2},
        mode=Mode.SHARES,
        title="Dinner",
        note="late\nand loud",
        day=date(2026, 3, 1),
        category="restaurant",
        kind=Kind.INCOME,
    )

    outline = export.begin(scene.owner, scene.id)
    stretch = export.read(scene.owner, scene.id, outline.order)

    assert (outline.name, outline.currency) == ("Lisbon 2026", "EUR")
    assert [member.name for member in outline.members] == ["Ann", "Bo", "Cy"]
    assert list(outline.order) == [expense]
    assert stretch.version == outline.version
    (one,) = stretch.expenses
    seen = scene.expense(expense)
    assert (one.id, one.version, one.amount, one.day, one.note) == (
        expense,
        1,
        1001,
        date(2026, 3, 1),
        seen.draft.note,
    )
    assert (one.kind, one.mode, one.payers) == (Kind.INCOME, seen.draft.mode, {ann: 1000, bo: 1})
    assert {who: part.amount for who, part in one.parts.items()} == seen.parts
    assert {who: part.typed for who, part in one.parts.items()} == {ann: "1", bo: "2"}
    assert one.parts[ann] == ExportedPart(334, "1", 333_333)
    assert (one.created_by, one.created_at, one.changed_at) == (ann, seen.created_at, seen.changed_at)


def test_the_oldest_day_comes_first_and_what_is_deleted_not_at_all(world: World) -> None:
    scene = world.group("Ann", "Bo")
    late, early, gone, same = (scene.add(100, "Ann", day=date(2026, 1, day)) for day in (20, 10, 5, 20))
    expenses.delete(scene.owner, scene.id, gone)

    assert list(export.begin(scene.owner, scene.id).order) == [early, late, same]


def test_an_expense_that_moves_to_another_day_between_two_stretches_comes_once(world: World) -> None:
    scene = world.group("Ann", "Bo")
    first, second, third = (scene.add(100, "Ann", day=date(2026, 1, day)) for day in (1, 2, 3))
    outline = export.begin(scene.owner, scene.id)

    begun = export.read(scene.owner, scene.id, outline.order[:1])
    for expense, day in ((first, date(2026, 2, 1)), (third, date(2025, 1, 1))):
        expenses.edit(scene.owner, scene.id, expense, 1, scene.draft(100, "Ann", day=day))
    rest = export.read(scene.owner, scene.id, outline.order[1:])

    assert [one.id for one in (*begun.expenses, *rest.expenses)] == [first, second, third]
    assert begun.version == outline.version != rest.version


def test_what_is_deleted_or_added_between_two_stretches_is_left_out_and_the_version_tells(
    world: World,
) -> None:
    scene = world.group("Ann", "Bo")
    stays, goes = (scene.add(100, "Ann", day=date(2026, 1, day)) for day in (1, 2))
    outline = export.begin(scene.owner, scene.id)
    expenses.delete(scene.owner, scene.id, goes)
    scene.add(100, "Ann", day=date(2026, 1, 3))

    stretch = export.read(scene.owner, scene.id, outline.order)

    assert [one.id for one in stretch.expenses] == [stays]
    assert stretch.version != outline.version


def test_expenses_of_other_groups_are_not_given(world: World) -> None:
    scene, other = world.group("Ann", "Bo"), world.group("Cy", "Di")
    foreign = other.add(100, "Cy")

    assert export.read(scene.owner, scene.id, [foreign, ExpenseId(10**9)]).expenses == ()


def test_who_is_removed_in_the_middle_gets_no_more(world: World) -> None:
    scene = world.group("Ann", "Bo")
    scene.add(100, "Ann", ["Ann"])
    bo = world.join(scene, "Bo")
    outline = export.begin(bo, scene.id)
    members.remove(scene.owner, scene.id, scene.members["Bo"])

    with pytest.raises(NotFound):
        export.read(bo, scene.id, outline.order)


def test_who_has_gone_is_still_among_the_members_and_an_archived_group_can_be_had(world: World) -> None:
    scene = world.group("Ann", "Bo")
    members.remove(scene.owner, scene.id, scene.members["Bo"])
    groups.archive(scene.owner, scene.id)

    outline = export.begin(scene.owner, scene.id)

    assert [(member.name, member.is_active) for member in outline.members] == [("Ann", True), ("Bo", False)]
    assert outline.is_archived


def test_a_stretch_asks_the_database_the_same_number_of_times_in_any_group(world: World) -> None:
    counts = set()
    for size in (10, 2_500):
        scene = filled(world, size)
        with _noted(world.database) as begun:
            outline = export.begin(scene.owner, scene.id)
        assert len(outline.order) == size
        for first in range(0, size, export.STRETCH):
            with _noted(world.database) as read:
                export.read(scene.owner, scene.id, outline.order[first : first + export.STRETCH])
            counts.add((len(begun), len(read)))
    assert len(counts) == 1


@contextmanager
def _noted(database: Database) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield statements
    event.remove(database.engine, "before_cursor_execute", note)
