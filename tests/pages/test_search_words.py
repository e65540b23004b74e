"""What is typed to look for expenses is understood as the person's language writes it."""

from decimal import Decimal

import pytest

from mycount.services.views import Word
from pages.search_words import words

ENGLISH, GERMAN, FRENCH = (".", ","), (",", "."), (",", "\u202f")


@pytest.mark.parametrize(
    ("separators", "typed", "low", "high"),
    [
        (ENGLISH, "12.50", "12.50", "12.51"),
        (ENGLISH, "12", "12", "13"),
        (ENGLISH, "12.", "12", "13"),
        (ENGLISH, "€12.5", "12.5", "12.6"),
        (ENGLISH, "1,234", "1234", "1235"),
        (ENGLISH, "12,50", "12.50", "12.51"),
        (GERMAN, "12,50", "12.50", "12.51"),
        (GERMAN, "12,50 €", "12.50", "12.51"),
        (GERMAN, "1.234,5", "1234.5", "1234.6"),
        (FRENCH, "1 234,50", "1234.50", "1234.51"),
        (ENGLISH, "١٢٫٥", "12.5", "12.6"),
        (ENGLISH, "１２", "12", "13"),
    ],
)
def test_an_amount_is_one_word_as_the_language_writes_it(
    separators: tuple[str, str], typed: str, low: str, high: str
) -> None:
    (word,) = words(typed, *separators)
    assert word.amount == (Decimal(low), Decimal(high))


@pytest.mark.parametrize("typed", ["bus 12", "12 50", "-5", "12+3", "(", "…", "1.2.3", "9" * 250])
def test_what_is_no_single_amount_is_taken_as_words(typed: str) -> None:
    assert [word.text for word in words(typed, *ENGLISH)] == typed.split()


def test_a_word_means_the_categories_that_are_called_like_it() -> None:
    (word,) = words("CAFE", *ENGLISH)
    assert word == Word("CAFE", frozenset({"cafe"}))
    assert words("groc", *ENGLISH)[0].categories == {"groceries"}
    assert words("\u0301", *ENGLISH)[0].categories == frozenset()
    assert words("   ", *ENGLISH) == ()
