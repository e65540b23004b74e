"""What a group spends its money on: by month, by category, by person, for everyone and for whoever asks."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar

from sqlalchemy import ColumnElement, String, and_, case, cast, func, literal, select, union_all
from sqlalchemy.orm import Session

from mycount.db.tables import ExpenseRow, PayerRow, SplitRow
from mycount.domain.ids import GroupId, MemberId, UserId
from mycount.domain.ledger import Kind
from mycount.services import access
from mycount.services.operation import operation
from mycount.services.shared import Shared
from mycount.services.views import CurrencySpending, Insights, PersonSpent, Spent

K = TypeVar("K")
Which = tuple[ColumnElement[bool], ...]
People = dict[str, dict[MemberId, PersonSpent]]
_latest: Shared[People] = Shared(64)
"""What everybody had and paid, by group, its state, and the period: most of the work, and the same for all who look."""


@operation
def see(
    actor: UserId, group_id: GroupId, *, since: date | None = None, until: date | None = None
) -> Insights:
    """Sum what was spent from one day to another (both included; None is open), per currency.

    Expenses add, incomes subtract; payments and what is deleted do not count. Three statements at most, whatever
    the size; the time grows with the number of parts in the period.
    """
    with access.reading(actor, group_id) as door:
        which = _counted(group_id, since, until)
        lines = _lines(door.session, which, door.my_id)
        state = (door.state, since, until)
        people = _latest.get(state, lambda: _people(door.session, which))
        currencies = sorted(lines, key=lambda code: (code != door.place.currency, code))
        spending = tuple(_spending(code, lines[code], people.get(code, {})) for code in currencies)
        return Insights(since, until, spending)


Line = tuple[date, str, Spent]
_SIGN = case((ExpenseRow.kind == Kind.INCOME, literal(-1)), else_=literal(1))


def _counted(group_id: GroupId, since: date | None, until: date | None) -> Which:
    period = [ExpenseRow.day >= since] if since else []
    if until:
        period.append(ExpenseRow.day <= until)
    return (
        ExpenseRow.group_id == group_id,
        ExpenseRow.deleted_at.is_(None),
        ExpenseRow.kind != Kind.PAYMENT,
        *period,
    )


def _lines(session: Session, which: Which, me: MemberId) -> dict[str, list[Line]]:
    """Sum by currency, month and category: all of it, and the part of one member."""
    # "2026-03": both databases write days this way, and SQLite is three times as fast as with its date functions.
    month = func.substr(cast(ExpenseRow.day, String), 1, 7)
    rows = session.execute(
        select(
            ExpenseRow.currency,
            month,
            ExpenseRow.category,
            func.sum(_SIGN * ExpenseRow.amount),
            func.sum(_SIGN * func.coalesce(SplitRow.amount, 0)),
        )
        .outerjoin(SplitRow, and_(SplitRow.expense_id == ExpenseRow.id, SplitRow.member_id == me))
        .where(*which)
        .group_by(ExpenseRow.currency, month, ExpenseRow.category)
        .order_by(ExpenseRow.currency, month, ExpenseRow.category)
    )
    found = defaultdict[str, list[Line]](list)
    for currency, written, category, everyone, mine in rows:
        spent = Spent(int(everyone), int(mine))
        found[currency].append((date.fromisoformat(f"{written}-01"), category, spent))
    return found


def _people(session: Session, which: Which) -> People:
    """Sum by currency and member: their parts, and what they paid."""
    shares = select(
        ExpenseRow.currency.label("currency"),
        SplitRow.member_id.label("member_id"),
        func.sum(_SIGN * SplitRow.amount).label("share"),
        literal(0).label("paid"),
    ).join(SplitRow, SplitRow.expense_id == ExpenseRow.id)
    paid = select(
        ExpenseRow.currency, PayerRow.member_id, literal(0), func.sum(_SIGN * PayerRow.amount)
    ).join(PayerRow, PayerRow.expense_id == ExpenseRow.id)
    both = union_all(
        shares.where(*which).group_by(ExpenseRow.currency, SplitRow.member_id),
        paid.where(*which).group_by(ExpenseRow.currency, PayerRow.member_id),
    ).subquery()
    rows = session.execute(
        select(both.c.currency, both.c.member_id, func.sum(both.c.share), func.sum(both.c.paid))
        .group_by(both.c.currency, both.c.member_id)
        .order_by(both.c.currency, both.c.member_id)
    )
    found: People = defaultdict(dict)
    for currency, member_id, share, of_payers in rows:
        found[currency][member_id] = PersonSpent(int(share), int(of_payers))
    return found


def _spending(
    currency: str, lines: Iterable[Line], people: Mapping[MemberId, PersonSpent]
) -> CurrencySpending:
    lines = tuple(lines)
    return CurrencySpending(
        currency=currency,
        total=_sum(spent for _month, _category, spent in lines),
        months=_grouped((month, spent) for month, _category, spent in lines),
        categories=_grouped((category, spent) for _month, category, spent in lines),
        people=dict(people),
    )


def _grouped(pairs: Iterable[tuple[K, Spent]]) -> dict[K, Spent]:
    found = defaultdict[K, list[Spent]](list)
    for key, spent in pairs:
        found[key].append(spent)
    return {key: _sum(spents) for key, spents in found.items()}


def _sum(spents: Iterable[Spent]) -> Spent:
    each = tuple(spents)
    return Spent(sum(spent.everyone for spent in each), sum(spent.mine for spent in each))
