"""Says in SQL which expenses are wanted: the same ones on every database, with as many statements for any filter."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from itertools import groupby
from typing import Final

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from mycount.db.tables import ExpenseRow, MemberRow, PayerRow, SplitRow
from mycount.domain import text
from mycount.domain.currency import CURRENCIES, exponent
from mycount.domain.ids import ExpenseId, MemberId
from mycount.domain.ledger import Kind
from mycount.domain.money import MAX_AMOUNT
from mycount.services import access
from mycount.services.views import Filter, Tally, Word

Conditions = tuple[ColumnElement[bool], ...]

_MOST_WORDS: Final = 12
_DAY: Final = timedelta(days=1)
_USUAL_EXPONENT: Final = 2


def conditions(door: access.Door, wanted: Filter) -> Conditions:
    """Give the conditions that an expense of the group meets if it is wanted."""
    return (*_plain(wanted), *_people(door, wanted), *_words(door, wanted.words[:_MOST_WORDS]))


def tallies(session: Session, which: Sequence[ColumnElement[bool]]) -> tuple[Tally, ...]:
    """Count and sum the expenses that meet `which`, by kind and currency; the largest count first."""
    rows = session.execute(
        select(ExpenseRow.kind, ExpenseRow.currency, func.count(), func.sum(ExpenseRow.amount))
        .where(*which)
        .group_by(ExpenseRow.kind, ExpenseRow.currency)
    )
    found = [Tally(Kind(kind), currency, count, int(amount)) for kind, currency, count, amount in rows]
    return tuple(sorted(found, key=lambda one: (list(Kind).index(one.kind), -one.count, one.currency)))


def alike(
    door: access.Door, amount: int, currency: str, day: date, kind: Kind, but: ExpenseId | None
) -> Conditions:
    """Give the conditions that an expense meets which may be the same as one that is being typed."""
    first, last = max(day, date.min + _DAY) - _DAY, min(day, date.max - _DAY) + _DAY
    which = (
        ExpenseRow.group_id == door.group.id,
        ExpenseRow.deleted_at.is_(None),
        ExpenseRow.day.between(first, last),
        ExpenseRow.amount == min(amount, MAX_AMOUNT + 1),
        ExpenseRow.currency == currency,
        ExpenseRow.kind == kind,
    )
    return which if but is None else (*which, ExpenseRow.id != but)


def _plain(wanted: Filter) -> Iterator[ColumnElement[bool]]:
    if wanted.since:
        yield ExpenseRow.day >= wanted.since
    if wanted.until:
        yield ExpenseRow.day <= wanted.until
    if wanted.category:
        yield ExpenseRow.category == wanted.category
    if wanted.currency:
        yield ExpenseRow.currency == wanted.currency
    if wanted.kind:
        yield ExpenseRow.kind == wanted.kind
    if wanted.spending:
        yield ExpenseRow.kind != Kind.PAYMENT


def _people(door: access.Door, wanted: Filter) -> Iterator[ColumnElement[bool]]:
    me = door.me.id
    for payer in (wanted.payer, me if wanted.paid else None):
        if payer is not None:
            yield _paid_by([payer])
    for person in (wanted.person, me if wanted.mine else None):
        if person is not None:
            yield or_(_paid_by([person]), _shared_by([person]))


def _words(door: access.Door, words: Sequence[Word]) -> Iterator[ColumnElement[bool]]:
    if not words:
        return
    people = door.session.execute(
        select(MemberRow.id, MemberRow.name).where(MemberRow.group_id == door.group.id)
    )
    names = {member: text.folded(name) for member, name in people}
    for word in words:
        if looked_for := text.folded(word.text):
            named = [member for member, name in names.items() if looked_for in name]
            yield or_(ExpenseRow.search_key.contains(looked_for, autoescape=True), *_meanings(word, named))


def _meanings(word: Word, named: list[MemberId]) -> Iterator[ColumnElement[bool]]:
    """Give what a word may say besides what is written in the expense."""
    if named:
        yield _paid_by(named)
        yield and_(ExpenseRow.kind == Kind.PAYMENT, _shared_by(named))
    if word.categories:
        yield ExpenseRow.category.in_(sorted(word.categories))
    if word.amount:
        yield from _amounts(*word.amount)


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


def _paid_by(members: list[MemberId]) -> ColumnElement[bool]:
    return exists().where(PayerRow.expense_id == ExpenseRow.id, PayerRow.member_id.in_(members))


def _shared_by(members: list[MemberId]) -> ColumnElement[bool]:
    return exists().where(SplitRow.expense_id == ExpenseRow.id, SplitRow.member_id.in_(members))
