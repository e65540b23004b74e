"""Reads what several services show of a group's people and money, inside their transactions."""

import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from mycount.db.tables import BalanceRow, MemberRow, UserRow
from mycount.domain.ids import GroupId, MemberId, UserId
from mycount.domain.settle import Plan, settle
from mycount.services.doors import Door
from mycount.services.shared import Shared
from mycount.services.views import CurrencyBalances, GroupView, Joined, MemberView, Role, Usual

_log = logging.getLogger(__name__)
_BALANCES = (
    select(BalanceRow.currency, BalanceRow.member_id, BalanceRow.balance, BalanceRow.absorbed)
    .where(BalanceRow.group_id == bindparam("group"))
    .order_by(BalanceRow.member_id)
)
_MEMBERS = (
    select(
        MemberRow.id,
        MemberRow.name,
        MemberRow.role,
        MemberRow.user_id,
        MemberRow.deactivated_at,
        UserRow.email,
    )
    .outerjoin(UserRow, UserRow.id == MemberRow.user_id)
    .where(MemberRow.group_id == bindparam("group"))
    .order_by(MemberRow.id)
)


@dataclass(frozen=True)
class _Roster:
    """Who is and was in a group, and what they have balances of: the same for whoever looks."""

    rows: Sequence[Row[*tuple[Any, ...]]]
    money: tuple[CurrencyBalances, ...]


_rosters: Shared[_Roster] = Shared(512)
"""By group and its state."""


def group(door: Door, actor: UserId) -> GroupView:
    """Read a group with its people, balances and plans, as one of its members sees it; read once for all of them."""
    roster = _rosters.get(door.state, lambda: _read(door))
    money = roster.money
    uneven = {member for kept in money for member, balance in kept.balances.items() if balance}
    everybody = tuple(view(row, row.email, actor) for row in roster.rows)
    shown = tuple(member for member in everybody if member.is_active or member.id in uneven)
    place = door.place
    return GroupView(
        id=door.group_id,
        name=place.name,
        icon=place.icon,
        currency=place.currency,
        version=place.version,
        is_archived=place.archived_at is not None,
        me=next(member for member in shown if member.is_me),
        members=shown,
        money=money,
        usual=_usual(door, frozenset(member.id for member in shown if member.is_active)),
        former=tuple(member for member in everybody if member not in shown),
    )


def balances(session: Session, group_id: GroupId) -> tuple[CurrencyBalances, ...]:
    """Read everybody's balances with the plan that settles them, by currency code."""
    by_currency: defaultdict[str, dict[MemberId, tuple[int, int]]] = defaultdict(dict)
    for currency, member, balance, absorbed in session.connection().execute(_BALANCES, {"group": group_id}):
        by_currency[currency][member] = (balance, absorbed)
    return tuple(
        CurrencyBalances(
            currency=currency,
            balances={member: balance for member, (balance, _) in kept.items()},
            absorbed={member: absorbed for member, (_, absorbed) in kept.items()},
            plan=_plan(tuple((member, balance) for member, (balance, _) in kept.items() if balance)),
        )
        for currency, kept in sorted(by_currency.items())
    )


def members(session: Session, group_id: GroupId, actor: UserId) -> tuple[MemberView, ...]:
    """Read all members, active or not, in the order they came."""
    return tuple(view(row, row.email, actor) for row in _members(session, group_id))


def view(row: MemberRow | Row[*tuple[Any, ...]], email: str | None, actor: UserId) -> MemberView:
    """Show a member's row; `email` is that of their user, and only tells an account from a guest."""
    joined: Joined = "name" if row.user_id is None else "account" if email else "guest"
    return MemberView(
        id=row.id,
        name=row.name,
        role=as_role(row.role),
        joined=joined,
        is_me=row.user_id == actor,
        is_active=row.deactivated_at is None,
    )


def as_role(stored: str) -> Role:
    """Read a role; the table's check constraint keeps it to these three."""
    roles: dict[str, Role] = {"administrator": "administrator", "viewer": "viewer"}
    return roles.get(stored, "member")


def _read(door: Door) -> _Roster:
    return _Roster(_members(door.session, door.group_id), balances(door.session, door.group_id))


def _members(session: Session, group_id: GroupId) -> Sequence[Row[*tuple[Any, ...]]]:
    return session.connection().execute(_MEMBERS, {"group": group_id}).all()


def _usual(door: Door, active: frozenset[MemberId]) -> Usual:
    kept = door.my_usual
    people = tuple(MemberId(member) for member in kept.get("people") or () if member in active)
    return Usual(
        payer=MemberId(kept["payer"]) if kept.get("payer") in active else None,
        people=people or None,
        currency=str(kept.get("currency") or door.place.currency),
    )


@lru_cache(maxsize=512)
def _plan(kept: tuple[tuple[MemberId, int], ...]) -> Plan:
    """Settle once for all who are looking: the same balances have the same plan."""
    if sum(balance for _, balance in kept):
        # The books are wrong, which the audit and its gauge say; people can still see what they have entered.
        _log.error("ledger_uneven", extra={"members": len(kept)})
        return Plan((), fewest=False)
    return settle(dict(kept))
