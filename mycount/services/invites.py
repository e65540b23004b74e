"""Invites: one-time links into a group. Whoever presses first is in; opening a link uses nothing up."""

import secrets
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import aliased

from mycount.db.tables import EventRow, GroupRow, InviteRow, MemberRow, UserRow
from mycount.domain import text
from mycount.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from mycount.domain.ids import GroupId, InviteId, MemberId, UserId
from mycount.domain.words import N_
from mycount.services import access, rosters, seats, tickets, tokens
from mycount.services.operation import operation
from mycount.services.views import Admission, InviteState, InviteView, NewInvite, Offer, Role

LONGEST = timedelta(days=365)

_UNKNOWN = N_("This invite link is not valid. Check that it was copied whole, or ask for a new one.")
_STATES = {
    "used": N_("This invite link was used already. Ask for a new one."),
    "expired": N_("This invite link has expired. Ask for a new one."),
    "revoked": N_("This invite link was taken back. Ask for a new one."),
}


@operation
def make(
    actor: UserId,
    group_id: GroupId,
    *,
    role: Role = "member",
    label: str = "",
    valid_for: timedelta | None = None,
    member_id: MemberId | None = None,
) -> NewInvite:
    """Make a link that lets one person in: somebody new, or exactly one member who has no account yet.

    Refuses: a role above one's own, a member who has an account, a validity of nothing or over a year.
    """
    label = text.line(label, limit=80, field="label", optional=True)
    valid_for = access.policy().invite_life if valid_for is None else valid_for
    if not timedelta(0) < valid_for <= LONGEST:
        raise Invalid(N_("An invite can be valid for a year at most."), field="valid_for")
    seed = secrets.token_bytes(32)
    token = tokens.derived(access.policy().secret_key, seed)
    if role not in access.RANK:
        raise Invalid(N_("Choose one of the roles."), field="role")
    with access.changing(actor, group_id) as door:
        if role == "administrator" and door.me.role != "administrator":
            raise NotAllowed(N_("Only administrators can invite administrators."), field="role")
        if member_id is not None:
            role = _place(door, member_id)
        row = InviteRow(
            group_id=group_id,
            seed=seed,
            token_hash=tokens.hashed(token),
            role=role,
            label=label,
            member_id=member_id,
            created_by=door.me.id,
            created_at=door.now,
            expires_at=door.now + valid_for,
        )
        door.session.add(row)
        door.session.flush()
        return NewInvite(row.id, token, row.expires_at)


@operation
def listed(
    actor: UserId, group_id: GroupId, *, before: InviteId | None = None, limit: int = 50
) -> tuple[InviteView, ...]:
    """List the group's invites, the newest first, open ones with their link's token; `before` continues a list.

    A viewer may not invite, and sees no tokens; nor does a member see those that make administrators.
    """
    with access.reading(actor, group_id) as door:
        maker, place, user = aliased(MemberRow), aliased(MemberRow), aliased(MemberRow)
        beyond = [InviteRow.id < before] if before is not None else []
        rows = door.session.execute(
            select(InviteRow, maker.name, place.name, user.name)
            .join(maker, maker.id == InviteRow.created_by)
            .outerjoin(place, place.id == InviteRow.member_id)
            .outerjoin(user, user.id == InviteRow.used_by)
            .where(InviteRow.group_id == group_id, *beyond)
            .order_by(InviteRow.id.desc())
            .limit(limit)
        )
        return tuple(_listed(door, *row) for row in rows)


@operation
def revoke(actor: UserId, group_id: GroupId, invite_id: InviteId) -> None:
    """Take an open invite back: its own maker or an administrator may. Its link lets nobody in any more."""
    with access.changing(actor, group_id) as door:
        row = door.session.get(InviteRow, invite_id)
        if row is None or row.group_id != group_id:
            raise NotFound(N_("There is no such invite."))
        if door.me.role != "administrator" and row.created_by != door.me.id:
            raise NotAllowed(N_("Only whoever made this invite or an administrator can take it back."))
        if row.used:
            raise Conflict(_STATES["used"])
        row.revoked_at = row.revoked_at or door.now


@operation
def look(token: str) -> Offer:
    """Say who invites to what, for whoever has the link. Uses nothing up; NotFound for an unknown link."""
    with access.glance() as door:
        row = door.session.execute(
            select(InviteRow, GroupRow, MemberRow.name)
            .join(GroupRow, GroupRow.id == InviteRow.group_id)
            .join(MemberRow, MemberRow.id == InviteRow.created_by)
            .where(InviteRow.token_hash == tokens.hashed(token), GroupRow.deleted_at.is_(None))
        ).one_or_none()
        if row is None:
            raise NotFound(_UNKNOWN)
        invite, group, maker = row
        state = _state(invite, door)
        members = (
            door.session.scalars(
                select(MemberRow)
                .where(MemberRow.group_id == group.id, MemberRow.deactivated_at.is_(None))
                .order_by(MemberRow.id)
            ).all()
            if state == "open"
            else ()
        )
        return Offer(
            group_id=group.id,
            group_name=group.name,
            group_icon=group.icon,
            invited_by=maker,
            role=rosters.as_role(invite.role),
            people=len(members),
            state=state,
            member_name=next((member.name for member in members if member.id == invite.member_id), None),
            free=tuple((m.id, m.name) for m in members if m.user_id is None and invite.member_id is None),
        )


@operation
def accept(
    token: str,
    *,
    actor: UserId | None = None,
    name: str = "",
    member_id: MemberId | None = None,
    device: str = "",
) -> Admission:
    """Join by an invite: as the member it is made for, as the free member chosen, or as somebody new by `name`.

    Without an actor a guest is made, and a ticket for their session given. Of two who press at the same moment
    exactly one is in; the other gets Conflict, as does whoever is in the group already.
    """
    with access.transaction() as door:
        group_id = _lock(door, token)
        _refuse_member(door, group_id, actor)
        invite = _use(door, token)
        member = seats.take(door, invite, actor, member_id, name)
        door.session.flush()
        invite.used_by = member.id
        door.session.add(
            EventRow(group_id=group_id, member_id=member.id, at=door.now, verb="joined", subject=member.name)
        )
        door.tell_group(group_id)
        assert member.user_id is not None
        ticket = None if actor else tickets.begin(door, member.user_id, device)
        return Admission(group_id, member.id, member.user_id, ticket)


def _place(door: access.Door, member_id: MemberId) -> Role:
    """Check that a member can be handed over: nobody with an account. Gives their role, which they keep."""
    row = door.member(member_id)
    email = (
        door.session.scalar(select(UserRow.email).where(UserRow.id == row.user_id)) if row.user_id else None
    )
    if email is not None:
        raise Invalid(N_("{name} has an account and can sign in with it."), field="member", name=row.name)
    if row.deactivated_at is not None:
        raise Invalid(N_("{name} was removed. Take them back first."), field="member", name=row.name)
    if row.role == "administrator" and door.me.role != "administrator":
        raise NotAllowed(N_("Only administrators can invite administrators."), field="member")
    if row.user_id is not None and door.me.role != "administrator":
        raise NotAllowed(N_("{name} is here already. An administrator can let them in again."), name=row.name)
    return rosters.as_role(row.role)


def _lock(door: access.Transaction, token: str) -> GroupId:
    """Take the group's row first, as every change of a group does, so that nobody waits in a circle."""
    of_token = select(InviteRow.group_id).where(InviteRow.token_hash == tokens.hashed(token))
    group = door.session.scalars(
        update(GroupRow)
        .where(GroupRow.id.in_(of_token), GroupRow.deleted_at.is_(None))
        .values(changed_at=door.now, version=GroupRow.version + 1)
        .returning(GroupRow)
    ).one_or_none()
    if group is None:
        raise NotFound(_UNKNOWN)
    if group.archived_at is not None:
        raise Invalid(N_("This group is archived. Ask whoever invited you to bring it back first."))
    return group.id


def _refuse_member(door: access.Transaction, group_id: GroupId, actor: UserId | None) -> None:
    if actor is None:
        return
    active = select(MemberRow.id).where(MemberRow.group_id == group_id, *access.membership(actor))
    if door.session.scalar(active) is not None:
        raise Conflict(N_("You are in this group already. The invite is still good for somebody else."))


def _use(door: access.Transaction, token: str) -> InviteRow:
    """Use the invite up in one conditional statement; whoever comes second is told so."""
    hashed = tokens.hashed(token)
    used = door.session.scalars(
        update(InviteRow)
        .where(
            InviteRow.token_hash == hashed,
            InviteRow.used.is_(False),
            InviteRow.revoked_at.is_(None),
            InviteRow.expires_at > door.now,
        )
        .values(used=True, used_at=door.now)
        .returning(InviteRow)
    ).one_or_none()
    if used is None:
        found = door.session.scalars(select(InviteRow).where(InviteRow.token_hash == hashed)).one()
        raise Conflict(_STATES[_state(found, door)])
    return used


def _state(row: InviteRow, door: access.Transaction) -> InviteState:
    if row.used:
        return "used"
    if row.revoked_at is not None:
        return "revoked"
    return "expired" if row.expires_at <= door.now else "open"


def _listed(door: access.Door, row: InviteRow, maker: str, place: str | None, user: str | None) -> InviteView:
    state = _state(row, door)
    token = tokens.derived(access.policy().secret_key, row.seed)
    allowed = door.me.role != "viewer" and access.RANK[row.role] <= access.RANK[door.me.role]
    # With another secret than when it was made the link cannot be shown again; whoever has it can still use it.
    shown = state == "open" and allowed and tokens.hashed(token) == row.token_hash
    return InviteView(
        id=row.id,
        label=row.label,
        role=rosters.as_role(row.role),
        member_name=place,
        created_by=maker,
        created_at=row.created_at,
        expires_at=row.expires_at,
        state=state,
        used=row.used,
        used_by=user,
        used_at=row.used_at,
        token=token if shown else None,
    )
