"""Closing an account: whose it was is forgotten; in their groups a name stays, so that every sum does."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, and_, case, func, insert, null, or_, select, update
from sqlalchemy.orm import Session, aliased

from mycount.db.tables import EventRow, GroupRow, InstanceRow, InviteRow, MemberRow, SessionRow, UserRow
from mycount.domain.errors import Conflict, Invalid, NotFound
from mycount.domain.ids import GroupId, UserId
from mycount.domain.words import N_
from mycount.services import access, emails, news, passwords, seats, tickets
from mycount.services.operation import operation
from mycount.services.views import Closing

ORPHANED = N_(
    "Others are in {groups}, and nobody else administers there. Make somebody else administrator, or delete the "
    "group; then the account can be closed."
)
_NAMED = 5  # groups, in that sentence
_NOT_CURRENT = N_("This is not your current password.")
_NO_ACCOUNT = N_("There is no account with this e-mail.")
_MOVED = N_("Your groups have changed just now. Look at what is said here, and try again.")


@operation
def outlook(actor: UserId) -> Closing:
    """Say what closing the actor's account would mean for groups; changes nothing. NotFound for who has none."""
    with access.glance() as door:
        _own_hash(door.session, actor)
        return _outlook(_groups(door.session, actor))


@passwords.slow
@operation
def close(actor: UserId, password: str, *, ending: tuple[GroupId, ...] | None = None) -> None:
    """Close the actor's account for good, after checking the password; all its sessions end at once.

    Name, e-mail, password and choices are erased; the places in groups are names without an account from then on,
    and what the actor invited to is taken back. A group that nobody else can open is deleted. Refuses while others
    would be left without an administrator, and, as Conflict, where it would delete others than the groups in `ending`.
    """
    with access.glance() as door:
        stored = _own_hash(door.session, actor)
    if not passwords.matches(password, stored):
        raise Invalid(_NOT_CURRENT, field="current")
    with access.transaction() as door:
        _close(door, actor, stored, ending)


@operation
def close_for(email: str) -> None:
    """Close the account with this e-mail, as `close` does; for whoever runs the server."""
    with access.transaction() as door:
        found = door.session.execute(
            select(UserRow.id, UserRow.password_hash).where(UserRow.email == emails.plain(email))
        ).one_or_none()
        if found is None:
            raise NotFound(_NO_ACCOUNT)
        _close(door, found.id, found.password_hash, None)


@operation
def is_closed(user_id: UserId) -> bool:
    """Say whether this was an account that has been closed: for pages of it that are still open."""
    with access.glance() as door:
        closed = select(UserRow.id).where(UserRow.id == user_id, UserRow.closed_at.is_not(None))
        return door.session.scalar(closed) is not None


def _own_hash(session: Session, actor: UserId | None) -> str | None:
    found = session.get(UserRow, actor) if actor else None  # nobody may ask, too
    if found is None or found.closed_at is not None:
        raise NotFound(N_("Please sign in again."))
    return found.password_hash


def _groups(session: Session, user_id: UserId) -> Sequence[Row[*tuple[Any, ...]]]:
    """Read the groups that somebody can open: who they are there, and how many others can, and administer."""
    other = aliased(MemberRow)
    counted = (
        select(
            MemberRow.id.label("member_id"),
            MemberRow.role,
            GroupRow.id,
            GroupRow.name,
            func.count(other.id).label("others"),
            func.count(case((other.role == "administrator", 1))).label("administrators"),
        )
        .join(GroupRow, GroupRow.id == MemberRow.group_id)
        .outerjoin(
            other,
            and_(
                other.group_id == MemberRow.group_id,
                other.id != MemberRow.id,
                other.user_id.is_not(None),
                other.deactivated_at.is_(None),
            ),
        )
        .where(GroupRow.deleted_at.is_(None), *access.membership(user_id))
        .group_by(MemberRow.id, MemberRow.role, GroupRow.id, GroupRow.name)
        .order_by(GroupRow.id)
    )
    return session.execute(counted).all()


def _outlook(groups: Sequence[Row[*tuple[Any, ...]]]) -> Closing:
    return Closing(
        orphaned=tuple(
            (GroupId(one.id), one.name)
            for one in groups
            if one.role == "administrator" and one.others and not one.administrators
        ),
        ending=tuple((GroupId(one.id), one.name) for one in groups if not one.others),
    )


def _close(
    door: access.Transaction, user_id: UserId, stored: str | None, ending: tuple[GroupId, ...] | None
) -> None:
    """Do it all, or nothing. Groups first, then the account: in the order in which everybody else takes them."""
    held = seats.take_turns(door, user_id)
    _forget(door, user_id, stored)
    groups = _groups(door.session, user_id)
    means = _outlook(groups)
    if means.orphaned:
        raise Invalid(ORPHANED, groups=_named([name for _, name in means.orphaned]))
    alone = [group_id for group_id, _ in means.ending]
    if ending is not None and not set(alone) <= set(ending):
        raise Conflict(_MOVED)
    if not _leave_places(door, user_id) <= held:  # into one more group while this waited for its turn
        raise Conflict(_MOVED)
    _record(door, groups)
    _tell(door, user_id, held, alone)
    tickets.end(door, SessionRow.user_id == user_id)


def _named(names: list[str]) -> str:
    return ", ".join([*names[:_NAMED], *(["…"] if len(names) > _NAMED else [])])


def _forget(door: access.Transaction, user_id: UserId, stored: str | None) -> None:
    """Empty the account's row, unless its password has become another one; whoever acts for it has to wait."""
    mine = update(UserRow).where(
        UserRow.id == user_id, UserRow.password_hash == stored, UserRow.closed_at.is_(None)
    )
    empty: dict[str, object] = {"name": "", "email": None, "password_hash": None, "language": None}
    closed = mine.values(**empty, theme="system", closed_at=door.now).returning(UserRow.id)
    if door.session.scalars(closed).one_or_none() is None:
        raise Invalid(_NOT_CURRENT, field="current")
    # The installation is administered by whoever has been there longest; by the next account, if there is none.
    oldest = select(func.min(UserRow.id)).where(UserRow.email.is_not(None)).scalar_subquery()
    theirs = update(InstanceRow).where(InstanceRow.administrator_id == user_id)
    door.session.execute(theirs.values(administrator_id=oldest))


def _leave_places(door: access.Transaction, user_id: UserId) -> set[GroupId]:
    """Let the person's places be names that anybody may be invited to, without their rights; gives their groups."""
    places = select(MemberRow.id).where(MemberRow.user_id == user_id)
    theirs = or_(InviteRow.created_by.in_(places), InviteRow.member_id.in_(places))
    door.session.execute(
        update(InviteRow)
        .where(theirs, InviteRow.used.is_(False), InviteRow.revoked_at.is_(None))
        .values(revoked_at=door.now)
    )
    role = case((MemberRow.role == "administrator", "member"), else_=MemberRow.role)
    left = update(MemberRow).where(MemberRow.user_id == user_id).returning(MemberRow.group_id)
    return set(door.session.scalars(left.values(user_id=None, usual=null(), role=role)))


def _record(door: access.Transaction, groups: Sequence[Row[*tuple[Any, ...]]]) -> None:
    events = [
        {"group_id": one.id, "member_id": one.member_id, "at": door.now, "verb": "closed"} for one in groups
    ]
    if events:
        door.session.execute(insert(EventRow), events)


def _tell(door: access.Transaction, user_id: UserId, held: set[GroupId], ending: list[GroupId]) -> None:
    """Stamp the groups, delete those that nobody can open any more, and tell whoever looks at the others."""
    stamp = {"changed_at": door.now, "version": GroupRow.version + 1}
    door.session.execute(update(GroupRow).where(GroupRow.id.in_(held)).values(stamp))
    door.session.execute(update(GroupRow).where(GroupRow.id.in_(ending)).values(deleted_at=door.now))
    door.topics.add(news.of_user(user_id))
    for group_id in held:
        door.tell_group(group_id)
