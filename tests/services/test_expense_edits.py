"""Editing, deleting and restoring: to the cent, never over somebody else's change, and undone without a trace."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from mycount.domain.errors import Conflict
from mycount.domain.ledger import Kind
from mycount.domain.split import Mode
from mycount.services import expenses, history, members
from tests.world import Scene, World, assert_sound

CHANGED = "Somebody else changed this expense meanwhile."
DELETED = "Somebody deleted this expense meanwhile. Restore it to edit it."

EVERY_WAY = (
    (Mode.EQUAL, {"Ann": 1, "Bo": 1, "Cy": 1}),
    (Mode.SHARES, {"Ann": "0.30", "Bo": 1, "Cy": 7}),
    (Mode.PERCENT, {"Ann": "33.30", "Bo": "33.30", "Cy": "33.40"}),
    (Mode.AMOUNTS, {"Ann": 1, "Bo": 999, "Cy": 0}),
    (Mode.ADJUST, {"Ann": 100, "Bo": 0, "Cy": -50}),
)


def test_an_edit_moves_the_balances_by_the_difference(world: World) -> None:
    scene = world.group("Ann", "Bo", "Cy")
    expense_id = scene.add(900, "Ann")
    scene.add(300, "Bo")
    expenses.edit(scene.owner, scene.id, expense_id, 1, scene.draft(1000, "Cy", ["Ann", "Cy"]))
    assert scene.balances() == {"Ann": -600, "Bo": 200, "Cy": 400}
    view = scene.expense(expense_id)
    assert (view.version, view.draft.amount) == (2, 1000)
    assert_sound()


def test_an_edit_may_change_everything_kind_and_currency_too(world: World) -> None:
    scene = world.group("Ann", "Bo", "Cy")
    expense_id = scene.add(1000, "Ann")
    changed = scene.draft(
        500, "Bo", {"Ann": 100}, mode=Mode.PERCENT, kind=Kind.INCOME, currency="JPY", title="Refund",
        note="at last", category="travel", day=date(2026, 5, 1),
    )  # fmt: skip
    expenses.edit(scene.owner, scene.id, expense_id, 1, changed)
    assert not any(scene.balances("EUR").values())
    assert scene.balances("JPY") == {"Ann": 500, "Bo": -500}
    key = scene.expense(expense_id).draft.submit_key
    assert scene.expense(expense_id).draft == replace(changed, submit_key=key)
    assert_sound()


@pytest.mark.parametrize("kind", [Kind.EXPENSE, Kind.INCOME])
@pytest.mark.parametrize(("mode", "typed"), EVERY_WAY)
def test_opening_and_saving_an_expense_unchanged_changes_nothing_to_the_byte(
    world: World, mode: Mode, typed: dict[str, int | str | Decimal], kind: Kind
) -> None:
    scene = world.group("Ann", "Bo", "Cy")
    expense_id = scene.add(1000, "Ann", typed, mode=mode, kind=kind, note="two\nlines")
    scene.add(1000, "Bo")  # whoever is next in turn for a cent has changed since
    members.remove(scene.owner, scene.id, scene.members["Cy"])
    view = scene.expense(expense_id)
    before = world.snapshot()
    with world.heard() as told:
        expenses.edit(scene.owner, scene.id, expense_id, view.version, view.draft)
        as_typed = replace(view.draft, typed=scene.draft(1000, "Ann", typed).typed, submit_key="another")
        expenses.edit(scene.owner, scene.id, expense_id, view.version, as_typed)
    assert (world.snapshot(), told) == (before, [])


def test_a_payment_saved_unchanged_changes_nothing_to_the_byte(world: World) -> None:
    scene = world.group("Ann", "Bo")
    payment = scene.pay(500, "Bo", "Ann")
    view, before = scene.expense(payment), world.snapshot()
    expenses.edit(scene.owner, scene.id, payment, view.version, view.draft)
    assert world.snapshot() == before


@pytest.mark.parametrize(("mode", "typed"), EVERY_WAY)
def test_an_edit_of_the_words_leaves_every_part_as_it_was_to_the_cent(
    world: World, mode: Mode, typed: dict[str, int | str | Decimal]
) -> None:
    scene = world.group("Ann", "Bo", "Cy")
    before_it = scene.add(1000, "Ann", typed, mode=mode)
    expense_id = scene.add(1000, "Ann", typed, mode=mode)
    expenses.delete(scene.owner, scene.id, before_it)  # somebody else is next in turn for a cent now
    view, balances = scene.expense(expense_id), scene.balances()
    changed = replace(view.draft, title="Supper", day=date(2026, 5, 1), note="late", category="restaurant")
    expenses.edit(scene.owner, scene.id, expense_id, view.version, changed)
    assert scene.expense(expense_id).parts == view.parts
    assert scene.balances() == balances


def test_an_edit_of_who_paid_leaves_the_parts_as_they_were(world: World) -> None:
    scene = world.group("Ann", "Bo", "Cy")
    expense_id = scene.add(1000, "Ann")
    scene.add(1000, "Bo")
    view = scene.expense(expense_id)
    paid_by_two = replace(view.draft, payers={scene.members["Bo"]: 400, scene.members["Cy"]: 600})
    expenses.edit(scene.owner, scene.id, expense_id, view.version, paid_by_two)
    assert scene.expense(expense_id).parts == view.parts
    assert_sound()


@pytest.mark.parametrize("kind", [Kind.EXPENSE, Kind.INCOME])
@pytest.mark.parametrize("changed_kind", [Kind.EXPENSE, Kind.INCOME])
def test_an_edit_gives_what_typing_it_so_at_first_would_have_given(
    world: World, kind: Kind, changed_kind: Kind
) -> None:
    edited, typed = world.group("Ann", "Bo", "Cy"), world.group("Ann", "Bo", "Cy")
    for scene in (edited, typed):
        scene.add(1000, "Bo")
    expense_id = edited.add(1000, "Ann", kind=kind)
    changed = edited.draft(1003, "Ann", kind=changed_kind)
    expenses.edit(edited.owner, edited.id, expense_id, 1, changed)
    assert edited.parts(expense_id) == typed.parts(typed.add(1003, "Ann", kind=changed_kind))
    assert edited.balances() == typed.balances()


def test_going_back_to_what_it_was_gives_the_balances_that_were(world: World) -> None:
    scene = world.group("Ann", "Bo", "Cy")
    scene.add(1000, "Bo")
    expense_id = scene.add(1000, "Ann")
    view, money = scene.expense(expense_id), scene.see().money
    for amount in (1001, 1002, 1000):
        changed = replace(view.draft, amount=amount, payers={scene.members["Ann"]: amount})
        expenses.edit(scene.owner, scene.id, expense_id, scene.expense(expense_id).version, changed)
    assert scene.see().money == money


def test_whoever_comes_second_is_told_and_overwrites_nothing(world: World) -> None:
    scene = world.group("Ann", "Bo")
    bo = world.join(scene, "Bo")
    expense_id = scene.add(1000, "Ann")
    opened = scene.expense(expense_id)
    expenses.edit(bo, scene.id, expense_id, opened.version, replace(opened.draft, title="Supper"))
    for second in (opened.draft, replace(opened.draft, title="Lunch")):
        with world.refused(Conflict, CHANGED):
            expenses.edit(scene.owner, scene.id, expense_id, opened.version, second)
    now = scene.expense(expense_id)
    assert (now.draft.title, now.changed_by) == ("Supper", scene.members["Bo"])
    expenses.edit(scene.owner, scene.id, expense_id, now.version, replace(now.draft, title="Lunch"))


def test_whoever_edits_what_was_deleted_is_told(world: World) -> None:
    scene = world.group("Ann", "Bo")
    expense_id = scene.add(1000, "Ann")
    opened = scene.expense(expense_id)
    expenses.delete(scene.owner, scene.id, expense_id)
    with world.refused(Conflict, DELETED):
        expenses.edit(scene.owner, scene.id, expense_id, opened.version, opened.draft)
    expenses.restore(scene.owner, scene.id, expense_id)
    with world.refused(Conflict, CHANGED):
        expenses.edit(scene.owner, scene.id, expense_id, opened.version, opened.draft)


@pytest.mark.parametrize("kind", [Kind.EXPENSE, Kind.INCOME])
def test_deleting_takes_an_expense_out_and_restoring_brings_it_back_to_the_cent(
    world: World, kind: Kind
) -> None:
    scene = world.group("Ann", "Bo", "Cy")
    scene.add(1000, "Cy")
    before_it = _amounts(scene)
    expense_id = scene.add(1000, {"Ann": 700, "Bo": 300}, kind=kind)
    with_it, parts = scene.see().money, scene.parts(expense_id)
    expenses.delete(scene.owner, scene.id, expense_id)
    assert _amounts(scene) == before_it
    assert [line.id for line in expenses.deleted(scene.owner, scene.id).lines] == [expense_id]
    assert expense_id not in [line.id for line in expenses.listed(scene.owner, scene.id).lines]
    assert scene.expense(expense_id).is_deleted
    expenses.restore(scene.owner, scene.id, expense_id)
    assert scene.see().money == with_it
    assert scene.parts(expense_id) == parts
    assert expenses.deleted(scene.owner, scene.id).lines == ()
    assert_sound()


def test_deleting_or_restoring_twice_is_once(world: World) -> None:
    scene = world.group("Ann", "Bo")
    expense_id = scene.add(1000, "Ann")
    for act in (expenses.delete, expenses.restore):
        act(scene.owner, scene.id, expense_id)
        before = world.snapshot()
        with world.heard() as told:
            act(scene.owner, scene.id, expense_id)
        assert (world.snapshot(), told) == (before, [])


def test_a_deleted_expense_says_who_deleted_it(world: World) -> None:
    scene = world.group("Ann", "Bo")
    bo = world.join(scene, "Bo")
    expense_id, payment = scene.add(1000, "Ann"), scene.pay(500, "Bo", "Ann")
    for deleted in (expense_id, payment):
        expenses.delete(bo, scene.id, deleted)
    lines = expenses.deleted(scene.owner, scene.id).lines
    assert {line.deleted_by for line in lines} == {scene.members["Bo"]}
    events = [(event.verb, event.subject) for event in history.of_group(scene.owner, scene.id)[:2]]
    assert events == [("deleted", "Bo → Ann"), ("deleted", "Dinner")]


def test_a_removed_member_stays_in_an_expense_when_it_is_edited(world: World) -> None:
    scene = world.group("Ann", "Bo")
    expense_id = scene.add(1000, "Bo")
    members.remove(scene.owner, scene.id, scene.members["Bo"])
    draft = replace(scene.expense(expense_id).draft, amount=2000, payers={scene.members["Bo"]: 2000})
    expenses.edit(scene.owner, scene.id, expense_id, 1, draft)
    assert scene.balances() == {"Ann": -1000, "Bo": 1000}


def _amounts(scene: Scene) -> dict[str, int]:
    return {name: balance for name, balance in scene.balances().items() if balance}
