"""What is written over the columns of months: their sums, as short as the language can."""

from collections.abc import Sequence
from typing import Final

from mycount.domain.currency import exponent
from mycount.domain.money import to_decimal
from pages.figures import Figures

_LETTERS: Final = 46  # that stand beside each other on a phone, small as they are


def over_columns(figures: Figures, values: Sequence[int], currency: str) -> list[str]:
    """Write each sum (minor units): "€1.3K", or "1.3K" where not all have room for the currency; nothing for none.

    The currency is said above the chart too.
    """
    whole = [round(to_decimal(value, exponent(currency))) for value in values]
    named = [
        figures.compact(units, currency) if value else "" for units, value in zip(whole, values, strict=True)
    ]
    if max(map(len, named), default=0) * len(named) <= _LETTERS:
        return named
    return [
        figures.compact_number(units) if value else "" for units, value in zip(whole, values, strict=True)
    ]
