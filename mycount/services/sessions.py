"""Sessions: one row for each device, so that they survive a restart and can be ended from elsewhere.

A page cannot set a cookie once it is open, so signing in gives a ticket, which the browser exchanges for the
cookie in a request of its own (`redeem`). The token is new at every sign-in.
"""

from datetime import datetime, timedelta

from sqlalchemy import or_, select, update

from mycount.db.tables import InstanceRow, SessionRow, UserRow
from mycount.domain.ids import SessionId, UserId
from mycount.services import access, tickets, tokens
from mycount.services.operation import operation
from mycount.services.views import Device, Visitor

_SEEN_EVERY = timedelta(hours=1)


@operation
def find(token: str) -> Visitor | None:
    """Give whoever holds this session token, or None when the session has ended or never was."""
    with access.glance() as door:
        row = door.session.execute(
            select(SessionRow, UserRow, InstanceRow.administrator_id)
            .join(UserRow, UserRow.id == SessionRow.user_id)
            .outerjoin(InstanceRow, InstanceRow.administrator_id == UserRow.id)
            .where(SessionRow.token_hash == tokens.hashed(token))
        ).one_or_none()
        if row is None or _is_over(row[0], door.now):
            return None
        visitor, stale = _visitor(row[0], row[1], row[2]), door.now - row[0].seen_at > _SEEN_EVERY
    if stale:
        _touch(visitor.session_id)
    return visitor


@operation
def redeem(ticket: str, *, old_token: str | None = None) -> str | None:
    """Exchange a ticket for a new session token; None if it was used, is too old, or never was.

    The session that the browser had before ends: a cookie planted there does not become somebody's.
    """
    token = tokens.new()
    with access.transaction() as door:
        found = door.session.scalars(
            update(SessionRow)
            .where(SessionRow.ticket_hash == tokens.hashed(ticket), SessionRow.ticket_expires_at > door.now)
            .values(token_hash=tokens.hashed(token), ticket_hash=None, ticket_expires_at=None)
            .returning(SessionRow.id)
        ).one_or_none()
        if found is None:
            return None
        if old_token:
            tickets.end(door, SessionRow.token_hash == tokens.hashed(old_token))
    return token


@operation
def end(token: str) -> None:
    """End the session that has this token (sign out); its open pages are told."""
    with access.transaction() as door:
        tickets.end(door, SessionRow.token_hash == tokens.hashed(token))


@operation
def end_one(actor: UserId, session_id: SessionId) -> None:
    """End one of the actor's own sessions."""
    with access.transaction() as door:
        tickets.end(door, SessionRow.user_id == actor, SessionRow.id == session_id)


@operation
def end_all(actor: UserId, *, but: SessionId | None = None) -> int:
    """End all sessions of the actor (sign out everywhere), except the one given; gives how many."""
    with access.transaction() as door:
        return tickets.end(door, SessionRow.user_id == actor, *([SessionRow.id != but] if but else []))


@operation
def mine(actor: UserId) -> tuple[Device, ...]:
    """List the actor's open sessions, the latest used first."""
    with access.glance() as door:
        rows = door.session.scalars(
            select(SessionRow)
            .where(SessionRow.user_id == actor, SessionRow.token_hash.is_not(None))
            .order_by(SessionRow.seen_at.desc(), SessionRow.id.desc())
        )
        return tuple(
            Device(row.id, row.device, row.created_at, row.seen_at)
            for row in rows
            if not _is_over(row, door.now)
        )


@operation
def clear_ended() -> int:
    """Remove the rows of sessions that are over, and of tickets that nobody took; gives how many."""
    rules = access.policy()
    with access.transaction() as door:
        return tickets.end(
            door,
            or_(
                SessionRow.seen_at < door.now - rules.session_idle,
                SessionRow.created_at < door.now - rules.session_life,
                SessionRow.ticket_expires_at < door.now - timedelta(days=1),
            ),
        )


def _is_over(row: SessionRow, now: datetime) -> bool:
    rules = access.policy()
    return now - row.seen_at > rules.session_idle or now - row.created_at > rules.session_life


def _touch(session_id: SessionId) -> None:
    with access.transaction() as door:
        door.session.execute(update(SessionRow).where(SessionRow.id == session_id).values(seen_at=door.now))


def _visitor(row: SessionRow, user: UserRow, administrator: UserId | None) -> Visitor:
    return Visitor(
        user_id=user.id,
        session_id=row.id,
        name=user.name,
        email=user.email,
        language=user.language,
        theme=user.theme,
        is_administrator=administrator is not None,
    )
