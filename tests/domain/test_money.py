"""What people type as an amount, and what is understood."""

from decimal import Decimal
from fractions import Fraction
from typing import TypedDict

import pytest
from babel import Locale, localedata
from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol
from hypothesis import given, settings
from hypothesis import strategies as st

from mycount.domain.errors import Invalid
from mycount.domain.money import MAX_AMOUNT, parse_amount, parse_number, plain, to_decimal
from tests.at_work import is_soon_done


class Language(TypedDict):
    decimal: str
    group: str


ENGLISH = Language(decimal=".", group=",")
GERMAN = Language(decimal=",", group=".")
FRENCH = Language(decimal=",", group="\u202f")
SWISS = Language(decimal=".", group="’")
ARABIC = Language(decimal="\u066b", group="\u066c")


def separators(locale: Locale, digits: str = "default") -> tuple[str, str]:
    """The separators of a language, as whoever calls gets them from Babel."""
    return (
        get_decimal_symbol(locale, numbering_system=digits),
        get_group_symbol(locale, numbering_system=digits),
    )


LOCALES = [Locale.parse(name) for name in localedata.locale_identifiers() if not name.startswith("tok")]
SEPARATORS = sorted({separators(locale) for locale in LOCALES})
AMOUNTS = st.integers(-MAX_AMOUNT, MAX_AMOUNT)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12", 1200),
        ("12.5", 1250),
        ("12.50", 1250),
        ("12,50", 1250),
        ("12.", 1200),
        (".5", 50),
        (" 12.50 € ", 1250),
        ("EUR 12.50", 1250),
        ("US$12.50", 1250),
        ("12.50 zł", 1250),
        ("kr. 12.50", 1250),
        ("1,234", 123400),
        ("1,234.56", 123456),
        ("1.234,56", 123456),
        ("1.234.567", 123456700),
        ("12,34,567", 123456700),
        ("1 234.50", 123450),
        ("1'234.50", 123450),
        ("0,50", 50),
        ("１２．５０", 1250),
        ("١٢٫٥٠", 1250),
        ("१२.५०", 1250),
    ],
)
def test_an_amount_is_understood_as_an_english_person_means_it(text: str, amount: int) -> None:
    assert parse_amount(text, exponent=2, **ENGLISH) == amount


@pytest.mark.parametrize(
    ("text", "language", "amount"),
    [
        ("12,5", GERMAN, 1250),
        ("12.5", GERMAN, 1250),
        ("1.234", GERMAN, 123400),
        ("1,234.56", GERMAN, 123456),
        ("1\u202f234,56", FRENCH, 123456),
        ("1 234,56", FRENCH, 123456),
        ("12.50", FRENCH, 1250),
        ("1’234.50", SWISS, 123450),
        ("12,50", SWISS, 1250),
        ("١٬٢٣٤٫٥٦", ARABIC, 123456),
        ("12.50", ARABIC, 1250),
        ("\u200f-١٢\u200e", ARABIC, -1200),
    ],
)
def test_and_so_in_other_languages(text: str, language: Language, amount: int) -> None:
    assert parse_amount(text, exponent=2, signed=True, **language) == amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12.50+3*4.20", 2510),
        ("(10+5)/3", 500),
        ("10/3", 333),
        ("20/3", 667),
        ("0.01/2", 1),
        ("10-2-3", 500),
        ("100/2/5", 1000),
        ("3 × 4.20", 1260),
        ("100 ÷ 8", 1250),
        ("10 − 2.5", 750),
        ("2*(3+4)*(1)", 1400),
        ("€12.50 + €3", 1550),
        ("1.005*2", 201),
        ("+5", 500),
    ],
)
def test_a_calculation_is_reckoned_as_at_school_and_rounded_at_the_end(text: str, amount: int) -> None:
    assert parse_amount(text, exponent=2) == amount


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "   ",
            "€",
            "abc",
            "12 apples",
            "NaN",
            "inf",
            "1e400",
            "0x10",
            "½",
            "5²",
            "5 %",
            "__import__('os')",
        ),
        *("1,23,4", "12 50", "1..5", "1,234,", "1.234.56", "1,234.567,8", "1'234 567", "."),
        *("1+", "*2", "(1", "1)", "()", "2(3)", "1 € 2", "1**2", "1//2", "1/0", "1/(2-2)", "5 EUR + 3 USD"),
        *("-5", "-(5)", "5-10", "3*-2", "0", "0.00", "0.001*1", "1-1"),
        *(
            "12.345",
            "1.234",
            "1,2345",
            "1.234+1",
            "(0.001)",
            "9" * 14,
            "9" * 190,
            "1" * 201,
            "(" * 30 + "1" + ")" * 30,
        ),
    ],
)
def test_what_is_no_amount_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        parse_amount(text, exponent=2)
    assert str(refusal.value).endswith(".")


def test_what_could_be_a_thousand_or_a_fraction_is_not_guessed() -> None:
    with pytest.raises(Invalid, match="not clear"):
        parse_amount("1.234", exponent=3, **FRENCH)


def test_it_is_said_how_many_decimals_are_possible() -> None:
    with pytest.raises(Invalid, match="Only 2 decimals"):
        parse_amount("12.345", exponent=2)
    with pytest.raises(Invalid, match="whole numbers"):
        parse_amount("12.5", exponent=0)


def test_a_currency_has_its_own_decimals() -> None:
    assert parse_amount("1250", exponent=0) == 1250
    assert parse_amount("10/4", exponent=0) == 3
    assert parse_amount("12.505", exponent=3) == 12505


def test_adjustments_may_be_negative_or_zero() -> None:
    assert parse_amount("-5", exponent=2, signed=True) == -500
    assert parse_amount("-(3-5)*2", exponent=2, signed=True) == 400
    assert parse_amount("-10/3", exponent=0, signed=True) == -3
    assert parse_amount("0", exponent=2, allow_zero=True) == 0


@given(AMOUNTS, st.integers(0, 4), st.sampled_from(SEPARATORS))
@settings(max_examples=300)
def test_what_is_put_into_a_field_is_understood_as_the_same_amount(
    amount: int, exponent: int, language: tuple[str, str]
) -> None:
    decimal, group = language
    text = plain(amount, exponent, decimal)
    assert (
        parse_amount(text, exponent=exponent, decimal=decimal, group=group, signed=True, allow_zero=True)
        == amount
    )


@given(AMOUNTS, st.sampled_from([0, 2, 3, 4]), st.sampled_from(LOCALES), st.sampled_from(["latn", "default"]))
@settings(max_examples=400, deadline=None)
def test_what_is_shown_in_any_language_can_be_typed_again(
    amount: int, exponent: int, locale: Locale, digits: str
) -> None:
    decimal, group = separators(locale, digits)
    shown = format_decimal(
        to_decimal(amount, exponent), locale=locale, numbering_system=digits, decimal_quantization=False
    )
    assert (
        parse_amount(shown, exponent=exponent, decimal=decimal, group=group, signed=True, allow_zero=True)
        == amount
    )


@given(
    st.recursive(
        st.integers(0, 10**4).map(lambda cents: plain(cents, 2)),
        lambda inner: st.tuples(inner, st.sampled_from("+-*/"), inner).map(
            lambda parts: f"({''.join(parts)})"
        ),
        max_leaves=8,
    )
)
@settings(max_examples=200)
def test_a_calculation_comes_to_what_python_makes_of_it_in_fractions(text: str) -> None:
    try:
        exact = eval(exactly(text), {"Fraction": Fraction}) * 100
        expected = int(abs(exact) + Fraction(1, 2)) * (1 if exact >= 0 else -1)
    except ZeroDivisionError:
        expected = None
    if expected is None or abs(expected) > MAX_AMOUNT:
        with pytest.raises(Invalid):
            parse_amount(text, exponent=2, signed=True, allow_zero=True)
    else:
        assert parse_amount(text, exponent=2, signed=True, allow_zero=True) == expected


def exactly(text: str) -> str:
    """The calculation as Python would have it, with a fraction for each number."""
    numbers = "".join(
        character if character in "0123456789." else f" {character} " for character in text
    ).split()
    return "".join(f'Fraction("{number}")' if number[0].isdigit() else number for number in numbers)


@given(st.text(alphabet="0123456789.,' +-*/()€e٣٫\u00a0", max_size=220) | st.text(max_size=220))
@settings(max_examples=400)
def test_whatever_is_typed_is_an_amount_or_a_refusal(text: str) -> None:
    try:
        amount = parse_amount(text, exponent=2)
    except Invalid as refusal:
        assert str(refusal)
    else:
        assert 0 < amount <= MAX_AMOUNT


@pytest.mark.parametrize(
    "text", ["(" * 200, "1/7" * 66, "9*" * 99 + "9", "1/9/" * 49 + "1", "9" * 200, "1," * 100]
)
def test_nothing_that_is_typed_takes_long(text: str) -> None:
    def refuse() -> None:
        with pytest.raises(Invalid):
            parse_amount(text, exponent=2)

    assert is_soon_done(refuse, seconds=0.1)


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("2", ENGLISH, "2"),
        ("0", ENGLISH, "0"),
        ("33.3333", ENGLISH, "33.3333"),
        ("33,3 %", GERMAN, "33.3"),
        ("٣٣٫٣٪", ARABIC, "33.3"),
        ("%5", ENGLISH, "5"),
        ("1,000", ENGLISH, "1000"),
        ("0,125", ENGLISH, "0.125"),
    ],
)
def test_weights_and_percentages_are_read_exactly(text: str, language: Language, number: str) -> None:
    assert parse_number(text, **language) == Decimal(number)


@pytest.mark.parametrize(
    "text", ["", "%", "-1", "1+1", "(1)", "5 €", "5%%", "1 2", "1e5", "0." + "1" * 13, "9" * 17]
)
def test_what_is_no_plain_number_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        parse_number(text)


@given(AMOUNTS, st.integers(0, 4))
def test_amounts_become_decimals_exactly(amount: int, exponent: int) -> None:
    assert to_decimal(amount, exponent) * 10**exponent == amount
    assert -int(to_decimal(amount, exponent).as_tuple().exponent) == exponent
