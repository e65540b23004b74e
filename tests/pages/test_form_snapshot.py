"""What is kept of a form that was not sent, and what comes back of it."""

import json
from datetime import date
from decimal import Decimal

import pytest

from mycount.domain.ledger import Kind
from mycount.domain.split import Mode
from mycount.services.views import (
    Draft,
    Suggestion,
)
from pages.form_snapshot import is_worth_keeping, restore, snapshot
from pages.form_state import FormState
from tests.pages.forms import ANN, BO, CY, ENGLISH, GERMAN, TODAY, begun, group, stored


def test_a_kept_form_comes_back_as_it_was() -> None:
    form = begun(GERMAN)
    form.amount, form.note, form.category, form.mode = "12,50+", "x\ny", "drinks", Mode.PERCENT
    form.split_typed.texts[BO] = "33,"
    form.tick(CY, False)
    form.pay_together()
    form.payers_typed.texts[CY] = "3"
    form.chosen, form.tried = {"split", "day"}, True
    kept = json.loads(json.dumps(snapshot(form)))
    back = FormState.fresh(group(), GERMAN, date(2026, 3, 20))
    assert restore(back, kept)
    assert snapshot(back) == snapshot(form)
    assert back.submit_key == form.submit_key


def test_people_who_left_meanwhile_do_not_come_back() -> None:
    form = begun()
    kept = json.loads(json.dumps(snapshot(form)))
    back = FormState.fresh(group(cy_left=True), ENGLISH, TODAY)
    assert restore(back, kept)
    assert back.people == {ANN, BO}


def test_a_draft_that_was_never_sent_comes_back_as_an_expense_of_its_own() -> None:
    form = begun()
    back = FormState.fresh(group(), ENGLISH, TODAY)
    assert restore(back, snapshot(form))
    assert back.submit_key != form.submit_key
    form.tried = True
    assert restore(back, snapshot(form))
    assert (back.submit_key, back.tried) == (form.submit_key, True)


def test_who_joined_meanwhile_takes_part_in_a_kept_form_if_everybody_did() -> None:
    form = FormState.fresh(group(cy_left=True), ENGLISH, TODAY)
    form.title = "Dinner"
    back = FormState.fresh(group(), ENGLISH, TODAY)
    assert restore(back, json.loads(json.dumps(snapshot(form))))
    assert back.people == {ANN, BO, CY}
    form.tick(BO, False)
    assert restore(back, json.loads(json.dumps(snapshot(form))))
    assert back.people == {ANN}


def test_the_day_of_a_kept_form_is_today_unless_it_was_chosen() -> None:
    form = begun()
    back = FormState.fresh(group(), ENGLISH, date(2026, 3, 20))
    assert restore(back, snapshot(form))
    assert back.day == date(2026, 3, 20)
    form.chosen.add("day")
    assert restore(back, snapshot(form))
    assert back.day == TODAY


def test_only_what_a_person_has_typed_or_chosen_is_worth_keeping() -> None:
    form = FormState.fresh(group(), ENGLISH, TODAY)
    begun_with = snapshot(form)

    def worth() -> bool:
        return is_worth_keeping(json.loads(json.dumps(snapshot(form))), begun_with)

    form.title = "Taxi"
    assert worth()
    form.take(Suggestion("taxi", BO, Mode.SHARES, {ANN: Decimal(2), BO: Decimal(1)}))
    form.title = " "
    assert not worth()
    form.mode = Mode.SHARES
    form.split_typed  # noqa: B018 - it is shown, and so one share is filled in for everybody
    form.mode = Mode.EQUAL
    assert not worth()
    restore(form, begun_with, to_the_day=True)
    assert not worth()
    form.chosen.add("split")
    form.tick(CY, False)
    assert worth()
    form.tick(CY, True)
    assert not worth()
    form.note = "late"
    assert worth()


@pytest.mark.parametrize(
    "kept",
    [None, 3, [], {}, {"amount": 5}],
)
def test_what_is_no_kept_form_is_not_taken(kept: object) -> None:
    form = begun()
    before = snapshot(form)
    assert not restore(form, kept)
    assert snapshot(form) == before


def test_nonsense_in_a_kept_form_is_left_out() -> None:
    form = begun()
    kept = {
        "amount": "5", "title": 7, "kind": "loan", "mode": [], "currency": "XXX", "day": "soon",
        "payers": [1], "people": {"1": 2}, "texts": {"amounts": 3, "nope": {}}, "chosen": [["a"], "split"],
        "payee": "x", "submit_key": None,
    }  # fmt: skip
    assert restore(form, kept)
    assert (form.amount, form.title, form.kind, form.mode) == ("5", "", Kind.EXPENSE, Mode.EQUAL)
    assert (form.currency, form.day, form.payer, form.people) == ("EUR", TODAY, ANN, set())
    assert form.chosen == {"split"}


def test_an_edit_that_was_begun_on_an_earlier_version_still_knows_it() -> None:
    draft = Draft("Dinner", 1000, "EUR", {ANN: 1000}, {ANN: Decimal(1), BO: Decimal(1)})
    earlier = FormState.editing(group(), ENGLISH, stored(draft, {ANN: 500, BO: 500}, version=3))
    kept = json.loads(json.dumps(snapshot(earlier)))
    now = FormState.editing(group(), ENGLISH, stored(draft, {ANN: 500, BO: 500}, version=5))
    assert restore(now, kept)
    assert now.version == 3
