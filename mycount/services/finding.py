"""Says in SQL which expenses are wanted: the same ones on every database."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from itertools import groupby
from typing import Final

from sqlalchemy import ColumnElement, and_, exists, literal, or_, select

from mycount.db.tables import ExpenseRow, PayerRow, SplitRow
from mycount.domain import category, text
from mycount.domain.currency import CURRENCIES, exponent
from mycount.domain.ids import ExpenseId, MemberId
from mycount.domain.ledger import Kind
from mycount.domain.money import MAX_AMOUNT
from mycount.services import access, rare
from mycount.services.views import Filter, Word

Conditions = tuple[ColumnElement[bool], ...]
Alternative = tuple[ColumnElement[bool], rare.Way | None]
"""What may be true of an expense, and the index that finds all of which it is true."""
Part = tuple[Alternative, ...]
"""What must be true of an expense: one of these."""

Has = Callable[[type[PayerRow] | type[SplitRow], list[MemberId]], Alternative]
_MOST_WORDS: Final = 12
_DAY: Final = timedelta(days=1)
_USUAL_EXPONENT: Final = 2


def conditions(door: access.Door, wanted: Filter, *, for_a_page: bool) -> Conditions:
    """Give the conditions that an expense of the group meets if it is wanted, and not deleted.

    They are for reading from the latest on until a page is full, or else for going through all. A statement of its
    own looks whether few can meet them. Refuses a currency and a category that there are not.
    """
    if wanted.currency:
        exponent(wanted.currency)  # refuses
    has = _has_each if for_a_page else _has_any
    parts = [*_people(door, wanted, has), *_words(door, wanted.words[:_MOST_WORDS], has)]
    if wanted.category:
        category.check(wanted.category)
        parts.append((_of_group(door, ExpenseRow.category == wanted.category),))
    few = rare.few(door, [[way for _, way in part] for part in parts])
    which = (or_(*(condition for condition, _ in part)) for part in parts)
    return (*_here(door, few), ExpenseRow.deleted_at.is_(None), *_plain(wanted), *which)


def alike(
    door: access.Door, amount: int, currency: str, day: date, kind: Kind, but: ExpenseId | None
) -> Conditions:
    """Give the conditions that an expense meets which may be the same as one that is being typed."""
    exponent(currency)
    first, last = max(day, date.min + _DAY) - _DAY, min(day, date.max - _DAY) + _DAY
    which = (
        ExpenseRow.group_id == door.group_id,
        ExpenseRow.deleted_at.is_(None),
        ExpenseRow.day.between(first, last),
        ExpenseRow.amount == min(amount, MAX_AMOUNT + 1),
        ExpenseRow.currency == currency,
        ExpenseRow.kind == kind,
    )
    return which if but is None else (*which, ExpenseRow.id != but)


def _here(door: access.Door, few: list[ExpenseId] | None) -> Conditions:
    if few is None:
        return (ExpenseRow.group_id == door.group_id,)
    # A sum, so that SQLite does not go through the list of the group for the sake of its order.
    return ExpenseRow.id.in_(few), ExpenseRow.group_id + 0 == door.group_id


def _plain(wanted: Filter) -> Iterator[ColumnElement[bool]]:
    if wanted.since:
        yield ExpenseRow.day >= wanted.since
    if wanted.until:
        yield ExpenseRow.day <= wanted.until
    if wanted.currency:
        yield ExpenseRow.currency == wanted.currency
    if wanted.kind:
        yield ExpenseRow.kind == wanted.kind
    if wanted.spending:
        yield ExpenseRow.kind != Kind.PAYMENT


def _people(door: access.Door, wanted: Filter, has: Has) -> Iterator[Part]:
    me = door.my_id
    for payer in (wanted.payer, me if wanted.paid else None):
        if payer is not None:
            yield (has(PayerRow, [payer]),)
    for person in (wanted.person, me if wanted.mine else None):
        if person is not None:
            yield has(PayerRow, [person]), has(SplitRow, [person])


def _words(door: access.Door, words: Sequence[Word], has: Has) -> Iterator[Part]:
    if not words:
        return
    names = {member: text.folded(person.name) for member, person in door.people.items()}
    for word in words:
        if looked_for := text.folded(word.text):
            named = [member for member, name in names.items() if looked_for in name]
            written = ExpenseRow.search_key.contains(looked_for, autoescape=True)
            by_index = rare.of_text(door, looked_for)
            yield (written, by_index), *_meanings(door, word, named, has)


def _meanings(door: access.Door, word: Word, named: list[MemberId], has: Has) -> Iterator[Alternative]:
    """Give what a word may say besides what is written in the expense."""
    if named:
        yield has(PayerRow, named)
        has_part, by_index = has(SplitRow, named)
        yield and_(ExpenseRow.kind == Kind.PAYMENT, has_part), by_index
    for key in word.categories:
        category.check(key)
    if word.categories:
        yield _of_group(door, ExpenseRow.category.in_(sorted(word.categories)))
    if word.amount:
        yield from (_of_group(door, condition) for condition in _amounts(*word.amount))


def _of_group(door: access.Door, condition: ColumnElement[bool]) -> Alternative:
    return condition, rare.of_group(door, condition)


def _amounts(low: Decimal, high: Decimal) -> Iterator[ColumnElement[bool]]:
    """Compare in minor units: most currencies have two decimals, and the others are named."""
    codes = {
        digits: list(found)
        for digits, found in groupby(
            sorted(CURRENCIES, key=lambda code: (exponent(code), code)), key=exponent
        )
    }
    others = [code for digits, found in codes.items() if digits != _USUAL_EXPONENT for code in found]
    for digits, found in codes.items():
        first, beyond = (_minor(bound, digits) for bound in (low, high))
        if first < beyond:
            of_these = (
                ExpenseRow.currency.not_in(others)
                if digits == _USUAL_EXPONENT
                else ExpenseRow.currency.in_(found)
            )
            yield and_(of_these, ExpenseRow.amount >= first, ExpenseRow.amount < beyond)


def _minor(bound: Decimal, digits: int) -> int:
    capped = min(
        max(bound, Decimal(0)), Decimal(MAX_AMOUNT + 1)
    )  # beyond it there is nothing, nor room in a BIGINT
    return min(int((capped * 10**digits).to_integral_value(ROUND_CEILING)), MAX_AMOUNT + 1)


def _has_any(row: type[PayerRow] | type[SplitRow], people: list[MemberId]) -> Alternative:
    """Say that somebody paid or has a part. PostgreSQL gathers all that they have first, if that is sooner done."""
    return exists().where(*_of(row, people)), rare.of_people(row, people)


def _has_each(row: type[PayerRow] | type[SplitRow], people: list[MemberId]) -> Alternative:
    """Say the same so that every database looks at one expense after another: all is too much for a page."""
    found = select(literal(1)).where(*_of(row, people)).limit(1).correlate(ExpenseRow)
    return found.scalar_subquery().is_not(None), rare.of_people(row, people)


def _of(row: type[PayerRow] | type[SplitRow], people: list[MemberId]) -> Conditions:
    return row.expense_id == ExpenseRow.id, row.member_id.in_(people)
