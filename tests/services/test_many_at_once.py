"""Many people writing and reading at the same moment: nothing is lost or doubled, and the books stay even."""

import threading
from collections.abc import Callable
from dataclasses import replace

from mycount.domain.errors import Conflict
from mycount.domain.ids import ExpenseId
from mycount.services import expenses, history
from tests.at_once import at_once, rounds
from tests.world import World, assert_sound

ADDERS, ADDS = 20, 10


def test_200_expenses_added_at_once_are_all_there_and_the_books_are_even(world: World) -> None:
    names = ("Ann", "Bo", "Cy", "Di", "Em", "Fay", "Gus", "Hal")
    scene = world.group(*names)
    for name in names[1:]:
        world.join(scene, name)
    actors = list(scene.users.values())

    def adder(number: int) -> Callable[[int], object]:
        actor, payer = actors[number % len(actors)], names[number % len(names)]
        drafts = [scene.draft(1000 + number * ADDS + turn, payer) for turn in range(ADDS)]
        return lambda turn: expenses.add(actor, scene.id, drafts[turn])

    outcomes = [added for turn in rounds(ADDS, [adder(n) for n in range(ADDERS)]) for added in turn]

    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    stored = expenses.listed(scene.owner, scene.id, limit=1000).lines
    assert {line.id for line in stored} == set(outcomes)
    assert sorted(line.amount for line in stored) == list(range(1000, 1000 + ADDERS * ADDS))
    assert sum(scene.balances().values()) == 0
    assert len(history.of_group(scene.owner, scene.id, limit=1000)) == ADDERS * ADDS + len(names)
    assert_sound()


def test_whoever_reads_while_others_write_always_sees_balances_that_sum_to_zero(world: World) -> None:
    scene = world.group("Ann", "Bo", "Cy")
    done = threading.Event()
    drafts = [scene.draft(1000 + n, "Ann", currency=("EUR", "JPY")[n % 2]) for n in range(60)]

    def write(part: int) -> None:
        added: list[ExpenseId] = []
        for draft in drafts[part::2]:
            added.append(expenses.add(scene.owner, scene.id, draft))
            if len(added) % 3 == 0:
                expenses.delete(scene.owner, scene.id, added[-2])

    def read() -> int:
        reads = 0
        while not done.is_set() or reads == 0:
            assert [sum(money.balances.values()) for money in scene.see().money if money] in ([], [0], [0, 0])
            scene.balance("Bo")
            history.home(scene.owner)
            reads += 1
        return reads

    def write_all() -> None:
        outcomes = at_once([lambda: write(0), lambda: write(1)])
        done.set()
        assert outcomes == [None, None]

    *reads, written = at_once([read, read, write_all])
    assert written is None
    assert all(isinstance(count, int) and count > 5 for count in reads), reads
    assert_sound()


def test_edits_deletes_and_restores_at_once_leave_the_books_even(world: World) -> None:
    scene = world.group("Ann", "Bo", "Cy")
    expense_id = scene.add(1000, "Ann")

    def edit(turn: int) -> object:
        view = scene.expense(expense_id)
        changed = replace(view.draft, amount=1000 + turn, payers={scene.members["Bo"]: 1000 + turn})
        return expenses.edit(scene.owner, scene.id, expense_id, view.version, changed)

    works = (
        edit,
        lambda _: expenses.delete(scene.owner, scene.id, expense_id),
        lambda _: expenses.restore(scene.owner, scene.id, expense_id),
    )
    outcomes = [outcome for turn in rounds(20, works) for outcome in turn]
    assert {type(outcome) for outcome in outcomes} <= {type(None), Conflict}
    assert_sound()


def test_the_same_expense_sent_by_many_threads_is_stored_once(world: World) -> None:
    scene = world.group("Ann", "Bo")
    drafts = [scene.draft(1000 + turn, "Ann") for turn in range(5)]
    sender = lambda turn: expenses.add(scene.owner, scene.id, drafts[turn])  # noqa: E731
    outcomes = rounds(len(drafts), [sender] * 12)
    assert [len(set(turn)) for turn in outcomes] == [1] * len(drafts)
    assert len(expenses.listed(scene.owner, scene.id).lines) == len(drafts)
    assert_sound()
