"""What a group and its members usually do: remembered from what they entered, offered for what comes next."""

from typing import Any

from sqlalchemy import Row, bindparam, select, update

from mycount.db.tables import ExpenseRow, MemberRow
from mycount.domain import category, text
from mycount.domain.ids import MemberId
from mycount.domain.ledger import Kind
from mycount.domain.split import Mode
from mycount.services import access, ledgers
from mycount.services.views import Draft, Suggestion

_RECENT = 300
_OF_GROUP = (ExpenseRow.group_id == bindparam("group"), ExpenseRow.kind == Kind.EXPENSE)
_LAST = (
    select(ExpenseRow.id, ExpenseRow.category, ExpenseRow.mode)
    .where(*_OF_GROUP, ExpenseRow.title_key == bindparam("key"), ExpenseRow.deleted_at.is_(None))
    .order_by(ExpenseRow.id.desc())
    .limit(1)
)
_LATELY = (
    select(ExpenseRow.title_key, ExpenseRow.category)
    .where(*_OF_GROUP)
    .order_by(ExpenseRow.day.desc(), ExpenseRow.id.desc())
    .limit(_RECENT)
)
_KEEP = update(MemberRow).where(MemberRow.id == bindparam("which"))


def remember(door: access.Door, draft: Draft) -> None:
    """Keep what this member chose as their usual: the currency at once, payer and people when chosen twice running.

    A single exception must not become the next expense's silent default. Everybody who takes part is kept as
    everybody, whoever comes later.
    """
    if draft.kind is not Kind.EXPENSE:
        return
    payer = next(iter(draft.payers)) if len(draft.payers) == 1 else door.my_id
    chosen: dict[str, Any] = {
        "payer": None if payer == door.my_id else payer,
        "people": None if _taking_part(door) == set(draft.typed) else sorted(draft.typed),
    }
    before = door.my_usual
    usual = {name: value for name, value in chosen.items() if before.get("last", {}).get(name) == value}
    kept = {name: before.get(name) for name in chosen}
    now = {**kept, **usual, "currency": draft.currency, "last": chosen}
    if now != before:
        door.run(_KEEP, {"which": door.my_id, "usual": now})


def suggestion(door: access.Door, title: str) -> Suggestion:
    """Suggest category, payer and split from the last expense of this title, or the category from its words."""
    row = _last(door, text.key(title))
    return Suggestion(_by_words(door, title)) if row is None else _as_before(door, row)


def category_of(door: access.Door, title: str) -> str:
    """Choose the category for a title: that of the last expense of this title, else by its words, else "other"."""
    row = _last(door, text.key(title))
    return (row.category if row is not None else _by_words(door, title)) or "other"


def _last(door: access.Door, wanted: str) -> Row[*tuple[Any, ...]] | None:
    if not wanted:
        return None
    return door.run(_LAST, {"group": door.group_id, "key": wanted}).one_or_none()


def _as_before(door: access.Door, row: Row[*tuple[Any, ...]]) -> Suggestion:
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
    recent = door.run(_LATELY, {"group": door.group_id})
    return next((kept for known, kept in recent if words & set(known.split()) and kept != "other"), None)


def _active(door: access.Door) -> set[MemberId]:
    return {member for member, person in door.people.items() if person.is_active}


def _taking_part(door: access.Door) -> set[MemberId]:
    """Give who shares an expense unless somebody says otherwise: viewers look, and seldom pay."""
    return {member for member, person in door.people.items() if person.is_active and person.role != "viewer"}
