"""Groups: making, seeing, changing, archiving, deleting and restoring them."""

from datetime import timedelta

from sqlalchemy import delete as deletion
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from mycount.db.tables import (
    BalanceRow,
    EventRow,
    ExpenseRow,
    GroupRow,
    InviteRow,
    MemberRow,
    PayerRow,
    SplitRow,
)
from mycount.domain import text
from mycount.domain.currency import exponent
from mycount.domain.errors import Invalid
from mycount.domain.ids import GroupId, UserId
from mycount.domain.words import N_
from mycount.services import access, news, rosters, seats
from mycount.services.operation import operation
from mycount.services.views import DeletedGroup, GroupView

ICONS = (
    "groups",
    "sailing",
    "home",
    "celebration",
    "work",
    "flight",
    "restaurant",
    "favorite",
    "directions_car",
    "hiking",
    "music_note",
    "school",
    "sports_soccer",
    "pets",
    "shopping_cart",
    "beach_access",
)
RESTORABLE = timedelta(days=30)


@operation
def create(actor: UserId, name: str, icon: str, currency: str, people: tuple[str, ...] = ()) -> GroupId:
    """Make a group with the actor as its administrator, and with more people by name alone.

    Refuses: no name, an unknown icon or currency, more people than a group can have.
    """
    name = text.line(name, limit=80, field="name")
    exponent(currency)
    names = [text.line(person, limit=80, field="people") for person in people]
    if len(names) >= seats.MOST:
        raise Invalid(N_("A group can have {n} people at most."), field="people", n=seats.MOST)
    with access.transaction() as door:
        user = seats.who_acts(door, actor)
        _refuse_twins([user.name, *names])
        group = GroupRow(
            name=name, icon=_icon(icon), currency=currency, created_at=door.now, changed_at=door.now
        )
        door.session.add(group)
        door.session.flush()
        me = _member(door, group.id, user.name, "administrator", actor)
        door.session.add(me)
        door.session.flush()
        door.session.add_all(_member(door, group.id, person, "member", None) for person in names)
        door.session.add(
            EventRow(group_id=group.id, member_id=me.id, at=door.now, verb="created", subject=name)
        )
        door.topics.add(news.of_user(actor))
        return group.id


@operation
def see(actor: UserId, group_id: GroupId) -> GroupView:
    """Give a group with its people, balances and plans, all of one moment."""
    with access.reading(actor, group_id) as door:
        return rosters.group(door, actor)


@operation
def edit(actor: UserId, group_id: GroupId, *, name: str, icon: str, currency: str) -> None:
    """Change the group's name, icon and usual currency; expenses keep theirs."""
    name = text.line(name, limit=80, field="name")
    exponent(currency)
    with access.changing(actor, group_id, role="administrator") as door:
        if name != door.group.name:
            door.record("renamed", name)
        door.group.name, door.group.icon, door.group.currency = name, _icon(icon), currency


@operation
def archive(actor: UserId, group_id: GroupId) -> None:
    """Put the group away: it can be looked at, but not changed until it is brought back."""
    with access.changing(actor, group_id, role="administrator") as door:
        door.group.archived_at = door.now
        door.record("archived", door.group.name)


@operation
def unarchive(actor: UserId, group_id: GroupId) -> None:
    """Bring an archived group back."""
    with access.changing(actor, group_id, role="administrator", archived=True) as door:
        door.group.archived_at = None
        door.record("unarchived", door.group.name)


@operation
def delete(actor: UserId, group_id: GroupId) -> None:
    """Delete the group for everybody; an administrator can restore it for 30 days."""
    with access.changing(actor, group_id, role="administrator", archived=True) as door:
        door.group.deleted_at = door.now
        door.record("deleted_group", door.group.name)


@operation
def restore(actor: UserId, group_id: GroupId) -> None:
    """Bring a deleted group back, with everything in it."""
    with access.changing(actor, group_id, role="administrator", deleted=True, archived=True) as door:
        door.group.deleted_at = None
        door.record("restored_group", door.group.name)


@operation
def deleted(actor: UserId) -> tuple[DeletedGroup, ...]:
    """List the deleted groups that the actor, as their administrator, can still restore."""
    with access.glance() as door:
        rows = door.session.scalars(
            select(GroupRow)
            .join(MemberRow, MemberRow.group_id == GroupRow.id)
            .where(
                MemberRow.role == "administrator",
                GroupRow.deleted_at > door.now - RESTORABLE,
                *access.membership(actor),
            )
            .order_by(GroupRow.deleted_at.desc())
        )
        return tuple(
            DeletedGroup(row.id, row.name, row.icon, row.deleted_at, row.deleted_at + RESTORABLE)
            for row in rows
            if row.deleted_at is not None
        )


@operation
def purge() -> int:
    """Remove for good the groups that were deleted more than 30 days ago, one by one; gives how many."""
    with access.glance() as door:
        old = select(GroupRow.id).where(GroupRow.deleted_at < door.now - RESTORABLE)
        gone = door.session.scalars(old).all()
    return sum(_purge_one(group_id) for group_id in gone)


def _purge_one(group_id: GroupId) -> bool:
    with access.transaction() as door:
        # Updating first takes the locks in the order that everybody else takes them.
        still = door.session.scalars(
            update(GroupRow)
            .where(GroupRow.id == group_id, GroupRow.deleted_at < door.now - RESTORABLE)
            .values(version=GroupRow.version + 1)
            .returning(GroupRow.id)
        ).one_or_none()
        if still is not None:
            _erase(door.session, group_id)
        return still is not None


def _erase(session: Session, group_id: GroupId) -> None:
    for table in (EventRow, InviteRow, BalanceRow, SplitRow, PayerRow, ExpenseRow, MemberRow):
        session.execute(deletion(table).where(table.group_id == group_id))
    session.execute(deletion(GroupRow).where(GroupRow.id == group_id))


def _member(
    door: access.Transaction, group_id: GroupId, name: str, role: str, user_id: UserId | None
) -> MemberRow:
    return MemberRow(group_id=group_id, name=name, role=role, user_id=user_id, created_at=door.now)


def _refuse_twins(names: list[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if text.key(name) in seen:
            raise Invalid(N_("Two people are called {name}. Add an initial."), field="people", name=name)
        seen.add(text.key(name))


def _icon(icon: str) -> str:
    if icon not in ICONS:
        raise Invalid(N_("Choose one of the icons."), field="icon")
    return icon
