"""The only doors to the database: a transaction, reading in a group, and changing a group.

`changing` begins with one UPDATE of the group's row: it puts the writers of one group in order (each sees what
the one before has done), takes the write lock before anything is read, and stamps the group. Strangers get
NotFound, so that nobody learns what exists.
"""

import logging
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import ClassVar, Literal

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningUpdate

from mycount.db.session import Database
from mycount.db.tables import EventRow, GroupRow, MemberRow
from mycount.domain.errors import Invalid, NotAllowed, NotFound, Refusal, Unavailable
from mycount.domain.ids import ExpenseId, GroupId, MemberId, UserId
from mycount.domain.words import N_
from mycount.services import news, shared
from mycount.services.policy import Policy

Role = Literal["administrator", "member", "viewer"]
Tell = Callable[[Session, Collection[str]], object]
RANK: dict[str, int] = {"viewer": 0, "member": 1, "administrator": 2}
_log = logging.getLogger(__name__)


@dataclass
class Transaction:
    """One transaction: its session, its moment, and the topics to announce once it is committed."""

    session: Session
    now: datetime
    topics: set[str] = field(default_factory=set)

    def tell_group(self, group_id: GroupId) -> None:
        """Announce after the commit that a group has changed: to whoever shows it, and to its users' other pages."""
        users = select(MemberRow.user_id).where(
            MemberRow.group_id == group_id, MemberRow.user_id.is_not(None)
        )
        self.topics.add(news.of_group(group_id))
        self.topics.update(news.of_user(user) for user in self.session.scalars(users) if user is not None)


@dataclass
class Door(Transaction):
    """A transaction inside one group, opened by one of its members."""

    group: GroupRow = field(kw_only=True)
    me: MemberRow = field(kw_only=True)
    undone: bool = False

    def undo(self) -> None:
        """Leave everything as it was, and tell nobody: there was nothing to change after all."""
        self.session.rollback()
        self.undone = True

    def record(
        self,
        verb: str,
        subject: str = "",
        *,
        expense_id: ExpenseId | None = None,
        amount: int | None = None,
        currency: str | None = None,
    ) -> None:
        """Write into the group's history that this member did something."""
        self.session.add(
            EventRow(
                group_id=self.group.id,
                member_id=self.me.id,
                at=self.now,
                verb=verb,
                subject=subject[:200],
                expense_id=expense_id,
                amount=amount,
                currency=currency,
            )
        )

    def member(self, member_id: MemberId) -> MemberRow:
        """Give a member of this group; NotFound for any other."""
        row = self.session.get(MemberRow, member_id)
        if row is None or row.group_id != self.group.id:
            raise NotFound(N_("There is no such person in this group."))
        return row


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
        row = session.execute(
            select(GroupRow, MemberRow)
            .join(MemberRow, MemberRow.group_id == GroupRow.id)
            .where(GroupRow.id == group_id, GroupRow.deleted_at.is_(None), *membership(actor))
        ).one_or_none()
        if row is None:
            raise NotFound(_NO_GROUP)
        yield Door(session, datetime.now(UTC), group=row[0], me=row[1])


@contextmanager
def changing(
    actor: UserId, group_id: GroupId, *, role: Role = "member", deleted: bool = False, archived: bool = False
) -> Iterator[Door]:
    """Open a transaction that changes a group, for a member with at least this role.

    `deleted` opens a deleted group (to restore it) instead of a living one; `archived` admits an archived one
    too. The group's listeners and members hear of it after the commit.
    """
    with _refusals(), _database().writing() as session:
        now = datetime.now(UTC)
        group = session.scalars(_stamp(actor, group_id, now, deleted=deleted)).one_or_none()
        if group is None:
            raise NotFound(_NO_GROUP)
        mine = select(MemberRow).where(MemberRow.group_id == group_id, *membership(actor))
        me = session.scalars(mine).one_or_none()
        if me is None:  # removed by somebody for whom this had to wait
            raise NotFound(_NO_GROUP)
        _admit(group, me, role, archived)
        door = Door(session, now, group=group, me=me)
        yield door
        if door.undone:
            return
        door.tell_group(group_id)
        _Open.tell(door.session, door.topics)
    news.announce_all(door.topics)


def membership(actor: UserId) -> tuple[ColumnElement[bool], ...]:
    """Give the conditions on a member's row for being the actor's place in a group, with access to it."""
    # Without the second, nobody (None) would be everybody who is there by name alone.
    return MemberRow.user_id == actor, MemberRow.user_id.is_not(None), MemberRow.deactivated_at.is_(None)


_NO_GROUP = N_("There is no such group, or you are not in it.")
_STARTING = N_("MyCount is starting. Please try again in a moment.")
_AWAY = N_("The database does not answer right now. Nothing is lost: please try again in a moment.")
_MISFIT = N_("That does not fit with what is stored already. Reload the page and try again.")


def _database() -> Database:
    if _Open.database is None:
        raise Unavailable(_STARTING)
    return _Open.database


def _stamp(actor: UserId, group_id: GroupId, now: datetime, *, deleted: bool) -> ReturningUpdate[GroupRow]:
    mine = select(MemberRow.group_id).where(MemberRow.group_id == group_id, *membership(actor))
    alive = GroupRow.deleted_at.is_not(None) if deleted else GroupRow.deleted_at.is_(None)
    return (
        update(GroupRow)
        .where(GroupRow.id == group_id, alive, GroupRow.id.in_(mine))
        .values(changed_at=now, version=GroupRow.version + 1)
        .returning(GroupRow)
    )


def _admit(group: GroupRow, me: MemberRow, role: Role, archived: bool) -> None:
    if RANK[me.role] < RANK[role]:
        raise NotAllowed(
            N_("Only administrators of the group can do that. Ask one of them.")
            if role == "administrator" and me.role == "member"
            else N_("You can look at this group, but not change it. Ask an administrator of the group.")
        )
    if group.archived_at is not None and not archived:
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


def _constraint(error: IntegrityError) -> str:
    diagnosis = getattr(error.orig, "diag", None)
    return str(getattr(diagnosis, "constraint_name", None) or error.orig)[:200]
