"""What the words say that somebody types to look for expenses: in their language, and in their way with numbers."""

from decimal import Decimal

from mycount.domain.category import CATEGORIES
from mycount.domain.errors import Invalid
from mycount.domain.notation import Number, read
from mycount.domain.text import folded
from mycount.services.views import Word
from pages.expense_words import category_name


def words(typed: str, decimal: str, group: str) -> tuple[Word, ...]:
    """Take apart what is typed; `decimal` and `group` are the separators of the person's language.

    An amount stays whole, also if it is written with blanks ("1 234,50").
    """
    whole = _amount(typed, decimal, group)
    if whole is not None:
        return (_word(typed.strip(), whole),)
    return tuple(_word(word, _amount(word, decimal, group)) for word in typed.split())


def _word(text: str, amount: tuple[Decimal, Decimal] | None) -> Word:
    looked_for = folded(text)
    named = (category.key for category in CATEGORIES if looked_for in folded(category_name(category.key)))
    return Word(text, frozenset(named) if looked_for else frozenset(), amount)


def _amount(text: str, decimal: str, group: str) -> tuple[Decimal, Decimal] | None:
    """Give which amounts begin as typed: 12 is all from 12 to below 13."""
    try:
        tokens = read(text, decimal=decimal, group=group)
    except Invalid:
        return None
    if len(tokens) != 1 or not isinstance(tokens[0], Number):
        return None
    return tokens[0].value, tokens[0].value + Decimal(1).scaleb(-tokens[0].decimals)
