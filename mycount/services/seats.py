"""The places in a group: which names are free, whether there is room, and which one an invite leads to."""

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from mycount.db.tables import GroupRow, InviteRow, MemberRow, UserRow
from mycount.domain import text
from mycount.domain.errors import Conflict, Invalid, NotFound
from mycount.domain.ids import GroupId, MemberId, UserId
from mycount.domain.words import N_
from mycount.services import access, news

MOST = 200


def is_taken(session: Session, group_id: GroupId, name: str, *, but: MemberId | None = None) -> bool:
    """Say whether somebody active goes by this name, so that two people could not be told apart."""
    rows = session.execute(select(MemberRow.id, MemberRow.name).where(*_active(group_id)))
    # Compared here and not in SQL: SQLite folds the case of ASCII letters only.
    return any(text.key(row.name) == text.key(name) and row.id != but for row in rows)


def refuse_taken(session: Session, group_id: GroupId, name: str, *, but: MemberId | None = None) -> None:
    """Refuse a name that somebody active has."""
    if is_taken(session, group_id, name, but=but):
        raise Invalid(N_("Somebody here is called {name} already. Add an initial."), field="name", name=name)


def refuse_crowd(session: Session, group_id: GroupId) -> None:
    """Refuse one more person in a group that is full."""
    active = select(func.count()).select_from(MemberRow).where(*_active(group_id))
    if (session.scalar(active) or 0) >= MOST:
        raise Invalid(N_("A group can have {n} people at most."), field="name", n=MOST)


def who_acts(door: access.Transaction, actor: UserId | None) -> UserRow:
    """Give whoever acts, who stays open until this transaction ends; NotFound for nobody, and for a closed account."""
    found = door.session.get(UserRow, actor, with_for_update={"key_share": True}) if actor else None
    if found is None or found.closed_at is not None:
        raise NotFound(N_("Please sign in again."))
    return found


def take_turns(door: access.Transaction, user_id: UserId) -> set[GroupId]:
    """Wait for whoever else changes one of somebody's groups, and keep others waiting meanwhile; gives the groups."""
    theirs = select(MemberRow.group_id).where(MemberRow.user_id == user_id)
    # In one order, so that nobody waits in a circle. SQLite has one writer at a time anyway.
    mine = select(GroupRow.id).where(GroupRow.id.in_(theirs)).order_by(GroupRow.id)
    return set(door.session.scalars(mine.with_for_update()))


def take(
    door: access.Transaction, invite: InviteRow, actor: UserId | None, chosen: MemberId | None, name: str
) -> MemberRow:
    """Give whoever uses an invite their place: the one they had, the member they are, or a new one.

    Without an actor a guest is made, called as their place is.
    """
    member_id = invite.member_id or chosen
    had = _had(door.session, invite, actor)
    if had is not None:
        return _come_back(door.session, invite, had, member_id)
    if member_id is not None:
        return _hand_over(door, invite, actor, member_id)
    return _make(door, invite, actor, name)


def _active(group_id: GroupId) -> tuple[ColumnElement[bool], ...]:
    return MemberRow.group_id == group_id, MemberRow.deactivated_at.is_(None)


def _had(session: Session, invite: InviteRow, actor: UserId | None) -> MemberRow | None:
    if actor is None:
        return None
    mine = select(MemberRow).where(MemberRow.group_id == invite.group_id, MemberRow.user_id == actor)
    return session.scalars(mine).one_or_none()


def _come_back(session: Session, invite: InviteRow, row: MemberRow, member_id: MemberId | None) -> MemberRow:
    if member_id not in (None, row.id):
        raise Invalid(
            N_("You were in this group before, as {name}. Ask for an invite for that."), name=row.name
        )
    if row.deactivated_at is not None and invite.created_at < row.deactivated_at:
        raise Conflict(N_("You left this group after this invite was made. Ask for a new one."))
    refuse_taken(session, invite.group_id, row.name, but=row.id)
    refuse_crowd(session, invite.group_id)
    row.deactivated_at, row.role = None, invite.role
    return row


def _hand_over(
    door: access.Transaction, invite: InviteRow, actor: UserId | None, member_id: MemberId
) -> MemberRow:
    row = door.session.get(MemberRow, member_id)
    if row is None or row.group_id != invite.group_id or row.deactivated_at is not None:
        raise Conflict(N_("This person is not in the group any more. Ask for a new invite."))
    if row.user_id is not None:
        email = door.session.scalar(select(UserRow.email).where(UserRow.id == row.user_id))
        if invite.member_id is None or email is not None:
            raise Conflict(N_("Somebody else is {name} already. Choose another name."), name=row.name)
        door.topics.add(news.of_user(row.user_id))  # the lost device, which is let go of
    if invite.member_id is None:
        row.role = invite.role  # what the invite says, not what the place was: it may say less
    elif access.RANK[row.role] > access.RANK[invite.role]:
        raise Conflict(N_("The role of {name} was changed since. Ask for a new invite."), name=row.name)
    row.user_id = _user(door, actor, row.name).id
    return row


def _make(door: access.Transaction, invite: InviteRow, actor: UserId | None, name: str) -> MemberRow:
    user = _user(door, actor, name)
    called = text.line(name, limit=80, field="name", optional=True) or user.name
    refuse_taken(door.session, invite.group_id, called)
    refuse_crowd(door.session, invite.group_id)
    row = MemberRow(
        group_id=invite.group_id, user_id=user.id, name=called, role=invite.role, created_at=door.now
    )
    door.session.add(row)
    return row


def _user(door: access.Transaction, actor: UserId | None, name: str) -> UserRow:
    if actor is None:
        user = UserRow(name=text.line(name, limit=80, field="name"), theme="system", created_at=door.now)
        door.session.add(user)
        door.session.flush()
        return user
    return who_acts(door, actor)
