"""Users: making an account, signing in, becoming one after having been a guest, and changing what is one's own."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from mycount.db.tables import GroupRow, InstanceRow, MemberRow, SessionRow, UserRow
from mycount.domain import text
from mycount.domain.errors import Conflict, Invalid, NotFound
from mycount.domain.ids import GroupId, SessionId, UserId
from mycount.domain.words import N_
from mycount.services import access, emails, news, passwords, seats, tickets
from mycount.services.operation import operation
from mycount.services.views import Entered

THEMES = ("system", "light", "dark")

_log = logging.getLogger(__name__)
_TAKEN = N_("There is an account with this e-mail already. Sign in with it instead.")
_CLOSED = N_("New accounts are not open here. Ask somebody for an invite link.")
_NOT_CURRENT = N_("This is not your current password.")
_WRONG = N_("E-mail and password do not match an account. Check both and try again.")


@operation
def may_sign_up() -> bool:
    """Say whether anybody may make an account now: sign-up is open, or there is no account yet."""
    with access.glance() as door:
        return access.policy().sign_up == "open" or _is_first(door.session)


@operation
def may_keep() -> bool:
    """Say whether a guest may make an account of themselves (`keep`): unless accounts are closed here."""
    return access.policy().sign_up != "closed"


@operation
def is_new() -> bool:
    """Say whether there is no account yet, so that the next one administers this installation."""
    with access.glance() as door:
        return _is_first(door.session)


@passwords.slow
@operation
def sign_up(name: str, email: str, password: str, *, device: str = "") -> Entered:
    """Make an account and let its owner in. The first account administers the installation.

    Refuses: no name, an impossible or taken e-mail, a weak password, sign-up being closed.
    """
    name, email = text.line(name, limit=80, field="name"), emails.checked(email)
    if not may_sign_up():
        raise Invalid(_CLOSED)
    hashed = passwords.hashed(password, not_like=(name, email))
    with access.transaction() as door:
        user, is_first = _make(door, name, email, hashed)
        if not is_first and access.policy().sign_up != "open":  # somebody else was first, a moment ago
            raise Invalid(_CLOSED)
        return Entered(user.id, tickets.begin(door, user.id, device))


@passwords.slow
@operation
def sign_in(email: str, password: str, *, device: str = "") -> Entered:
    """Let the owner of an account in; the words are the same for a wrong password and an unknown account."""
    with access.glance() as door:
        user = door.session.scalars(select(UserRow).where(UserRow.email == emails.plain(email))).one_or_none()
    if not passwords.matches(password, user.password_hash if user else None) or user is None:
        _log.warning("sign_in_refused", extra={"known": user is not None})
        raise Invalid(_WRONG, field="password")
    assert user.password_hash is not None
    renewed = passwords.hashed(password) if passwords.is_outdated(user.password_hash) else user.password_hash
    with access.transaction() as door:
        kept = update(UserRow).where(UserRow.id == user.id, UserRow.password_hash == user.password_hash)
        if door.session.execute(kept.values(password_hash=renewed)).rowcount != 1:  # type: ignore[attr-defined]
            raise Invalid(_WRONG, field="password")
        return Entered(user.id, tickets.begin(door, user.id, device))


@passwords.slow
@operation
def keep(actor: UserId, email: str, password: str) -> None:
    """Give a guest an e-mail and a password: the same user from then on, on every device. Nothing is lost."""
    email = emails.checked(email)
    if not may_keep():
        raise Invalid(N_("New accounts are not open here. You stay in your groups on this device."))
    hashed = passwords.hashed(password, not_like=(email,))
    with access.transaction() as door:
        held = seats.take_turns(door, actor)
        _refuse_taken(door.session, email)
        became = (
            update(UserRow)
            .where(UserRow.id == actor, UserRow.email.is_(None), UserRow.closed_at.is_(None))
            .values(email=email, password_hash=hashed)
        )
        with _taken_meanwhile():
            changed: int = door.session.execute(became).rowcount  # type: ignore[attr-defined]
        if changed != 1:
            raise Conflict(N_("You have an account already."))
        _claim(door.session, actor)
        _tell_groups(door, actor, held)


@operation
def rename(actor: UserId, name: str) -> None:
    """Change the actor's name, also in the groups where they go by it and nobody else is called so."""
    name = text.line(name, limit=80, field="name")
    with access.transaction() as door:
        held = seats.take_turns(door, actor)
        user = seats.who_acts(door, actor)
        mine = select(MemberRow).where(
            MemberRow.user_id == actor, MemberRow.group_id.in_(held), MemberRow.name == user.name
        )
        for member in door.session.scalars(mine).all():
            if not seats.is_taken(door.session, member.group_id, name, but=member.id):
                member.name = name
        user.name = name
        _tell_groups(door, actor, held)


@passwords.slow
@operation
def change_password(actor: UserId, current: str, new: str, *, session_id: SessionId) -> None:
    """Change the password after checking the current one; every other session of the actor ends."""
    with access.glance() as door:
        user = _own(door.session, actor)
    if not passwords.matches(current, user.password_hash):
        raise Invalid(_NOT_CURRENT, field="current")
    hashed = passwords.hashed(new, not_like=(user.name, user.email or ""))
    with access.transaction() as door:
        kept = update(UserRow).where(UserRow.id == actor, UserRow.password_hash == user.password_hash)
        if door.session.execute(kept.values(password_hash=hashed)).rowcount != 1:  # type: ignore[attr-defined]
            raise Invalid(_NOT_CURRENT, field="current")
        tickets.end(door, SessionRow.user_id == actor, SessionRow.id != session_id)


@operation
def change_look(actor: UserId, *, theme: str | None = None, language: str | None = None) -> None:
    """Remember the actor's theme ("system", "light", "dark") and language (a locale code, "" for the browser's)."""
    if theme is not None and theme not in THEMES:
        raise Invalid(N_("Choose one of the themes."), field="theme")
    with access.transaction() as door:
        user = seats.who_acts(door, actor)
        user.theme = theme or user.theme
        if language is not None:
            user.language = text.line(language, limit=16, field="language", optional=True) or None
        door.topics.add(news.of_user(actor))


@passwords.slow
@operation
def reset_password(email: str, new: str) -> None:
    """Set the password of an account, for whoever runs the server; all its sessions end."""
    hashed = passwords.hashed(new, not_like=(email,))
    with access.transaction() as door:
        user = door.session.scalars(select(UserRow).where(UserRow.email == emails.plain(email))).one_or_none()
        if user is None:
            raise NotFound(N_("There is no account with this e-mail."))
        user.password_hash = hashed
        tickets.end(door, SessionRow.user_id == user.id)


@passwords.slow
@operation
def add(name: str, email: str, password: str) -> UserId:
    """Make an account for somebody, for whoever runs the server; works while sign-up is closed."""
    name, email = text.line(name, limit=80, field="name"), emails.checked(email)
    hashed = passwords.hashed(password, not_like=(name, email))
    with access.transaction() as door:
        return _make(door, name, email, hashed)[0].id


def _own(session: Session, actor: UserId) -> UserRow:
    user = session.get(UserRow, actor) if actor else None  # nobody may ask, too
    if user is None or user.closed_at is not None:
        raise NotFound(N_("Please sign in again."))
    return user


def _refuse_taken(session: Session, email: str) -> None:
    if session.scalar(select(UserRow.id).where(UserRow.email == email)) is not None:
        raise Invalid(_TAKEN, field="email")


@contextmanager
def _taken_meanwhile() -> Iterator[None]:
    """Say the same as `_refuse_taken` where somebody else was first, a moment ago."""
    try:
        yield
    except IntegrityError as error:
        raise Invalid(_TAKEN, field="email") from error


def _is_first(session: Session) -> bool:
    accounts = select(func.count()).select_from(UserRow).where(UserRow.email.is_not(None))
    return not session.scalar(accounts)


def _make(door: access.Transaction, name: str, email: str, hashed: str) -> tuple[UserRow, bool]:
    """Make an account; says whether it is the one that administers the installation."""
    _refuse_taken(door.session, email)
    user = UserRow(name=name, email=email, password_hash=hashed, theme="system", created_at=door.now)
    door.session.add(user)
    with _taken_meanwhile():
        door.session.flush()
    return user, _claim(door.session, user.id)


def _claim(session: Session, user_id: UserId) -> bool:
    """Make this account the administrator of the installation if there is none: one statement, one winner."""
    free = update(InstanceRow).where(InstanceRow.administrator_id.is_(None))
    claimed = session.scalars(free.values(administrator_id=user_id).returning(InstanceRow.id))
    return claimed.one_or_none() is not None


def _tell_groups(door: access.Transaction, actor: UserId, held: set[GroupId]) -> None:
    """Stamp and announce the groups that were held before the user was: others might wait in a circle."""
    door.topics.add(news.of_user(actor))
    stamped = update(GroupRow).where(GroupRow.id.in_(held))
    door.session.execute(stamped.values(version=GroupRow.version + 1))
    for group_id in held:
        door.tell_group(group_id)
