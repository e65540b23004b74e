"""What has happened: my groups with their latest event, and the history of one group or of all."""

from collections import defaultdict

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mycount.db.tables import BalanceRow, EventRow, GroupRow, MemberRow
from mycount.domain.ids import GroupId, UserId
from mycount.services import access, happened
from mycount.services.operation import operation
from mycount.services.views import GroupCard, Happening, Home, Money

VERBS = (
    "created",
    "renamed",
    "archived",
    "unarchived",
    "deleted_group",
    "restored_group",
    "added",
    "edited",
    "edited_amount",
    "edited_title",
    "edited_category",
    "edited_day",
    "edited_payers",
    "edited_split",
    "edited_note",
    "deleted",
    "restored",
    "paid",
    "named",
    "joined",
    "left",
    "removed",
    "returned",
    "role",
    "closed",
)


@operation
def home(actor: UserId) -> Home:
    """Give my groups, the latest changed first, with my balances, and what I get and pay in all."""
    with access.glance() as door:
        session = door.session
        rows = session.execute(
            select(GroupRow, MemberRow.id)
            .join(MemberRow, MemberRow.group_id == GroupRow.id)
            .where(GroupRow.deleted_at.is_(None), *access.membership(actor))
            .order_by(GroupRow.changed_at.desc(), GroupRow.id.desc())
        ).all()
        ids = [group.id for group, _ in rows]
        mine = _my_balances(session, actor)
        people, uneven, latest = _people(session, ids), _uneven(session, ids), _latest(session, ids, actor)
    cards = [
        GroupCard(
            id=group.id,
            name=group.name,
            icon=group.icon,
            currency=group.currency,
            people=people.get(group.id, 0),
            balances=tuple(mine[group.id]),
            latest=latest.get(group.id),
            changed_at=group.changed_at,
            is_archived=group.archived_at is not None,
            is_even=group.id not in uneven,
        )
        for group, _ in rows
    ]
    return Home(
        groups=tuple(card for card in cards if not card.is_archived),
        archived=tuple(card for card in cards if card.is_archived),
        to_get=_total(cards, 1),
        to_pay=_total(cards, -1),
    )


@operation
def of_group(
    actor: UserId, group_id: GroupId, *, before: int | None = None, limit: int = 50
) -> tuple[Happening, ...]:
    """Give the latest events of a group, newest first; `before` continues a list (its length so far)."""
    with access.reading(actor, group_id) as door:
        return happened.lately(door, actor, limit, skip=before or 0)


@operation
def of_all(actor: UserId, *, limit: int = 50) -> tuple[Happening, ...]:
    """Give the latest events of all my groups, newest first."""
    with access.glance() as door:
        groups = (
            select(MemberRow.group_id)
            .join(GroupRow, GroupRow.id == MemberRow.group_id)
            .where(GroupRow.deleted_at.is_(None), *access.membership(actor))
        )
        rows = door.session.execute(
            happened.EVENTS.where(EventRow.group_id.in_(list(door.session.scalars(groups))))
            .order_by(EventRow.id.desc())
            .limit(limit)
        )
        return tuple(happened.seen(row, actor) for row in rows)


def _my_balances(session: Session, actor: UserId) -> defaultdict[GroupId, list[Money]]:
    rows = session.execute(
        select(BalanceRow.group_id, BalanceRow.balance, BalanceRow.currency)
        .join(MemberRow, MemberRow.id == BalanceRow.member_id)
        .where(BalanceRow.balance != 0, *access.membership(actor))
        .order_by(BalanceRow.currency)
    )
    mine: defaultdict[GroupId, list[Money]] = defaultdict(list)
    for group_id, balance, currency in rows:
        mine[group_id].append(Money(balance, currency))
    return mine


def _people(session: Session, ids: list[GroupId]) -> dict[GroupId, int]:
    counted = (
        select(MemberRow.group_id, func.count())
        .where(MemberRow.group_id.in_(ids), MemberRow.deactivated_at.is_(None))
        .group_by(MemberRow.group_id)
    )
    return dict(session.execute(counted).all())


def _uneven(session: Session, ids: list[GroupId]) -> set[GroupId]:
    found = (
        select(BalanceRow.group_id).where(BalanceRow.group_id.in_(ids), BalanceRow.balance != 0).distinct()
    )
    return set(session.scalars(found))


def _latest(session: Session, ids: list[GroupId], actor: UserId) -> dict[GroupId, Happening]:
    newest = select(func.max(EventRow.id)).where(EventRow.group_id.in_(ids)).group_by(EventRow.group_id)
    rows = session.execute(happened.EVENTS.where(EventRow.id.in_(newest)))
    return {row.group_id: happened.seen(row, actor) for row in rows}


def _total(cards: list[GroupCard], sign: int) -> tuple[Money, ...]:
    sums: defaultdict[str, int] = defaultdict(int)
    for card in cards:
        for money in card.balances:
            if money.amount * sign > 0:
                sums[money.currency] += abs(money.amount)
    return tuple(Money(amount, currency) for currency, amount in sorted(sums.items()))
