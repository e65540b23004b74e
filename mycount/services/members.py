"""The people of a group: adding them by name, renaming, their roles, leaving, removing and taking back."""

from sqlalchemy import func, select, update

from mycount.db.tables import InviteRow, MemberRow
from mycount.domain import text
from mycount.domain.errors import Conflict, Invalid, NotAllowed
from mycount.domain.ids import GroupId, MemberId, UserId
from mycount.domain.words import N_
from mycount.services import access, seats
from mycount.services.operation import operation
from mycount.services.views import Role


@operation
def add(actor: UserId, group_id: GroupId, name: str) -> MemberId:
    """Add a person by name alone; they can be invited to take that place later.

    Refuses a name that somebody active has already (two people could not be told apart), and too many people.
    """
    name = text.line(name, limit=80, field="name")
    with access.changing(actor, group_id) as door:
        seats.refuse_taken(door.session, group_id, name)
        seats.refuse_crowd(door.session, group_id)
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
        seats.refuse_taken(door.session, group_id, name, but=member_id)
        row.name = name


@operation
def change_role(actor: UserId, group_id: GroupId, member_id: MemberId, role: Role) -> None:
    """Make a member administrator, member or viewer. One administrator with access always remains."""
    with access.changing(actor, group_id, role="administrator") as door:
        row = door.member(member_id)
        if role not in access.RANK:
            raise Invalid(N_("Choose one of the roles."), field="role")
        if row.role == "administrator" and role != "administrator":
            _refuse_last(door, row)
        if access.RANK[role] < access.RANK[row.role]:
            _revoke_invites(door, row)  # or they could come back by one of them with the role they had
        row.role = role
        door.record("role", row.name)


@operation
def leave(actor: UserId, group_id: GroupId) -> None:
    """Leave a group: my history stays, and I am shown until I am even. The last administrator cannot."""
    with access.changing(actor, group_id, role="viewer", archived=True) as door:
        _refuse_last(door, door.me)
        door.me.deactivated_at = door.now
        _revoke_invites(door, door.me)
        door.record("left", door.me.name)


@operation
def remove(actor: UserId, group_id: GroupId, member_id: MemberId) -> None:
    """Deactivate a member: they lose access at once, their history stays, and they are shown until even.

    Open invites that they made are taken back, or they could come back by one of them.
    """
    with access.changing(actor, group_id, role="administrator") as door:
        row = door.member(member_id)
        if row.deactivated_at is not None:
            raise Conflict(N_("{name} was removed already."), name=row.name)
        _refuse_last(door, row)
        row.deactivated_at = door.now
        _revoke_invites(door, row)
        door.record("removed", row.name)


@operation
def take_back(actor: UserId, group_id: GroupId, member_id: MemberId) -> None:
    """Make a removed member active again, with the access they had."""
    with access.changing(actor, group_id, role="administrator") as door:
        row = door.member(member_id)
        if row.deactivated_at is None:
            door.undo()
            return
        seats.refuse_taken(door.session, group_id, row.name, but=member_id)
        seats.refuse_crowd(door.session, group_id)
        row.deactivated_at = None
        door.record("returned", row.name)


def _revoke_invites(door: access.Door, row: MemberRow) -> None:
    made = update(InviteRow).where(
        InviteRow.created_by == row.id, InviteRow.used.is_(False), InviteRow.revoked_at.is_(None)
    )
    door.session.execute(made.values(revoked_at=door.now))


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
