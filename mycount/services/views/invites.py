"""Invites: as made, as listed, as offered, as accepted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from mycount.domain.ids import GroupId, InviteId, MemberId, UserId
from mycount.services.views.groups import Role

InviteState = Literal["open", "used", "expired", "revoked"]


@dataclass(frozen=True)
class NewInvite:
    """An invite just made, with the token for its link."""

    id: InviteId
    token: str
    expires_at: datetime


@dataclass(frozen=True)
class InviteView:
    """An invite in the list of a group. `token` only while it is open."""

    id: InviteId
    label: str
    role: Role
    member_name: str | None
    created_by: str
    created_at: datetime
    expires_at: datetime
    state: InviteState
    used: bool
    used_by: str | None
    used_at: datetime | None
    token: str | None


@dataclass(frozen=True)
class Offer:
    """What somebody with an invite link is offered. `free` are members by name only, one of whom they may be."""

    group_id: GroupId
    group_name: str
    group_icon: str
    invited_by: str
    role: Role
    people: int
    state: InviteState
    member_name: str | None
    free: tuple[tuple[MemberId, str], ...]


@dataclass(frozen=True)
class Admission:
    """Somebody is in. `ticket` is there for a new guest, who has no session yet."""

    group_id: GroupId
    member_id: MemberId
    user_id: UserId
    ticket: str | None
