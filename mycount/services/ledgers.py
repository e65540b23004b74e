"""Writes an expense's parts, and with them the balances: the only place where either changes.

Balances are kept (reading them costs nothing, however long the history is), and only ever changed by the
difference between an expense's old and new effects, in the transaction that writes them. `books.audit` compares.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from mycount.db.tables import BalanceRow, PayerRow, SplitRow
from mycount.domain.ids import ExpenseId, GroupId, MemberId
from mycount.domain.ledger import Kind, effects
from mycount.domain.split import Part, split
from mycount.services import access
from mycount.services.views import Draft


@dataclass(frozen=True)
class Entry:
    """What one expense does to the balances: payers' amounts, and parts with their roundings."""

    payers: Mapping[MemberId, int]
    parts: Mapping[MemberId, Part]
    typed: Mapping[MemberId, Decimal]


NOTHING = Entry({}, {}, {})

_PAYERS = (
    select(PayerRow.expense_id, PayerRow.member_id, PayerRow.amount)
    .where(PayerRow.expense_id.in_(bindparam("ids", expanding=True)))
    .order_by(PayerRow.member_id)
)
_SPLITS = (
    select(SplitRow.expense_id, SplitRow.member_id, SplitRow.amount, SplitRow.rounding, SplitRow.typed)
    .where(SplitRow.expense_id.in_(bindparam("ids", expanding=True)))
    .order_by(SplitRow.member_id)
)
_ABSORBED = select(BalanceRow.member_id, BalanceRow.absorbed).where(
    BalanceRow.group_id == bindparam("group"), BalanceRow.currency == bindparam("currency")
)
_PAY, _SHARE = insert(PayerRow), insert(SplitRow)
_ERASE = [delete(table).where(table.expense_id == bindparam("expense")) for table in (PayerRow, SplitRow)]


def _posting(into: Any) -> Any:
    """Add to a balance that is kept, or keep one: in one statement, so that nothing is read before."""
    kept = {"balance": BalanceRow.balance, "absorbed": BalanceRow.absorbed}
    more = {name: column + into.excluded[name] for name, column in kept.items()}
    return into.on_conflict_do_update(index_elements=["member_id", "currency"], set_=more)


_POST = {"sqlite": _posting(sqlite.insert(BalanceRow)), "postgresql": _posting(postgresql.insert(BalanceRow))}


def entries(session: Session, ids: list[ExpenseId]) -> dict[ExpenseId, Entry]:
    """Read the entries of some expenses, with two statements however many they are."""
    payers: dict[ExpenseId, dict[MemberId, int]] = {expense_id: {} for expense_id in ids}
    parts: dict[ExpenseId, dict[MemberId, Part]] = {expense_id: {} for expense_id in ids}
    typed: dict[ExpenseId, dict[MemberId, Decimal]] = {expense_id: {} for expense_id in ids}
    connection = session.connection()
    # Columns, not objects of the mapper: a list has hundreds of these rows, and objects took half of its time.
    for expense, member, amount in connection.execute(_PAYERS, {"ids": ids}):
        payers[expense][member] = amount
    for expense, member, amount, rounding, text in connection.execute(_SPLITS, {"ids": ids}):
        parts[expense][member] = Part(amount, rounding)
        typed[expense][member] = Decimal(text)
    return {key: Entry(payers[key], parts[key], typed[key]) for key in ids}


def worked_out(
    door: access.Door, draft: Draft, without: Entry = NOTHING, without_kind: Kind = Kind.EXPENSE
) -> Entry:
    """Split a draft with what everybody has absorbed so far, leaving out what an earlier entry did.

    Rounding up is a loss in an expense and a gain in an income, so there the ties are taken the other way round.
    """
    absorbed = Counter(_absorbed(door, draft.currency))
    for member, part in without.parts.items():
        absorbed[member] -= _loss(without_kind) * part.rounding
    ties = {member: _loss(draft.kind) * sum_ for member, sum_ in absorbed.items()}
    return Entry(dict(draft.payers), split(draft.amount, draft.mode, draft.typed, ties), dict(draft.typed))


def write(door: access.Door, expense_id: ExpenseId, entry: Entry) -> None:
    """Store the rows of an expense that has none."""
    here = {"expense_id": expense_id, "group_id": door.group_id}
    paid = [{**here, "member_id": member, "amount": amount} for member, amount in entry.payers.items()]
    shared = [
        {
            **here,
            "member_id": member,
            "amount": part.amount,
            "typed": str(entry.typed.get(member, Decimal(0))),
            "rounding": part.rounding,
        }
        for member, part in entry.parts.items()
    ]
    for statement, rows in ((_PAY, paid), (_SHARE, shared)):
        if rows:
            door.run(statement, rows)


def erase(door: access.Door, expense_id: ExpenseId) -> None:
    """Remove the rows of an expense, before it is written anew."""
    for statement in _ERASE:
        door.run(statement, {"expense": expense_id})


def post(door: access.Door, currency: str, kind: Kind, entry: Entry, *, sign: int = 1) -> None:
    """Add what an entry does to the kept balances of its currency; with sign -1 take it back."""
    parts = {member: part.amount for member, part in entry.parts.items()}
    roundings = {member: _loss(kind) * part.rounding for member, part in entry.parts.items()}
    here = {"currency": currency, "group_id": door.group_id}
    changes = [
        {**here, "member_id": member, "balance": sign * change, "absorbed": sign * roundings.get(member, 0)}
        for member, change in effects(kind, entry.payers, parts).items()
    ]
    if changes:
        door.run(_POST[door.dialect], changes)


def uneven(session: Session, group_id: GroupId) -> frozenset[MemberId]:
    """Give the members of a group whose balance in some currency is not zero."""
    found = select(BalanceRow.member_id).where(BalanceRow.group_id == group_id, BalanceRow.balance != 0)
    return frozenset(session.scalars(found))


def _loss(kind: Kind) -> int:
    return -1 if kind is Kind.INCOME else 1


def _absorbed(door: access.Door, currency: str) -> dict[MemberId, int]:
    rows = door.run(_ABSORBED, {"group": door.group_id, "currency": currency})
    return {MemberId(member): int(absorbed) for member, absorbed in rows}
