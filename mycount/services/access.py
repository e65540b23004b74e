"""The only doors to the database: a transaction, reading in a group, and changing a group.

`changing` begins with one UPDATE of the group's row: it puts the writers of one group in order (each sees what
the one before has done), takes the write lock before anything is read, and stamps the group. Strangers get
NotFound, so that nobody learns what exists.
"""

import logging
import sqlite3
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any, ClassVar, Literal

from sqlalchemy import BindParameter, ColumnElement, bindparam, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningUpdate

from mycount.db.columns import Key
from mycount.db.session import Database
from mycount.db.tables import GroupRow, MemberRow
from mycount.domain.errors import Invalid, NotAllowed, NotFound, Refusal, Unavailable
from mycount.domain.ids import GroupId, UserId
from mycount.domain.words import N_
from mycount.services import news, shared
from mycount.services.doors import Door as Door
from mycount.services.doors import Place
from mycount.services.doors import Transaction as Transaction
from mycount.services.policy import Policy

Role = Literal["administrator", "member", "viewer"]
Tell = Callable[[Session, Collection[str]], object]
RANK: dict[str, int] = {"viewer": 0, "member": 1, "administrator": 2}
_log = logging.getLogger(__name__)


class _Open:  # by `start`; one for the process
    database: Database | None = None
    policy: Policy | None = None
    tell: ClassVar[Tell] = lambda *_: None
    lock = threading.Lock()


def start(database: Database, policy: Policy, tell: Tell = lambda *_: None) -> None:
    """Let the services use a database, under the rules given; `tell` lets others know of news, in its transaction."""
    shared.forget()
    with _Open.lock:
        _Open.database, _Open.policy, _Open.tell = database, policy, tell


def stop() -> None:
    """Take the database away again; calls from now on are refused as Unavailable."""
    with _Open.lock:
        _Open.database = _Open.policy = None


def policy() -> Policy:
    """Give the rules of this installation."""
    if _Open.policy is None:
        raise Unavailable(_STARTING)
    return _Open.policy


@contextmanager
def transaction() -> Iterator[Transaction]:
    """Open a transaction that may write, outside of any group. Announces its topics after the commit."""
    with _refusals(), _database().writing() as session:
        door = Transaction(session, datetime.now(UTC))
        yield door
        _Open.tell(door.session, door.topics)
    news.announce_all(door.topics)


@contextmanager
def glance() -> Iterator[Transaction]:
    """Open a transaction that only reads, outside of any group."""
    with _refusals(), _database().reading() as session:
        yield Transaction(session, datetime.now(UTC))


@contextmanager
def reading(actor: UserId, group_id: GroupId) -> Iterator[Door]:
    """Open a transaction that only reads, in a group of which the actor is a member."""
    with _refusals(), _database().reading() as session:
        door = Transaction(session, datetime.now(UTC))
        row = door.run(_STANDING, {"group": group_id, "actor": actor}).one_or_none()
        if row is None:
            raise NotFound(_NO_GROUP)
        yield _inside(door, group_id, row[-2:], row[:-2])


@contextmanager
def changing(
    actor: UserId, group_id: GroupId, *, role: Role = "member", deleted: bool = False, archived: bool = False
) -> Iterator[Door]:
    """Open a transaction that changes a group, for a member with at least this role.

    `deleted` opens a deleted group (to restore it) instead of a living one; `archived` admits an archived one
    too. The group's listeners and members hear of it after the commit.
    """
    with _refusals(), _database().writing() as session:
        door = Transaction(session, datetime.now(UTC))
        who = {"group": group_id, "actor": actor}
        group = door.run(_STAMPS[deleted], {**who, "now": door.now}).one_or_none()
        me = door.run(_ME, who).one_or_none() if group else None
        if group is None or me is None:  # a stranger, or removed by somebody for whom this had to wait
            raise NotFound(_NO_GROUP)
        _admit(group.archived_at is not None, me.role, role, archived)
        door = _inside(door, group_id, (me.id, me.usual), group)
        yield door
        if door.undone:
            return
        door.tell_group(group_id)
        _Open.tell(door.session, door.topics)
    news.announce_all(door.topics)


def membership(actor: UserId | BindParameter[Any]) -> tuple[ColumnElement[bool], ...]:
    """Give the conditions on a member's row for being the actor's place in a group, with access to it."""
    # Without the second, nobody (None) would be everybody who is there by name alone.
    return MemberRow.user_id == actor, MemberRow.user_id.is_not(None), MemberRow.deactivated_at.is_(None)


def _inside(door: Transaction, group_id: GroupId, me: Sequence[Any], place: Sequence[Any]) -> Door:
    member_id, usual = me
    return Door(
        door.session,
        door.now,
        group_id=group_id,
        my_id=member_id,
        my_usual=usual or {},
        place=Place(*place),
    )


def _stamp(*, deleted: bool) -> ReturningUpdate[Any]:
    mine = select(MemberRow.group_id).where(MemberRow.group_id == _GROUP, *membership(_ACTOR))
    alive = GroupRow.deleted_at.is_not(None) if deleted else GroupRow.deleted_at.is_(None)
    return (
        update(GroupRow)
        .where(GroupRow.id == _GROUP, alive, GroupRow.id.in_(mine))
        .values(changed_at=bindparam("now"), version=GroupRow.version + 1)
        .returning(*_PLACE)
    )


# Statements are built once: building one takes several times as long as the database takes to answer it.
_GROUP: BindParameter[Any] = bindparam("group", type_=Key())
_ACTOR: BindParameter[Any] = bindparam("actor", type_=Key())
_PLACE = [getattr(GroupRow, column.name) for column in fields(Place)]
_STAMPS = {deleted: _stamp(deleted=deleted) for deleted in (False, True)}
_ME = select(MemberRow.id, MemberRow.role, MemberRow.usual).where(
    MemberRow.group_id == _GROUP, *membership(_ACTOR)
)
_STANDING = (
    select(*_PLACE, MemberRow.id, MemberRow.usual)
    .join(MemberRow, MemberRow.group_id == GroupRow.id)
    .where(GroupRow.id == _GROUP, GroupRow.deleted_at.is_(None), *membership(_ACTOR))
)

_NO_GROUP = N_("There is no such group, or you are not in it.")
_STARTING = N_("MyCount is starting. Please try again in a moment.")
_AWAY = N_("The database does not answer right now. Nothing is lost: please try again in a moment.")
_MISFIT = N_("That does not fit with what is stored already. Reload the page and try again.")


def _database() -> Database:
    if _Open.database is None:
        raise Unavailable(_STARTING)
    return _Open.database


def _admit(is_archived: bool, mine: str, role: Role, archived: bool) -> None:
    if RANK[mine] < RANK[role]:
        raise NotAllowed(
            N_("Only administrators of the group can do that. Ask one of them.")
            if role == "administrator" and mine == "member"
            else N_("You can look at this group, but not change it. Ask an administrator of the group.")
        )
    if is_archived and not archived:
        raise Invalid(N_("This group is archived. An administrator can bring it back, under More."))


@contextmanager
def _refusals() -> Iterator[None]:
    """Turn what a database says into words for a person; what it said goes to the log, without any values."""
    try:
        yield
    except IntegrityError as error:
        _log.error("integrity_error", extra={"constraint": _constraint(error)})
        raise Invalid(_MISFIT) from error
    except (OperationalError, InterfaceError, PoolTimeoutError) as error:
        if _is_our_fault(error):
            raise
        _log.error("database_unavailable", extra={"reason": type(error).__name__})
        raise Unavailable(_AWAY) from error
    except DBAPIError as error:
        if not error.connection_invalidated:
            raise
        _log.error("database_unavailable", extra={"reason": type(error).__name__})
        raise Unavailable(_AWAY) from error
    except StatementError as error:
        if isinstance(error.orig, Refusal):  # of a column: the value never came to the database
            raise error.orig from error
        raise


def _is_our_fault(error: Exception) -> bool:
    """Say whether the database is there and understood, but cannot do what it was asked for: trying again is no use."""
    said = getattr(error, "orig", None)
    code = str(getattr(said, "pgcode", None) or "")
    # "Too many of something" of PostgreSQL, and whatever SQLite has no better name for: no such table, too many values.
    return code.startswith("54") or getattr(said, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR


def _constraint(error: IntegrityError) -> str:
    diagnosis = getattr(error.orig, "diag", None)
    return str(getattr(diagnosis, "constraint_name", None) or error.orig)[:200]
