"""Who acts: visitors, their devices, and their way in."""

from dataclasses import dataclass
from datetime import datetime

from mycount.domain.ids import GroupId, SessionId, UserId


@dataclass(frozen=True)
class Visitor:
    """Whoever holds a session: an account, or a guest (no e-mail yet)."""

    user_id: UserId
    session_id: SessionId
    name: str
    email: str | None
    language: str | None
    theme: str
    is_administrator: bool

    @property
    def is_guest(self) -> bool:
        """Whether this is somebody without an account, known on this device only."""
        return self.email is None


@dataclass(frozen=True)
class Entered:
    """Somebody may come in: the ticket is exchanged for a session cookie once, within a minute."""

    user_id: UserId
    ticket: str


@dataclass(frozen=True)
class Closing:
    """What closing an account would mean for groups, each with its name.

    `orphaned` have others in them whom nobody would administer any more: they keep the account from being closed.
    `ending` would have nobody left who can open them, and are deleted with it.
    """

    orphaned: tuple[tuple[GroupId, str], ...]
    ending: tuple[tuple[GroupId, str], ...]


@dataclass(frozen=True)
class Device:
    """One open session of a user."""

    session_id: SessionId
    device: str
    created_at: datetime
    seen_at: datetime
