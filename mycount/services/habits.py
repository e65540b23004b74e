"""What a group and its members usually do: remembered from what they entered, offered for what comes next."""

from typing import Any

from sqlalchemy import select

from mycount.db.tables import ExpenseRow, MemberRow
from mycount.domain import category, text
from mycount.domain.ids import MemberId
from mycount.domain.ledger import Kind
from mycount.domain.split import Mode
from mycount.services import access, ledgers
from mycount.services.views import Draft, Suggestion

_RECENT = 300


def remember(door: access.Door, draft: Draft) -> None:
    """Keep what this member chose as their usual: the currency at once, payer and people when chosen twice running.

    A single exception must not become the next expense's silent default. Everybody who takes part is kept as
    everybody, whoever comes later.
    """
    if draft.kind is not Kind.EXPENSE:
        return
    payer = next(iter(draft.payers)) if len(draft.payers) == 1 else door.me.id
    chosen: dict[str, Any] = {
        "payer": None if payer == door.me.id else payer,
        "people": None if _taking_part(door) == set(draft.typed) else sorted(draft.typed),
    }
    before = door.me.usual or {}
    usual = {name: value for name, value in chosen.items() if before.get("last", {}).get(name) == value}
    kept = {name: before.get(name) for name in chosen}
    door.me.usual = {**kept, **usual, "currency": draft.currency, "last": chosen}


def suggestion(door: access.Door, title: str) -> Suggestion:
    """Suggest category, payer and split from the last expense of this title, or the category from its words."""
    row = _last(door, text.key(title))
    return Suggestion(_by_words(door, title)) if row is None else _as_before(door, row)


def category_of(door: access.Door, title: str) -> str:
    """Choose the category for a title: that of the last expense of this title, else by its words, else "other"."""
    row = _last(door, text.key(title))
    return (row.category if row is not None else _by_words(door, title)) or "other"


def _last(door: access.Door, wanted: str) -> ExpenseRow | None:
    if not wanted:
        return None
    return door.session.scalars(
        select(ExpenseRow)
        .where(
            ExpenseRow.group_id == door.group.id,
            ExpenseRow.title_key == wanted,
            ExpenseRow.kind == Kind.EXPENSE,
            ExpenseRow.deleted_at.is_(None),
        )
        .order_by(ExpenseRow.id.desc())
        .limit(1)
    ).one_or_none()


def _as_before(door: access.Door, row: ExpenseRow) -> Suggestion:
    entry = ledgers.entries(door.session, [row.id])[row.id]
    active = _active(door)
    payer = next(iter(entry.payers)) if len(entry.payers) == 1 else None
    # Amounts and adjustments belong to that one bill; shares and people are a habit.
    mode = Mode(row.mode)
    repeats = mode in (Mode.EQUAL, Mode.SHARES, Mode.PERCENT) and set(entry.typed) <= active
    return Suggestion(
        category=row.category,
        payer=payer if payer in active else None,
        mode=mode if repeats else None,
        typed=entry.typed if repeats else None,
    )


def _by_words(door: access.Door, title: str) -> str | None:
    """Know the words of a title, or find one of them in the group's recent titles, the latest first."""
    guessed = category.guess(title)
    words = {word for word in text.key(title).split() if len(word) > 2}
    if guessed is not None or not words:
        return guessed
    recent = door.session.execute(
        select(ExpenseRow.title_key, ExpenseRow.category)
        .where(ExpenseRow.group_id == door.group.id, ExpenseRow.kind == Kind.EXPENSE)
        .order_by(ExpenseRow.day.desc(), ExpenseRow.id.desc())
        .limit(_RECENT)
    )
    return next((kept for known, kept in recent if words & set(known.split()) and kept != "other"), None)


def _active(door: access.Door) -> set[MemberId]:
    rows = select(MemberRow.id).where(MemberRow.group_id == door.group.id, MemberRow.deactivated_at.is_(None))
    return set(door.session.scalars(rows))


def _taking_part(door: access.Door) -> set[MemberId]:
    """Give who shares an expense unless somebody says otherwise: viewers look, and seldom pay."""
    rows = select(MemberRow.id).where(
        MemberRow.group_id == door.group.id, MemberRow.deactivated_at.is_(None), MemberRow.role != "viewer"
    )
    return set(door.session.scalars(rows))
