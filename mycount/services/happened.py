"""Reads what has happened in groups, inside the transactions of the services that show it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, bindparam, select

from mycount.db.tables import EventRow, GroupRow, MemberRow
from mycount.domain.ids import UserId
from mycount.services.doors import Door
from mycount.services.shared import Shared
from mycount.services.views import Happening, Money

EVENTS = (
    select(
        EventRow.group_id,
        GroupRow.name.label("group_name"),
        EventRow.member_id,
        MemberRow.name.label("member_name"),
        MemberRow.user_id,
        EventRow.at,
        EventRow.verb,
        EventRow.subject,
        EventRow.expense_id,
        EventRow.amount,
        EventRow.currency,
    )
    .join(MemberRow, MemberRow.id == EventRow.member_id)
    .join(GroupRow, GroupRow.id == EventRow.group_id)
)
"""What `seen` shows of an event, of whichever groups."""

_LATELY = (
    EVENTS.where(EventRow.group_id == bindparam("group"))
    .order_by(EventRow.id.desc())
    .offset(bindparam("skip"))
    .limit(bindparam("most"))
)


_latest: Shared[Sequence[Row[*tuple[Any, ...]]]] = Shared(512)
"""The latest events, by group and its state."""


def latest(door: Door, actor: UserId, limit: int) -> tuple[Happening, ...]:
    """Give the latest events of a group, newest first: read once for all of its members who look."""
    rows = _latest.get((door.state, limit), lambda: _lately(door, limit, 0))
    return tuple(seen(row, actor) for row in rows)


def lately(door: Door, actor: UserId, limit: int, *, skip: int = 0) -> tuple[Happening, ...]:
    """Read the latest events of a group, newest first, without the `skip` latest."""
    return tuple(seen(row, actor) for row in _lately(door, limit, skip))


def seen(event: Row[*tuple[Any, ...]], actor: UserId) -> Happening:
    """Show an event to one of the group's members."""
    money = Money(event.amount, event.currency) if event.amount is not None and event.currency else None
    return Happening(
        group_id=event.group_id,
        group_name=event.group_name,
        member_id=event.member_id,
        member_name=event.member_name,
        is_me=event.user_id == actor,
        at=event.at,
        verb=event.verb,
        subject=event.subject,
        expense_id=event.expense_id,
        money=money,
    )


def _lately(door: Door, limit: int, skip: int) -> Sequence[Row[*tuple[Any, ...]]]:
    return door.run(_LATELY, {"group": door.group_id, "skip": skip, "most": limit}).all()
