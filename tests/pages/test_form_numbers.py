"""What the form makes of numbers as several languages write them, in all ways of splitting."""

from decimal import Decimal

import pytest

from mycount.domain.errors import Invalid
from mycount.domain.ledger import Kind
from mycount.domain.split import Mode
from pages.typed_numbers import Notation
from tests.pages.forms import ANN, BO, CY, ENGLISH, GERMAN, begun


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
