"""The digits of whoever is looking, and the walls between text of two directions."""

import unicodedata
from functools import lru_cache
from typing import Final

from babel import Locale

from pages.language import direction

ASCII: Final = "0123456789"
_DIGITS: Final = {"arab": "٠١٢٣٤٥٦٧٨٩"}  # CLDR knows others, but for none of the languages we speak
_FIRST_STRONG, _END = "\u2068", "\u2069"  # the text between them has a direction of its own


@lru_cache(maxsize=1000)
def digits(locale: Locale) -> str:
    """Give the ten digits that are used in a region: Egypt and Morocco write Arabic with different ones."""
    return _DIGITS.get(locale.default_numbering_system, ASCII)


def in_digits(text: str, locale: Locale) -> str:
    """Write what has ASCII digits in those of a region."""
    table = _table(locale)
    return text if table is None else text.translate(table)


def isolated(text: str, code: str) -> str:
    """Wall off what is filled into a sentence of a language, where the two could be written in different directions.

    Without it a name in Latin letters takes the sign behind it along, and two of them change places.
    """
    is_other = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)
    if direction(code) == "rtl" or is_other:
        return f"{_FIRST_STRONG}{text}{_END}"
    return text


@lru_cache(maxsize=1000)
def _table(locale: Locale) -> dict[int, int] | None:
    own = digits(locale)
    return None if own == ASCII else str.maketrans(ASCII, own)
