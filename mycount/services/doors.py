"""What an open transaction gives whoever works in it: its session, its moment, and who works in which group.

`run` is the short way for statements that are built once, at the top of a module: past the mapper, which takes
several times as long as the database. It sees nothing that waits in the session, and the session nothing of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, Executable, bindparam, insert, select
from sqlalchemy.orm import Session

from mycount.db.tables import EventRow, GroupRow, MemberRow
from mycount.domain.errors import NotFound
from mycount.domain.ids import ExpenseId, GroupId, MemberId, UserId
from mycount.domain.words import N_
from mycount.services import news

Values = Mapping[str, object]

_USERS = select(MemberRow.user_id).where(
    MemberRow.group_id == bindparam("group"), MemberRow.user_id.is_not(None)
)
_PEOPLE = select(MemberRow.id, MemberRow.name, MemberRow.role, MemberRow.deactivated_at).where(
    MemberRow.group_id == bindparam("group")
)
_EVENT = insert(EventRow)


@dataclass
class Transaction:
    """One transaction: its session, its moment, and the topics to announce once it is committed."""

    session: Session
    now: datetime
    topics: set[str] = field(default_factory=set)

    def run(
        self, statement: Executable, values: Values | Sequence[Values] | None = None
    ) -> CursorResult[*tuple[Any, ...]]:
        """Run a statement built of tables and columns, once for each of the values given."""
        return self.session.connection().execute(statement, values)

    @property
    def dialect(self) -> str:
        """The database's kind, where a statement must be written for each: "sqlite" or "postgresql"."""
        return self.session.get_bind().dialect.name

    def tell_group(self, group_id: GroupId) -> None:
        """Announce after the commit that a group has changed: to whoever shows it, and to its users' other pages."""
        self.session.flush()
        users = self.run(_USERS, {"group": group_id}).scalars()
        self.topics.add(news.of_group(group_id))
        self.topics.update(news.of_user(UserId(user)) for user in users)


@dataclass(frozen=True)
class Place:
    """A group, as its row says."""

    name: str
    icon: str
    currency: str
    version: int
    changed_at: datetime
    archived_at: datetime | None


@dataclass(frozen=True)
class Person:
    """A member of a group, as their row says."""

    name: str
    role: str
    is_active: bool


@dataclass
class Door(Transaction):
    """A transaction inside one group, opened by one of its members."""

    group_id: GroupId = field(kw_only=True)
    my_id: MemberId = field(kw_only=True)
    place: Place = field(kw_only=True)
    my_usual: dict[str, Any] = field(kw_only=True, default_factory=dict)
    undone: bool = False
    # Not cached_property: it has one lock for all transactions, and one that waits would hold up all others.
    _group: GroupRow | None = None
    _me: MemberRow | None = None
    _people: dict[MemberId, Person] | None = None

    @property
    def state(self) -> tuple[GroupId, int, datetime]:
        """Names what the group's rows say: whatever changes one of them gives the group another version."""
        return self.group_id, self.place.version, self.place.changed_at

    @property
    def group(self) -> GroupRow:
        """The group's row, to be changed; to read it, `place` is there already."""
        if self._group is None:
            self._group = self.session.get_one(GroupRow, self.group_id)
        return self._group

    @property
    def me(self) -> MemberRow:
        """The row of whoever opened this, to be changed."""
        if self._me is None:
            self._me = self.session.get_one(MemberRow, self.my_id)
        return self._me

    @property
    def people(self) -> dict[MemberId, Person]:
        """Everybody who is or was in the group, as it was when this was first asked for."""
        if self._people is None:
            rows = self.run(_PEOPLE, {"group": self.group_id})
            self._people = {
                MemberId(key): Person(name, role, deactivated is None)
                for key, name, role, deactivated in rows
            }
        return self._people

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
        values = {
            "group_id": self.group_id,
            "member_id": self.my_id,
            "at": self.now,
            "verb": verb,
            "subject": subject[:200],
            "expense_id": expense_id,
            "amount": amount,
            "currency": currency,
        }
        self.run(_EVENT, values)

    def member(self, member_id: MemberId) -> MemberRow:
        """Give a member of this group; NotFound for any other."""
        row = self.session.get(MemberRow, member_id)
        if row is None or row.group_id != self.group_id:
            raise NotFound(N_("There is no such person in this group."))
        return row
