"""The people of a group: adding them by name, renaming, their roles, leaving, removing and taking back."""

from sqlalchemy import func, select

from mycount.db.tables import MemberRow
from mycount.domain import text
from mycount.domain.errors import Conflict, Invalid, NotAllowed
from mycount.domain.ids import GroupId, MemberId, UserId
from mycount.domain.words import N_
from mycount.services import access, news
from mycount.services.operation import operation
from mycount.services.views import Role

MOST = 200


@operation
def add(actor: UserId, group_id: GroupId, name: str) -> MemberId:
    """Add a person by name alone; they can be invited to take that place later.

    Refuses a name that somebody active has already (two people could not be told apart), and too many people.
    """
    name = text.line(name, limit=80, field="name")
    with access.changing(actor, group_id) as door:
        _refuse_taken(door, name)
        _refuse_crowd(door)
        row = MemberRow(group_id=group_id, name=name, role="member", created_at=door.now)
        door.session.add(row)
        door.session.flush()
        door.record("named", name)
        return row.id


@operation
def rename(actor: UserId, group_id: GroupId, member_id: MemberId, name: str) -> None:
    """Change the name a member goes by in this group: one's own, or that of somebody without an account."""
    name = text.line(name, limit=80, field="name")
    with access.changing(actor, group_id) as door:
        row = door.member(member_id)
        if row.user_id not in (None, actor) and door.me.role != "administrator":
            raise NotAllowed(N_("Only they themselves or an administrator can change this name."))
        _refuse_taken(door, name, but=member_id)
        row.name = name


@operation
def change_role(actor: UserId, group_id: GroupId, member_id: MemberId, role: Role) -> None:
    """Make a member administrator, member or viewer. One administrator with access always remains."""
    with access.changing(actor, group_id, role="administrator") as door:
        row = door.member(member_id)
        if role not in ("administrator", "member", "viewer"):
            raise Invalid(N_("Choose one of the roles."), field="role")
        if row.role == "administrator" and role != "administrator":
            _refuse_last(door, row)
        row.role = role
        door.record("role", row.name)


@operation
def leave(actor: UserId, group_id: GroupId) -> None:
    """Leave a group: my history stays, and I am shown until I am even. The last administrator cannot."""
    with access.changing(actor, group_id, role="viewer", archived=True) as door:
        _refuse_last(door, door.me)
        door.me.deactivated_at = door.now
        door.record("left", door.me.name)
        door.topics.add(news.of_user(actor))


@operation
def remove(actor: UserId, group_id: GroupId, member_id: MemberId) -> None:
    """Deactivate a member: they lose access at once, their history stays, and they are shown until even."""
    with access.changing(actor, group_id, role="administrator") as door:
        row = door.member(member_id)
        if row.deactivated_at is not None:
            raise Conflict(N_("{name} was removed already."), name=row.name)
        _refuse_last(door, row)
        row.deactivated_at = door.now
        door.record("removed", row.name)
        if row.user_id is not None:
            door.topics.add(news.of_user(row.user_id))


@operation
def take_back(actor: UserId, group_id: GroupId, member_id: MemberId) -> None:
    """Make a removed member active again, with the access they had."""
    with access.changing(actor, group_id, role="administrator") as door:
        row = door.member(member_id)
        if row.deactivated_at is not None:
            _refuse_taken(door, row.name, but=member_id)
            _refuse_crowd(door)
            row.deactivated_at = None
            door.record("returned", row.name)


def _refuse_taken(door: access.Door, name: str, *, but: MemberId | None = None) -> None:
    rows = select(MemberRow.id, MemberRow.name).where(
        MemberRow.group_id == door.group.id, MemberRow.deactivated_at.is_(None)
    )
    # Compared here and not in SQL: SQLite folds the case of ASCII letters only.
    if any(text.key(row.name) == text.key(name) and row.id != but for row in door.session.execute(rows)):
        raise Invalid(N_("Somebody here is called {name} already. Add an initial."), field="name", name=name)


def _refuse_crowd(door: access.Door) -> None:
    active = (
        select(func.count())
        .select_from(MemberRow)
        .where(MemberRow.group_id == door.group.id, MemberRow.deactivated_at.is_(None))
    )
    if (door.session.scalar(active) or 0) >= MOST:
        raise Invalid(N_("A group can have {n} people at most."), field="name", n=MOST)


def _refuse_last(door: access.Door, row: MemberRow) -> None:
    """Refuse to take away the last administrator who has access, whoever that is."""
    if row.role != "administrator" or row.user_id is None:
        return
    others = (
        select(func.count())
        .select_from(MemberRow)
        .where(
            MemberRow.group_id == door.group.id,
            MemberRow.deactivated_at.is_(None),
            MemberRow.role == "administrator",
            MemberRow.user_id.is_not(None),
            MemberRow.id != row.id,
        )
    )
    if not door.session.scalar(others):
        raise Invalid(N_("Make somebody else administrator first, or delete the group."))
