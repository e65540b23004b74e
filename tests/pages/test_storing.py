"""What a form shows is what is stored, on real databases; and what is sent again is not stored again."""

import asyncio
import random
from dataclasses import replace
from datetime import date

import pytest

from mycount.domain.errors import Conflict
from mycount.domain.ledger import Kind
from mycount.domain.split import Mode
from mycount.services import expenses
from mycount.services.views import ExpenseView
from pages.form_state import FormState
from pages.storing import store
from pages.typed_numbers import Notation
from tests.world import Scene, World, assert_sound

TODAY = date(2026, 3, 14)
ENGLISH = Notation(".", ",")


def begun(scene: Scene, amount: str, title: str = "Dinner") -> FormState:
    form = FormState.fresh(scene.see(), ENGLISH, TODAY)
    form.amount, form.title = amount, title
    return form


def stored(scene: Scene, form: FormState, *, again: bool = False) -> ExpenseView:
    return asyncio.run(store(scene.owner, form, again=again))


def test_the_parts_shown_are_the_parts_stored(world: World) -> None:
    scene = world.group("Ann", "Bo", "Cy")
    chance = random.Random(7)
    for round_ in range(24):
        form = begun(scene, f"{chance.randint(1, 99)}.{chance.randint(0, 99):02}")
        form.choose_kind(chance.choice([Kind.EXPENSE, Kind.EXPENSE, Kind.INCOME]))
        form.mode = chance.choice([Mode.EQUAL, Mode.SHARES, Mode.ADJUST])
        if form.mode is Mode.ADJUST:
            form.split_typed.texts[scene.members["Bo"]] = "0.05"
        if round_ % 3 == 0:
            form.tick(scene.members["Cy"], False)
        shown = form.parts()
        assert dict(stored(scene, form).parts) == shown
    assert_sound()


def test_the_parts_shown_in_an_edit_are_the_parts_stored(world: World) -> None:
    scene = world.group("Ann", "Bo", "Cy")
    seen = [stored(scene, begun(scene, "10")) for _ in range(4)][1]
    for amount, kind in (("10.01", Kind.EXPENSE), ("10.01", Kind.INCOME), ("0.02", Kind.EXPENSE)):
        form = FormState.editing(scene.see(), ENGLISH, seen)
        form.amount = amount
        form.choose_kind(kind)
        shown = form.parts()
        seen = stored(scene, form)
        assert dict(seen.parts) == shown
    assert_sound()


def test_what_is_sent_twice_is_stored_once(world: World) -> None:
    scene = world.group("Ann", "Bo")
    form = begun(scene, "10")
    first, second = stored(scene, form), stored(scene, form, again=True)
    assert first == second
    assert len(expenses.listed(scene.owner, scene.id).lines) == 1


def test_what_was_changed_before_it_was_sent_again_is_stored_too(world: World) -> None:
    scene = world.group("Ann", "Bo")
    form = begun(scene, "10")
    stored(scene, form)  # and nobody hears of it
    form.amount, form.title = "12", "Supper"
    seen = stored(scene, form, again=True)
    assert (seen.draft.amount, seen.draft.title) == (1200, "Supper")
    assert len(expenses.listed(scene.owner, scene.id).lines) == 1
    assert_sound()


def test_two_windows_with_the_same_key_store_two_expenses_if_they_differ(world: World) -> None:
    scene = world.group("Ann", "Bo")
    one, other = begun(scene, "10"), begun(scene, "12")
    other.submit_key = one.submit_key
    assert {stored(scene, form).draft.amount for form in (one, other)} == {1000, 1200}
    assert len(expenses.listed(scene.owner, scene.id).lines) == 2


def test_what_is_corrected_again_and_again_without_an_answer_ends_as_it_was_typed_last(world: World) -> None:
    scene = world.group("Ann", "Bo")
    form = begun(scene, "10")
    for again, amount in enumerate(("10", "11", "12")):
        form.amount = amount
        assert stored(scene, form, again=bool(again)).draft.amount == int(amount) * 100
    assert len(expenses.listed(scene.owner, scene.id).lines) == 1


def test_what_somebody_else_changed_or_deleted_since_is_not_stored_over(world: World) -> None:
    scene = world.group("Ann", "Bo")
    bo = world.join(scene, "Bo")
    form = begun(scene, "10")
    seen = stored(scene, form)
    expenses.edit(bo, scene.id, seen.id, seen.version, replace(seen.draft, title="Supper"))
    with pytest.raises(Conflict):
        stored(scene, form, again=True)
    assert form.was is not None
    assert scene.expense(seen.id).draft.title == "Supper"
    gone = begun(scene, "20")
    expenses.delete(bo, scene.id, stored(scene, gone).id)
    with pytest.raises(Conflict):
        stored(scene, gone, again=True)
    assert gone.was is not None
    assert gone.was.is_deleted


def test_a_payment_that_somebody_else_recorded_just_now_is_stored_by_the_second_press(world: World) -> None:
    scene = world.group("Ann", "Bo")
    bo = world.join(scene, "Bo")
    expenses.add(bo, scene.id, scene.payment(500, "Ann", "Bo"))
    form = begun(scene, "5")
    form.choose_kind(Kind.PAYMENT)
    with pytest.raises(Conflict, match="just now"):
        stored(scene, form)
    assert stored(scene, form).draft.amount == 500
    assert len(expenses.listed(scene.owner, scene.id).lines) == 2


def test_an_edit_of_what_somebody_else_has_changed_is_not_stored(world: World) -> None:
    scene = world.group("Ann", "Bo")
    seen = stored(scene, begun(scene, "10"))
    mine, theirs = (FormState.editing(scene.see(), ENGLISH, seen) for _ in range(2))
    theirs.title = "Supper"
    stored(scene, theirs)
    mine.amount = "20"
    with pytest.raises(Conflict):
        stored(scene, mine)
    assert scene.expense(seen.id).draft.amount == 1000
