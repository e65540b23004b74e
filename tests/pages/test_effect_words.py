"""After saving, one line says what the expense does for me, and says nothing that is not so."""

import pytest

from mycount.domain.ledger import Kind
from mycount.services import expenses
from mycount.services.views import Draft, GroupView
from pages.effect_words import effect_words
from tests.world import Scene, World


@pytest.fixture
def scene(world: World) -> Scene:
    return world.group("Ann", "Bo", "Cy", "Di")


def said(scene: Scene, draft: Draft, before: GroupView | None = None) -> str:
    """Say what storing this expense does, as Ann reads it."""
    before = before or scene.see()
    expense_id = expenses.add(scene.owner, scene.id, draft)
    return effect_words(before, scene.expense(expense_id), is_new=True)


def test_one_who_owes_me_is_named_and_so_is_one_whom_i_owe(scene: Scene) -> None:
    assert said(scene, scene.draft(1200, "Ann", ["Ann", "Cy"])) == "Saved. Cy now owes you €6.00"
    assert said(scene, scene.draft(1200, "Ann", ["Ann", "Cy"])) == "Saved. Cy now owes you €6.00 more"
    assert said(scene, scene.draft(900, "Ann", ["Di"])) == "Saved. Di now owes you €9.00"


def test_whom_i_owe_is_named(scene: Scene) -> None:
    assert said(scene, scene.draft(1000, "Bo", ["Ann", "Bo"])) == "Saved. You now owe Bo €5.00"
    assert said(scene, scene.draft(3000, "Bo", ["Ann", "Cy", "Di"])) == "Saved. You now owe Bo €10.00 more"


def test_where_it_was_the_other_way_round_before_only_this_expense_is_spoken_of(scene: Scene) -> None:
    scene.add(10000, "Bo", ["Ann"])
    assert said(scene, scene.draft(1200, "Ann", ["Ann", "Bo"])) == "Saved. You get €6.00 from Bo"
    scene.add(50000, "Ann", ["Bo"])
    assert said(scene, scene.draft(1200, "Bo", ["Ann", "Bo"])) == "Saved. You owe Bo €6.00 for this"


def test_several_are_named_or_counted(scene: Scene) -> None:
    assert said(scene, scene.draft(1200, "Ann", ["Ann", "Bo", "Cy"])) == "Saved. You get €8.00 from Bo and Cy"
    assert said(scene, scene.draft(1200, "Ann")) == "Saved. You get €9.00 from 3 people"


def test_where_several_paid_nobody_is_named(scene: Scene) -> None:
    paid = {"Ann": 1000, "Bo": 1000}
    assert said(scene, scene.draft(2000, paid)) == "Saved. You get €5.00"
    assert said(scene, scene.draft(2000, {"Cy": 1000, "Bo": 1000})) == "Saved. You owe €5.00"


def test_an_income_goes_the_other_way(scene: Scene) -> None:
    income = scene.draft(1200, "Ann", ["Ann", "Cy"], kind=Kind.INCOME)
    assert said(scene, income) == "Saved. You now owe Cy €6.00"


def test_what_is_none_of_my_business_changes_nothing_for_me(scene: Scene) -> None:
    assert said(scene, scene.draft(1200, "Bo", ["Cy"])) == "Saved. Nothing changes for you"


def test_an_edit_and_another_currency_do_not_speak_of_before(scene: Scene) -> None:
    scene.add(1200, "Ann", ["Ann", "Cy"])
    assert said(scene, scene.draft(12, "Ann", ["Ann", "Cy"], currency="JPY")) == "Saved. Cy now owes you ¥6"
    edited = scene.add(800, "Ann", ["Ann", "Cy"])
    words = effect_words(scene.see(), scene.expense(edited), is_new=False)
    assert words == "Saved. You get €4.00 from Cy"


def test_a_payment_says_who_paid_whom(scene: Scene) -> None:
    assert said(scene, scene.payment(500, "Cy", "Ann")).startswith("Saved. Cy")
