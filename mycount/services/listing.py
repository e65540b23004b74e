"""Reads stretches of expenses in the order of their days, with what each did for one member; or one of them whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Row, select, tuple_
from sqlalchemy.orm import Session

from mycount.db.tables import ExpenseRow
from mycount.domain.ids import ExpenseId, MemberId
from mycount.domain.ledger import Kind, effects
from mycount.domain.split import Mode
from mycount.services import ledgers
from mycount.services.doors import Door
from mycount.services.shared import Shared
from mycount.services.views import Draft, ExpenseLine, ExpensePage, ExpenseView


@dataclass(frozen=True)
class Stretch:
    """What was read of a list, the same for whoever looks; `seen` shows it to one of them."""

    rows: Sequence[Row[*tuple[Any, ...]]]
    entries: Mapping[ExpenseId, ledgers.Entry]
    effects: Mapping[ExpenseId, Mapping[MemberId, int]]
    after: tuple[date, ExpenseId] | None

    def seen(self, by: MemberId) -> ExpensePage:
        """Give the expenses with what each did for one member."""
        lines = (_line(row, self.entries[row.id], self.effects[row.id].get(by, 0)) for row in self.rows)
        return ExpensePage(tuple(lines), self.after)


_latest: Shared[Stretch] = Shared(128)
"""The beginnings of lists, by group and its state."""


def beginning(door: Door, limit: int) -> ExpensePage:
    """Give the latest expenses of a group that are not deleted: read once for all of its members who look."""
    which = (ExpenseRow.group_id == door.group_id, ExpenseRow.deleted_at.is_(None))
    return _latest.get((door.state, limit), lambda: stretch(door.session, which, None, limit)).seen(
        door.my_id
    )


def page(
    session: Session,
    which: Sequence[ColumnElement[bool]],
    after: tuple[date, ExpenseId] | None,
    limit: int,
    *,
    seen_by: MemberId,
) -> ExpensePage:
    """Read up to `limit` expenses that meet `which`, the latest day first, for one member."""
    return stretch(session, which, after, limit).seen(seen_by)


def stretch(
    session: Session,
    which: Sequence[ColumnElement[bool]],
    after: tuple[date, ExpenseId] | None,
    limit: int,
) -> Stretch:
    """Read up to `limit` expenses that meet `which`, the latest day first; three statements, whatever the size."""
    rows = session.execute(
        select(*_SHOWN)
        .where(*which, *_beyond(after))
        .order_by(ExpenseRow.day.desc(), ExpenseRow.id.desc())
        .limit(limit + 1)
    ).all()
    shown = rows[:limit]
    entries = ledgers.entries(session, [row.id for row in shown])
    done = {row.id: _effects(row.kind, entries[row.id]) for row in shown}
    return Stretch(shown, entries, done, (shown[-1].day, shown[-1].id) if 0 < limit < len(rows) else None)


def whole(row: ExpenseRow, entry: ledgers.Entry) -> ExpenseView:
    """Show one expense as it is stored: what was typed, and what came of it."""
    draft = Draft(
        title=row.title,
        amount=row.amount,
        currency=row.currency,
        payers=entry.payers,
        typed={member: Decimal(typed) for member, typed in entry.typed.items()},
        mode=Mode(row.mode),
        kind=Kind(row.kind),
        category=row.category,
        day=row.day,
        note=row.note,
        submit_key=row.submit_key,
    )
    return ExpenseView(
        id=row.id,
        version=row.version,
        draft=draft,
        parts={member: part.amount for member, part in entry.parts.items()},
        created_by=row.created_by,
        created_at=row.created_at,
        changed_by=row.changed_by,
        changed_at=row.changed_at,
        is_deleted=row.deleted_at is not None,
    )


def _beyond(after: tuple[date, ExpenseId] | None) -> tuple[ColumnElement[bool], ...]:
    if after is None:
        return ()
    # One comparison of two columns: both databases begin in the index where the last stretch ended.
    return (tuple_(ExpenseRow.day, ExpenseRow.id) < after,)


_SHOWN = (
    ExpenseRow.id,
    ExpenseRow.kind,
    ExpenseRow.title,
    ExpenseRow.category,
    ExpenseRow.amount,
    ExpenseRow.currency,
    ExpenseRow.day,
    ExpenseRow.mode,
    ExpenseRow.created_by,
    ExpenseRow.created_at,
    ExpenseRow.changed_at,
    ExpenseRow.deleted_by,
    ExpenseRow.note,
)
"""Columns, not objects of the mapper: these cost several times as much, and a list needs nothing else."""


def _effects(kind: str, entry: ledgers.Entry) -> dict[MemberId, int]:
    return effects(Kind(kind), entry.payers, {member: part.amount for member, part in entry.parts.items()})


def _line(row: Row[*tuple[Any, ...]], entry: ledgers.Entry, effect: int) -> ExpenseLine:
    return ExpenseLine(
        id=row.id,
        kind=Kind(row.kind),
        title=row.title,
        category=row.category,
        amount=row.amount,
        currency=row.currency,
        day=row.day,
        mode=Mode(row.mode),
        payers=entry.payers,
        people=tuple(entry.parts),
        typed=entry.typed,
        effect=effect,
        created_by=row.created_by,
        created_at=row.created_at,
        changed_at=row.changed_at,
        deleted_by=row.deleted_by,
        has_note=bool(row.note),
    )
