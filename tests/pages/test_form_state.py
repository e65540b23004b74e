"""What the form makes of what is typed, in several languages; it needs no screen."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from mycount.domain.errors import Invalid
from mycount.domain.ids import ExpenseId, GroupId, MemberId
from mycount.domain.ledger import Kind
from mycount.domain.settle import Plan
from mycount.domain.split import Mode
from mycount.services.views import (
    CurrencyBalances,
    Draft,
    ExpenseView,
    GroupView,
    MemberView,
    Suggestion,
    Usual,
)
from pages.form_snapshot import is_worth_keeping, restore, snapshot
from pages.form_state import FormState
from pages.typed_numbers import Notation

ANN, BO, CY = MemberId(1), MemberId(2), MemberId(3)
TODAY = date(2026, 3, 14)
ENGLISH = Notation(".", ",")
GERMAN = Notation(",", ".")


def member(id_: MemberId, name: str, *, is_active: bool = True) -> MemberView:
    return MemberView(id_, name, "member", "name", is_me=id_ == ANN, is_active=is_active)


def group(
    *, usual: Usual | None = None, absorbed: dict[MemberId, int] | None = None, cy_left: bool = False
) -> GroupView:
    me = member(ANN, "Ann")
    money = CurrencyBalances("EUR", {}, absorbed or {}, Plan((), True))
    return GroupView(
        id=GroupId(1),
        name="Lisbon 2026",
        icon="sailing",
        currency="EUR",
        version=1,
        is_archived=False,
        me=me,
        members=(me, member(BO, "Bo"), member(CY, "Cy", is_active=not cy_left)),
        money=(money,),
        usual=usual or Usual(None, None, "EUR"),
    )


def begun(notation: Notation = ENGLISH, **about: object) -> FormState:
    form = FormState.fresh(group(**about), notation, TODAY)  # type: ignore[arg-type]
    form.title = "Dinner"
    return form


def stored(draft: Draft, parts: dict[MemberId, int], version: int = 3) -> ExpenseView:
    from datetime import UTC, datetime

    at = datetime(2026, 3, 1, tzinfo=UTC)
    return ExpenseView(ExpenseId(7), version, draft, parts, ANN, at, ANN, at, False)


# ---- The usual case


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


# ---- Numbers as the language writes them


def test_who_only_looks_takes_part_in_a_new_expense_only_when_ticked() -> None:
    seen = group()
    viewer = replace(member(CY, "Cy"), role="viewer")
    form = FormState.fresh(replace(seen, members=(*seen.members[:2], viewer)), ENGLISH, TODAY)
    assert form.people == {ANN, BO}
    assert CY in form.candidates
    form.tick(CY, True)
    form.amount, form.title = "9", "Dinner"
    assert form.draft().typed.keys() == {ANN, BO, CY}


@pytest.mark.parametrize(
    ("notation", "text", "amount"),
    [
        (ENGLISH, "12.50+3*4.20", 2510),
        (ENGLISH, "1,234.56", 123456),
        (GERMAN, "12,50+3*4,20", 2510),
        (GERMAN, "1.234,56", 123456),
        (GERMAN, "184,50 €", 18450),
        (GERMAN, "12.5", 1250),
        (Notation("٫", "٬"), "١٢٫٥", 1250),
        (Notation(",", "\u202f"), "1\u202f234,5", 123450),
    ],
)
def test_an_amount_is_read_as_the_person_writes_it(notation: Notation, text: str, amount: int) -> None:
    form = begun(notation)
    form.amount = text
    assert form.understood() == amount


@pytest.mark.parametrize("text", ["", "12+", "zwölf", "0", "1/0", "1.234"])
def test_what_is_no_amount_is_said_beside_the_amount(text: str) -> None:
    form = begun(GERMAN)
    form.amount = text
    if text == "1.234":
        assert form.understood() == 123400  # a dot groups thousands in German
        return
    assert form.understood() is None
    assert form.parts() == {}
    assert set(form.problems()) == {"amount"}


def test_only_a_calculation_or_an_unusual_text_needs_telling_what_it_means() -> None:
    assert GERMAN.is_plain("12,5")
    assert not GERMAN.is_plain("12.5")
    assert not ENGLISH.is_plain("1+1")
    assert not ENGLISH.is_plain("")


@pytest.mark.parametrize("notation", [ENGLISH, GERMAN, Notation("٫", "٬")])
@pytest.mark.parametrize("currency", ["EUR", "JPY", "KWD"])
def test_what_is_written_into_a_field_is_read_as_the_same(notation: Notation, currency: str) -> None:
    for amount in (1, 10, 999, 1000, 1234567, 10**14):
        assert notation.amount(notation.write_amount(amount, currency), currency) == amount
    for number in ("0", "1", "33.3", "1000", "0.000001"):
        assert notation.number(notation.write_number(Decimal(number))) == Decimal(number)


# ---- Ways of splitting


def test_shares_begin_with_one_for_everybody_and_none_leaves_somebody_out() -> None:
    form = begun(GERMAN)
    form.amount, form.mode = "30", Mode.SHARES
    assert form.parts() == {ANN: 1000, BO: 1000, CY: 1000}
    form.split_typed.texts[BO] = "1,5"
    form.split_typed.texts[CY] = ""
    assert form.parts() == {ANN: 1200, BO: 1800}
    assert form.draft().typed == {ANN: Decimal(1), BO: Decimal("1.5")}


def test_percents_show_their_parts_before_they_make_a_hundred() -> None:
    form = begun(GERMAN)
    form.amount, form.mode = "200", Mode.PERCENT
    form.split_typed.texts.update({ANN: "33,5", BO: "62,5 %"})
    assert form.parts() == {ANN: 6700, BO: 12500}
    assert form.split_typed.off(20000) == Decimal(4)
    assert form.problems()["split"].field == "split"
    form.split_typed.give_rest(20000, CY)
    assert form.split_typed.texts[CY] == "4"
    assert form.draft().typed == {ANN: Decimal("33.5"), BO: Decimal("62.5"), CY: Decimal(4)}


def test_percents_above_a_hundred_say_by_how_much() -> None:
    form = begun()
    form.amount, form.mode = "200", Mode.PERCENT
    form.split_typed.texts.update({ANN: "60", BO: "60"})
    assert form.split_typed.off(20000) == Decimal(-20)
    assert form.split_typed.takers(20000) == (ANN, BO)
    form.split_typed.give_rest(20000, BO)
    assert form.parts() == {ANN: 12000, BO: 8000}


def test_amounts_may_be_calculated_and_say_by_how_much_they_are_off() -> None:
    form = begun(GERMAN)
    form.amount, form.mode = "30", Mode.AMOUNTS
    form.split_typed.texts.update({ANN: "2*3,40", BO: "20"})
    assert form.split_typed.off(3000) == 320
    assert form.parts() == {ANN: 680, BO: 2000}
    form.split_typed.texts[BO] = "24,20"
    assert form.split_typed.off(3000) == -100
    form.split_typed.give_rest(3000, BO)
    assert form.split_typed.texts[BO] == "23,20"
    assert form.draft().typed == {ANN: Decimal(680), BO: Decimal(2320)}


def test_the_rest_is_offered_only_to_those_who_can_take_it() -> None:
    form = begun()
    form.amount, form.mode = "10", Mode.AMOUNTS
    form.split_typed.texts.update({ANN: "9", BO: "3"})
    assert form.split_typed.takers(1000) == (ANN, BO)
    form.people.discard(ANN)
    assert form.split_typed.takers(1000) == (BO, CY)  # seven are missing now: both can have them


def test_adjustments_are_above_and_below_an_equal_part() -> None:
    form = begun(GERMAN)
    form.amount, form.mode = "30", Mode.ADJUST
    form.split_typed.texts.update({ANN: "+5", BO: "-2"})
    assert form.parts() == {ANN: 1400, BO: 700, CY: 900}
    form.split_typed.texts[ANN] = "+40"
    assert form.parts() == {}
    assert form.split_typed.off(3000) < 0


def test_a_number_that_is_none_is_said_with_the_person_it_is_of() -> None:
    form = begun()
    form.amount, form.mode = "30", Mode.AMOUNTS
    form.split_typed.texts[BO] = "lots"
    problem = form.problems()["split"]
    assert problem.values["member"] == BO
    assert form.parts() == {}


def test_trying_another_way_of_splitting_loses_nothing() -> None:
    form = begun()
    form.amount, form.mode = "30", Mode.AMOUNTS
    form.split_typed.texts[BO] = "12"
    form.mode = Mode.EQUAL
    assert form.parts() == {ANN: 1000, BO: 1000, CY: 1000}
    form.mode = Mode.AMOUNTS
    assert form.split_typed.texts[BO] == "12"


def test_nobody_is_not_enough() -> None:
    form = begun()
    form.amount = "30"
    form.people.clear()
    assert set(form.problems()) == {"split"}
    with pytest.raises(Invalid):
        form.draft()


def test_the_cent_that_is_left_over_goes_to_who_has_had_least_of_rounding() -> None:
    form = begun(absorbed={ANN: 900_000, BO: 0, CY: 400_000})
    form.amount = "10"
    assert form.parts() == {ANN: 333, BO: 334, CY: 333}
    form.choose_kind(Kind.INCOME)  # getting the cent is a gain there
    assert form.parts() == {ANN: 334, BO: 333, CY: 333}


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


# ---- Keeping


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
