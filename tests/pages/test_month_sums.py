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


def test_nothing_is_written_over_a_month_without_expenses() -> None:
    assert over_columns(Figures(Locale("en")), [158700, 0], "EUR") == ["€1.6K", ""]
