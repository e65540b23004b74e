"""What the form makes of what is chosen: the usual case, payers, payments, suggestions, and forms of what is stored."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from mycount.domain.ids import MemberId
from mycount.domain.ledger import Kind
from mycount.domain.split import Mode
from mycount.services.views import (
    Draft,
    Suggestion,
    Usual,
)
from pages.form_state import FormState
from pages.typed_numbers import Notation
from tests.pages.forms import ANN, BO, CY, ENGLISH, GERMAN, TODAY, begun, group, member, stored


def test_amount_and_title_are_enough() -> None:
    form = begun()
    form.amount = "30"
    draft = form.draft()
    assert (draft.amount, draft.currency, draft.day, draft.kind) == (3000, "EUR", TODAY, Kind.EXPENSE)
    assert draft.payers == {ANN: 3000}
    assert draft.typed == {ANN: Decimal(1), BO: Decimal(1), CY: Decimal(1)}
    assert form.parts() == {ANN: 1000, BO: 1000, CY: 1000}


def test_it_begins_with_what_was_chosen_last() -> None:
    form = begun(usual=Usual(payer=BO, people=(ANN, BO), currency="JPY"))
    assert (form.payer, form.people, form.currency) == (BO, {ANN, BO}, "JPY")


def test_who_left_is_no_usual_choice_any_more() -> None:
    form = begun(usual=Usual(payer=CY, people=(BO, CY), currency="EUR"), cy_left=True)
    assert (form.payer, form.people) == (ANN, {BO})


def test_who_only_looks_takes_part_in_a_new_expense_only_when_ticked() -> None:
    seen = group()
    viewer = replace(member(CY, "Cy"), role="viewer")
    form = FormState.fresh(replace(seen, members=(*seen.members[:2], viewer)), ENGLISH, TODAY)
    assert form.people == {ANN, BO}
    assert CY in form.candidates
    form.tick(CY, True)
    form.amount, form.title = "9", "Dinner"
    assert form.draft().typed.keys() == {ANN, BO, CY}


# ---- Payers


def test_several_payers_say_by_how_much_they_are_off() -> None:
    form = begun(GERMAN)
    form.amount = "100"
    form.pay_together()
    form.payers_typed.texts[BO] = "40"
    assert form.payers_typed.off(10000) == 6000
    assert set(form.problems()) == {"payers"}
    form.payers_typed.give_rest(10000, CY)
    assert form.draft().payers == {BO: 4000, CY: 6000}


def test_going_back_to_one_payer_lets_them_pay_all() -> None:
    form = begun()
    form.amount = "100"
    form.pay_together()
    form.payers_typed.texts[BO] = "40"
    form.pay_alone(BO)
    assert form.draft().payers == {BO: 10000}


# ---- Payments


def test_a_payment_needs_no_title_and_goes_from_one_to_one_other() -> None:
    form = begun()
    form.amount = "50"
    form.choose_kind(Kind.PAYMENT)
    assert form.payee == BO
    draft = form.draft()
    assert (draft.payers, draft.typed) == ({ANN: 5000}, {BO: Decimal(5000)})
    assert (draft.kind, draft.mode, draft.category, draft.title) == (
        Kind.PAYMENT,
        Mode.AMOUNTS,
        "payment",
        "",
    )
    form.payee = ANN
    assert set(form.problems()) == {"payers"}


def test_a_payment_made_into_an_expense_begins_with_the_usual_people() -> None:
    form = begun()
    form.amount = "50"
    form.choose_kind(Kind.PAYMENT)
    form.choose_kind(Kind.EXPENSE)
    draft = form.draft()
    assert draft.category != "payment"
    assert set(draft.typed) == {ANN, BO, CY}


def test_trying_the_other_kinds_loses_nothing() -> None:
    form = begun()
    form.amount, form.category, form.chosen = "50", "drinks", {"category"}
    form.tick(CY, False)
    form.choose_kind(Kind.PAYMENT)
    form.choose_kind(Kind.INCOME)
    draft = form.draft()
    assert (draft.kind, draft.category, set(draft.typed)) == (Kind.INCOME, "drinks", {ANN, BO})


def test_who_left_can_still_be_paid_back() -> None:
    form = begun(cy_left=True)
    assert CY not in form.candidates
    form.choose_kind(Kind.PAYMENT)
    assert CY in form.candidates


# ---- Suggestions


def test_a_suggestion_brings_category_payer_people_and_split() -> None:
    form = begun()
    form.amount = "30"
    form.take(Suggestion("drinks", BO, Mode.SHARES, {ANN: Decimal(2), BO: Decimal(1)}))
    assert (form.category, form.payer, form.mode) == ("drinks", BO, Mode.SHARES)
    assert form.parts() == {ANN: 2000, BO: 1000}


def test_a_suggestion_leaves_alone_what_the_person_chose() -> None:
    form = begun()
    form.chosen = {"category", "payers", "split"}
    form.category = "pets"
    form.pay_alone(CY)
    form.tick(BO, False)
    form.take(Suggestion("drinks", BO, Mode.SHARES, {ANN: Decimal(2), BO: Decimal(1)}))
    assert (form.category, form.payer, form.people, form.mode) == ("pets", CY, {ANN, CY}, Mode.EQUAL)


def test_a_title_that_suggests_nothing_brings_the_usual_back() -> None:
    form = begun()
    form.take(Suggestion("drinks", BO, Mode.SHARES, {ANN: Decimal(2), BO: Decimal(1)}))
    form.take(Suggestion(None))
    assert (form.category, form.payer, form.people, form.mode) == ("other", ANN, {ANN, BO, CY}, Mode.EQUAL)


def test_a_category_guessed_by_another_title_is_left_to_the_service() -> None:
    form = begun()
    form.amount = "30"
    assert form.draft().category == ""
    form.take(Suggestion("restaurant"))
    assert form.draft().category == "restaurant"
    form.title = "Dinner table"
    assert form.draft().category == ""
    form.category, form.chosen = "other", {"category"}
    assert form.draft().category == "other"


# ---- Editing, duplicating, adding another


@pytest.mark.parametrize("notation", [ENGLISH, GERMAN])
@pytest.mark.parametrize(
    ("mode", "typed", "parts"),
    [
        (Mode.EQUAL, {ANN: "0", BO: "0", CY: "0"}, {ANN: 334, BO: 333, CY: 333}),
        (Mode.SHARES, {ANN: "1.50", BO: "3"}, {ANN: 333, BO: 667}),
        (Mode.PERCENT, {ANN: "33.3", CY: "66.7"}, {ANN: 333, CY: 667}),
        (Mode.AMOUNTS, {BO: "999", CY: "1"}, {BO: 999, CY: 1}),
        (Mode.ADJUST, {ANN: "-100", BO: "0", CY: "0"}, {ANN: 266, BO: 367, CY: 367}),
    ],
)
def test_saved_unchanged_nothing_changes(
    notation: Notation, mode: Mode, typed: dict[MemberId, str], parts: dict[MemberId, int]
) -> None:
    draft = Draft(
        title="Dinner",
        amount=1000,
        currency="EUR",
        payers={ANN: 600, BO: 400},
        typed={who: Decimal(number) for who, number in typed.items()},
        mode=mode,
        category="restaurant",
        day=date(2026, 3, 1),
        note="With the\nview",
        submit_key="k",
    )
    form = FormState.editing(group(absorbed={ANN: 10**7}), notation, stored(draft, parts))
    form.submit_key = "k"
    assert form.draft() == draft
    assert form.parts() == parts  # as stored, although the cents would fall otherwise today


def test_a_changed_expense_is_previewed_without_its_own_earlier_rounding() -> None:
    draft = Draft("Dinner", 1000, "EUR", {ANN: 1000}, {ANN: Decimal(1), BO: Decimal(1), CY: Decimal(1)})
    absorbed = {ANN: 666_667, BO: -333_333, CY: -333_333}  # nothing but this expense so far
    form = FormState.editing(group(absorbed=absorbed), ENGLISH, stored(draft, {ANN: 334, BO: 333, CY: 333}))
    form.amount = "10.03"
    assert form.parts() == {ANN: 335, BO: 334, CY: 334}


def test_who_left_stays_in_an_expense_they_were_in() -> None:
    draft = Draft("Dinner", 1000, "EUR", {CY: 1000}, {BO: Decimal(1), CY: Decimal(1)})
    form = FormState.editing(group(cy_left=True), ENGLISH, stored(draft, {BO: 500, CY: 500}))
    assert form.candidates == (ANN, BO, CY)
    assert form.draft().payers == {CY: 1000}


def test_a_duplicate_is_new_of_today_and_without_who_left() -> None:
    draft = Draft(
        "Dinner",
        1000,
        "EUR",
        {CY: 1000},
        {BO: Decimal(1), CY: Decimal(1)},
        day=date(2026, 1, 1),
        submit_key="k",
    )
    form = FormState.again(group(cy_left=True), ENGLISH, stored(draft, {BO: 500, CY: 500}), TODAY)
    again = form.draft()
    assert (again.title, again.amount, again.day, again.payers) == ("Dinner", 1000, TODAY, {ANN: 1000})
    assert set(again.typed) == {BO}
    assert again.submit_key not in ("", "k")
    assert form.was is None


def test_adding_another_keeps_day_payer_and_people() -> None:
    form = begun()
    form.amount, form.note, form.day = "30", "Late", date(2026, 3, 13)
    form.pay_alone(BO)
    form.tick(CY, False)
    form.chosen = {"payers", "split"}
    key = form.submit_key
    form.another()
    assert (form.amount, form.title, form.note, form.category) == ("", "", "", "other")
    assert (form.day, form.payer, form.people) == (date(2026, 3, 13), BO, {ANN, BO})
    assert form.submit_key != key


def test_adding_another_forgets_the_amounts_of_one_bill() -> None:
    form = begun()
    form.amount, form.mode = "30", Mode.AMOUNTS
    form.split_typed.texts[BO] = "30"
    form.another()
    assert form.mode is Mode.EQUAL
    form.mode = Mode.AMOUNTS
    assert not any(form.split_typed.texts.values())
