"""How a session begins and ends inside a transaction of some service: with a ticket, and with news."""

from datetime import timedelta

from sqlalchemy import ColumnElement, delete

from mycount.db.tables import SessionRow
from mycount.domain import text
from mycount.domain.ids import UserId
from mycount.services import access, news, tokens

LIFE = timedelta(minutes=1)


def begin(door: access.Transaction, user_id: UserId, device: str) -> str:
    """Add a session that waits for its ticket to be redeemed; gives the ticket, good for a minute."""
    ticket = tokens.new()
    door.session.add(
        SessionRow(
            user_id=user_id,
            ticket_hash=tokens.hashed(ticket),
            ticket_expires_at=door.now + LIFE,
            device=text.line(device[:200], limit=400, field="device", optional=True)[:80],
            created_at=door.now,
            seen_at=door.now,
        )
    )
    return ticket


def end(door: access.Transaction, *which: ColumnElement[bool]) -> int:
    """End the sessions that meet all conditions; their pages hear of it after the commit. Gives how many."""
    ended = door.session.scalars(delete(SessionRow).where(*which).returning(SessionRow.id)).all()
    door.topics.update(news.of_session(session_id) for session_id in ended)
    return len(ended)
