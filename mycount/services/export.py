"""Hands a group out whole, in stretches: however large it is, a stretch takes as long and as much memory.

Each stretch is a transaction of its own. One for all would keep a connection of the pool for as long as whoever
downloads is slow, and the database would end it. What makes the stretches one picture all the same:

- The order is settled at the beginning (eight bytes an expense), and stretches are read by it. An expense whose day is
  changed meanwhile comes once, neither twice nor never, as it would if each stretch went on after the day of the last.
- An expense and its parts are read in one transaction, so that what it changes for everybody sums to zero, and so do
  sums of it. What was added meanwhile is left out, and what was deleted.
- Every stretch says which version of the group it was read of: where that is the same at the end as at the beginning,
  all of it is of one moment, and its sums are the balances. Where not, whoever writes it down says so.
"""

from array import array
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import BindParameter, Row, bindparam, select

from mycount.db.tables import ExpenseRow, PayerRow, SplitRow
from mycount.domain.ids import ExpenseId, GroupId, MemberId, UserId
from mycount.domain.ledger import Kind
from mycount.domain.split import Mode
from mycount.services import access, rosters
from mycount.services.operation import operation
from mycount.services.views import ExportedExpense, ExportedPart, ExportedStretch, Outline

STRETCH: Final = 1_000
"""How many expenses to ask for at once: some 50 ms of work, and less than a megabyte."""


@operation
def begin(actor: UserId, group_id: GroupId) -> Outline:
    """Give what an export of a group begins with, for any of its members."""
    with access.reading(actor, group_id) as door:
        found = door.session.scalars(
            select(ExpenseRow.id)
            .where(ExpenseRow.group_id == group_id, ExpenseRow.deleted_at.is_(None))
            .order_by(ExpenseRow.day, ExpenseRow.id)
            .execution_options(yield_per=10_000)
        )
        order: Sequence[Any] = array("q", found)
        group = door.group
        return Outline(
            group_id=group.id,
            name=group.name,
            icon=group.icon,
            currency=group.currency,
            is_archived=group.archived_at is not None,
            created_at=group.created_at,
            members=rosters.members(door.session, group_id, actor),
            order=order,
            version=group.version,
            at=door.now,
        )


@operation
def read(actor: UserId, group_id: GroupId, ids: Sequence[ExpenseId]) -> ExportedStretch:
    """Give the expenses of a group with these ids, in their order, without those that are not there any more."""
    wanted = {"ids": list(ids)}
    with access.reading(actor, group_id) as door:
        rows = {row.id: row for row in door.session.execute(_EXPENSES, {**wanted, "group": group_id})}
        payers = defaultdict[ExpenseId, dict[MemberId, int]](dict)
        parts = defaultdict[ExpenseId, dict[MemberId, ExportedPart]](dict)
        for expense, member, amount in door.session.execute(_PAYERS, wanted):
            payers[expense][member] = amount
        for expense, member, amount, typed, rounding in door.session.execute(_PARTS, wanted):
            parts[expense][member] = ExportedPart(amount, typed, rounding)
        there = (rows[key] for key in ids if key in rows)
        return ExportedStretch(
            tuple(_expense(row, payers[row.id], parts[row.id]) for row in there), door.group.version
        )


_IDS: Final[BindParameter[Any]] = bindparam("ids", expanding=True)
_EXPENSES = select(
    ExpenseRow.id,
    ExpenseRow.version,
    ExpenseRow.kind,
    ExpenseRow.title,
    ExpenseRow.category,
    ExpenseRow.amount,
    ExpenseRow.currency,
    ExpenseRow.day,
    ExpenseRow.note,
    ExpenseRow.mode,
    ExpenseRow.created_by,
    ExpenseRow.created_at,
    ExpenseRow.changed_by,
    ExpenseRow.changed_at,
).where(ExpenseRow.id.in_(_IDS), ExpenseRow.group_id == bindparam("group"), ExpenseRow.deleted_at.is_(None))
_PAYERS = (
    select(PayerRow.expense_id, PayerRow.member_id, PayerRow.amount)
    .where(PayerRow.expense_id.in_(_IDS))
    .order_by(PayerRow.expense_id, PayerRow.member_id)
)
_PARTS = (
    select(SplitRow.expense_id, SplitRow.member_id, SplitRow.amount, SplitRow.typed, SplitRow.rounding)
    .where(SplitRow.expense_id.in_(_IDS))
    .order_by(SplitRow.expense_id, SplitRow.member_id)
)


def _expense(
    row: Row[*tuple[Any, ...]], payers: dict[MemberId, int], parts: dict[MemberId, ExportedPart]
) -> ExportedExpense:
    return ExportedExpense(
        id=row.id,
        version=row.version,
        kind=Kind(row.kind),
        title=row.title,
        category=row.category,
        amount=row.amount,
        currency=row.currency,
        day=row.day,
        note=row.note,
        mode=Mode(row.mode),
        payers=payers,
        parts=parts,
        created_by=row.created_by,
        created_at=row.created_at,
        changed_by=row.changed_by,
        changed_at=row.changed_at,
    )
