"""What is written over the columns of months stands beside each other on a phone."""

import pytest
from babel import Locale

from pages.figures import Figures
from pages.month_sums import over_columns


@pytest.mark.parametrize(
    ("region", "written"),
    [("en_GB", "€1.6K"), ("de_DE", "1587 €"), ("pl_PL", "1,6 tys."), ("ar_EG", "١٫٦ ألف")],
)
def test_the_currency_is_written_where_there_is_room(region: str, written: str) -> None:
    found = over_columns(Figures(Locale.parse(region)), [158700] * 6, "EUR")
    assert {one.replace("\xa0", " ") for one in found} == {written}


@pytest.mark.parametrize(
    ("region", "months", "written"),
    [
        ("en_GB", 6, "−€1.6K"),
        ("de_DE", 6, "−1587 €"),
        ("pl_PL", 6, "−1,6 tys."),
        ("ar_EG", 6, "\u061c−١٫٦ ألف"),
        ("en_GB", 2, "−€1.6K"),
        ("de_DE", 2, "−1587 €"),
    ],
)
def test_a_month_with_more_income_has_the_sign_of_all_our_amounts_and_is_as_exact(
    region: str, months: int, written: str
) -> None:
    found = over_columns(Figures(Locale.parse(region)), [-158700] * months, "EUR")
    assert {one.replace("\xa0", " ") for one in found} == {written}


def test_nothing_is_written_over_a_month_without_expenses() -> None:
    assert over_columns(Figures(Locale("en")), [158700, 0], "EUR") == ["€1.6K", ""]
