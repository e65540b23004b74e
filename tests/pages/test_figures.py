"""Figures are written as people of a region write them, and whatever is written can be typed."""

from decimal import Decimal

import pytest
from babel import Locale
from babel.localedata import locale_identifiers
from hypothesis import given, settings
from hypothesis import strategies as st

from mycount.domain.currency import COMMON, CURRENCIES, exponent
from mycount.domain.errors import Invalid
from mycount.domain.language import LANGUAGES
from mycount.domain.money import MAX_AMOUNT, NUMBER_DECIMALS, parse_amount
from pages.digits import digits
from pages.figures import Figures
from pages.typed_numbers import Notation

# every region of every language we speak; a second script is never chosen
REGIONS = [
    locale
    for locale in map(Locale.parse, sorted(locale_identifiers()))
    if locale.language in LANGUAGES and not locale.script and not locale.variant
]
regions = st.sampled_from(REGIONS)
amounts = st.integers(-MAX_AMOUNT, MAX_AMOUNT)


def figures(code: str) -> Figures:
    return Figures(Locale.parse(code))


def notation(locale: Locale) -> Notation:
    return Notation(*Figures(locale).separators(), digits(locale))


@pytest.mark.parametrize(
    ("code", "amount", "currency", "written"),
    [
        ("en_GB", 123456, "EUR", "€1,234.56"),
        ("en_GB", -123456, "EUR", "−€1,234.56"),
        ("en_GB", 123456, "CHF", "CHF\u00a01,234.56"),
        ("en_PT", 123456, "EUR", "1\u00a0234,56\u00a0€"),
        ("de", 123456, "EUR", "1.234,56\u00a0€"),
        ("de_CH", 123456, "CHF", "CHF\u00a01’234.56"),
        ("fr", 1234567, "EUR", "12\u202f345,67\u00a0€"),
        ("es_MX", 123456, "MXN", "$1,234.56"),
        ("pt", 123456, "BRL", "R$\u00a01.234,56"),
        ("pt_PT", 1234567, "EUR", "12\u00a0345,67\u00a0€"),
        ("nl", 123456, "EUR", "€\u00a01.234,56"),
        ("pl", 1234567, "PLN", "12\u00a0345,67\u00a0zł"),
        ("ja", 1234, "JPY", "￥1,234"),
        ("ar", -123456, "EUR", "\u200f\u200e−1,234.56\u00a0€"),
        ("ar_EG", 123456, "EUR", "\u200f١٬٢٣٤٫٥٦\u00a0€"),
        ("ar_EG", -1234567, "KWD", "\u200f\u061c−١٬٢٣٤٫٥٦٧\u00a0د.ك.\u200f"),
        ("ar_EG", 123456, "USD", "\u200f١٬٢٣٤٫٥٦\u00a0\u200fUS$\u200e"),
        ("ar_MA", -123456, "GBP", "\u200f\u200e−1.234,56\u00a0\u200fUK£\u200e"),
        ("ar_MA", 123456, "MAD", "\u200f1.234,56\u00a0د.م.\u200f"),
    ],
)
def test_money_is_written_as_in_its_region(code: str, amount: int, currency: str, written: str) -> None:
    assert figures(code).money(amount, currency) == written


def test_the_sign_of_a_currency_is_put_where_a_region_puts_it() -> None:
    behind = {code for code in LANGUAGES if figures(code).currency_comes_after}
    assert behind == {"de", "fr", "es", "it", "pl", "ar"}
    assert not figures("es_MX").currency_comes_after
    assert figures("pt_PT").currency_comes_after


def test_a_currency_in_letters_and_a_sign_keeps_its_order_from_right_to_left() -> None:
    assert figures("ar_EG").currency_symbol("USD") == "\u200fUS$\u200e"
    assert figures("ar_EG").currency_symbol("EUR") == "€"
    assert figures("pt").currency_symbol("USD") == "US$"


def test_a_percentage_and_a_number_are_written_as_in_their_region() -> None:
    assert figures("en").percent(Decimal("12.5")) == "12.5%"
    assert figures("de").percent(Decimal("12.5")) == "12,5\u00a0%"
    assert figures("fr").percent(Decimal("33.333333")) == "33,333333\u00a0%"
    assert figures("ar_EG").percent(Decimal(60)) == "٦٠٪\u061c"
    assert figures("ar_EG").number(1234) == "١٬٢٣٤"


@given(regions, st.sampled_from(COMMON), amounts)
@settings(max_examples=500, deadline=None)
def test_money_that_is_shown_can_be_typed_again(locale: Locale, currency: str, amount: int) -> None:
    decimal, group = Figures(locale).separators()
    understood = parse_amount(
        Figures(locale).money(amount, currency),
        exponent=exponent(currency),
        decimal=decimal,
        group=group,
        signed=True,
        allow_zero=True,
    )
    assert understood == amount


@given(regions, st.sampled_from(sorted(CURRENCIES)), amounts)
@settings(max_examples=500, deadline=None)
def test_an_amount_in_a_field_stays_what_it_is_and_is_in_the_digits_around_it(
    locale: Locale, currency: str, amount: int
) -> None:
    own = notation(locale)
    text = own.write_amount(amount, currency)
    assert own.amount(text, currency, signed=True, allow_zero=True) == amount
    assert set(text) <= {*digits(locale), own.decimal, "-"}


@given(
    regions,
    st.decimals(0, 10**6, allow_nan=False, places=NUMBER_DECIMALS) | st.integers(0, 10**9).map(Decimal),
)
@settings(max_examples=300, deadline=None)
def test_a_share_or_percentage_in_a_field_stays_what_it_is(locale: Locale, number: Decimal) -> None:
    own = notation(locale)
    text = own.write_number(number)
    assert own.number(text) == number
    assert own.number(f"{text}٪") == number
    assert own.is_plain(text)


@pytest.mark.parametrize("code", ["ar", "ar_EG", "ar_MA", "en", "de", "fr", "ja", "pl"])
@pytest.mark.parametrize(
    "typed", ["12.5", "12,5", "١٢٫٥", "۱۲٫۵", "１２．５", "١٢،٥", "12٫5", "١٢٫٥٠", "١٠+٢٫٥", " ١٢٫٥ "]
)
def test_digits_and_separators_of_any_script_are_understood_everywhere(code: str, typed: str) -> None:
    own = notation(Locale.parse(code))
    assert own.amount(typed, "EUR") == 1250


@pytest.mark.parametrize("typed", ["١٬٢٣٤٫٥٦", "۱٬۲۳۴٫۵۶", "1٬234٫56", "١ ٢٣٤٫٥٦"])
def test_thousands_as_they_are_grouped_in_arabic_and_persian(typed: str) -> None:
    assert notation(Locale.parse("ar_EG")).amount(typed, "EUR") == 123456


def test_what_could_be_thousands_or_decimals_is_asked_about() -> None:
    with pytest.raises(Invalid):
        notation(Locale.parse("ar_EG")).amount("١.٢٣٤", "KWD")
