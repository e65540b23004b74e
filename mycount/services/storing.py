"""Writes an expense's own row, and its line in the group's history; its parts are written by `ledgers`."""

from sqlalchemy import bindparam, insert, update

from mycount.db.tables import ExpenseRow
from mycount.domain import text
from mycount.domain.ids import ExpenseId
from mycount.domain.ledger import Kind
from mycount.services import access, ledgers
from mycount.services.views import Draft

_SEARCHED = 6_000
"""How much of a note can be found: as long as a note gets in any language (Korean, by letters), and no longer.

There are signs that stand for a whole sentence, and 2,000 of those are too much for an index.
"""
_ADD = insert(ExpenseRow).returning(ExpenseRow.id)
_CHANGE = update(ExpenseRow).where(ExpenseRow.id == bindparam("which"))


def add(door: access.Door, draft: Draft, submit_key: str) -> ExpenseId:
    """Write the row of a new expense."""
    once = {
        "group_id": door.group_id,
        "submit_key": submit_key,
        "created_by": door.my_id,
        "created_at": door.now,
    }
    return ExpenseId(door.run(_ADD, {**once, **_columns(door, draft)}).scalar_one())


def change(door: access.Door, expense_id: ExpenseId, version: int, draft: Draft) -> None:
    """Write the row of an expense again, as its next version."""
    door.run(_CHANGE, {**_columns(door, draft), "which": expense_id, "version": version})


def record(
    door: access.Door, verb: str, expense_id: ExpenseId, what: ExpenseRow | Draft, entry: ledgers.Entry
) -> None:
    """Write into the history what was done to an expense; a payment is called by who paid whom."""
    subject = what.title
    if what.kind == Kind.PAYMENT:
        subject = " → ".join(door.people[member].name for member in (*entry.payers, *entry.parts))
    door.record(verb, subject, expense_id=expense_id, amount=what.amount, currency=what.currency)


def _columns(door: access.Door, draft: Draft) -> dict[str, object]:
    return {
        "kind": draft.kind,
        "mode": draft.mode,
        "title": draft.title,
        "title_key": text.key(draft.title),
        "note": draft.note,
        "search_key": f"{text.folded(draft.title)}\n{text.folded(draft.note)[:_SEARCHED]}",
        "amount": draft.amount,
        "currency": draft.currency,
        "category": draft.category,
        "day": draft.day,
        "changed_by": door.my_id,
        "changed_at": door.now,
    }
