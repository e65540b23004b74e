"""The currencies, and what the rest of the program may rely on about them."""

import pytest
from babel import Locale

from mycount.domain.currency import COMMON, CURRENCIES, exponent
from mycount.domain.errors import Invalid


def test_every_code_is_one_of_iso_4217_with_a_name_to_show() -> None:
    names = Locale("en").currencies
    assert all(len(code) == 3 and code.isascii() and code.isupper() for code in CURRENCIES)
    assert set(CURRENCIES) - set(names) <= {"XAD"}  # newer than the names of CLDR


def test_decimals_are_those_of_iso_4217_not_those_that_people_usually_show() -> None:
    assert [exponent(code) for code in ("EUR", "JPY", "KWD", "IQD", "HUF", "ISK", "CLF")] == [
        2,
        0,
        3,
        3,
        2,
        0,
        4,
    ]


def test_what_is_offered_first_exists_and_is_offered_once() -> None:
    assert set(COMMON) <= set(CURRENCIES)
    assert len(set(COMMON)) == len(COMMON)


@pytest.mark.parametrize("code", ["", "eur", "XXX", "XAU", "BTC", "EURO"])
def test_what_is_no_currency_is_refused(code: str) -> None:
    with pytest.raises(Invalid):
        exponent(code)


def test_the_table_cannot_be_changed_by_accident() -> None:
    with pytest.raises(TypeError):
        CURRENCIES["EUR"] = 3  # type: ignore[index]
