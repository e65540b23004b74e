"""The people and groups that tests are about, made in one line each, and what is watched about them."""

import itertools
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from sqlalchemy import Executable, delete, insert, select, update

from mycount.db.session import Database
from mycount.db.tables import Base, GroupRow, SessionRow, UserRow
from mycount.domain.errors import Refusal
from mycount.domain.ids import ExpenseId, GroupId, MemberId, UserId
from mycount.domain.ledger import Kind
from mycount.domain.split import Mode
from mycount.services import (
    access,
    balances,
    books,
    expenses,
    groups,
    invites,
    members,
    news,
    passwords,
    sessions,
    tickets,
)
from mycount.services.policy import Policy
from mycount.services.views import Draft, ExpenseView, GroupView, MemberView, Role, Visitor

SECRET = b"only for tests, and long enough to be one"
PASSWORD = "correct horse battery"

Snapshot = dict[str, list[tuple[Any, ...]]]

_keys = itertools.count(1)


@dataclass(frozen=True)
class Scene:
    """A group, who made it, its members by name, and those of them who can act."""

    id: GroupId
    owner: UserId
    members: dict[str, MemberId]
    users: dict[str, UserId] = field(default_factory=dict)

    def see(self, name: str | None = None) -> GroupView:
        """Give the group as its owner, or whoever is named, sees it now."""
        return groups.see(self.users[name] if name else self.owner, self.id)

    def member(self, name: str) -> MemberView:
        """Give a member as they are shown now."""
        return self.see().named(self.members[name])

    def shown(self) -> list[str]:
        """Name the members that are shown now, in order."""
        return [member.name for member in self.see().members]

    def balance(self, name: str, currency: str = "EUR") -> int:
        """Give a member's balance now, checked against the lines that make it."""
        why = balances.why(self.owner, self.id, self.members[name], currency, limit=10_000)
        assert sum(line.effect for line in why.page.lines) == why.money.amount
        return why.money.amount

    def balances(self, currency: str = "EUR") -> dict[str, int]:
        """Give the balances of everybody who has one, by name."""
        names = {member: name for name, member in self.members.items()}
        kept = (money for money in self.see().money if money.currency == currency)
        return {names[member]: balance for money in kept for member, balance in money.balances.items()}

    def draft(
        self,
        amount: int,
        payer: str | Mapping[str, int],
        people: list[str] | Mapping[str, int | str | Decimal] | None = None,
        **rest: object,
    ) -> Draft:
        """Write an expense by names: `people` is who shares it, or what is typed for each of them."""
        payers = {payer: amount} if isinstance(payer, str) else payer
        shared: Mapping[str, int | str | Decimal] = (
            people if isinstance(people, Mapping) else dict.fromkeys(people or self.members, 1)
        )
        values: dict[str, object] = {
            "title": "Dinner",
            "currency": "EUR",
            "mode": Mode.EQUAL,
            "kind": Kind.EXPENSE,
            "day": date(2026, 3, 14),
            "submit_key": f"key {next(_keys)}",
            **rest,
        }
        return Draft(
            amount=amount,
            payers={self.members[name]: part for name, part in payers.items()},
            typed={self.members[name]: Decimal(value) for name, value in shared.items()},
            **values,  # type: ignore[arg-type]
        )

    def payment(self, amount: int, payer: str, payee: str, **rest: object) -> Draft:
        """Write a payment by names."""
        return self.draft(amount, payer, {payee: amount}, kind=Kind.PAYMENT, title="", **rest)

    def add(
        self,
        amount: int,
        payer: str | Mapping[str, int],
        people: list[str] | Mapping[str, int | str | Decimal] | None = None,
        **rest: object,
    ) -> ExpenseId:
        """Add an expense written by names, as the owner."""
        return expenses.add(self.owner, self.id, self.draft(amount, payer, people, **rest))

    def pay(self, amount: int, payer: str, payee: str, **rest: object) -> ExpenseId:
        """Note a payment written by names, as the owner."""
        return expenses.add(self.owner, self.id, self.payment(amount, payer, payee, **rest))

    def expense(self, expense_id: ExpenseId) -> ExpenseView:
        """Give an expense as it is now."""
        return expenses.see(self.owner, self.id, expense_id)

    def parts(self, expense_id: ExpenseId) -> dict[str, int]:
        """Give the parts of an expense by names."""
        names = {member: name for name, member in self.members.items()}
        return {names[member]: part for member, part in self.expense(expense_id).parts.items()}


@dataclass(frozen=True)
class Account:
    """Somebody who has signed up with PASSWORD, and the token of their first device."""

    id: UserId
    email: str
    token: str


class World:
    """Makes people and groups in one database, and watches it."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def rules(self, **changed: Any) -> None:
        """Go on under other rules of the installation, as after a restart with other settings."""
        access.start(self.database, Policy(**{"secret_key": SECRET, **changed}))

    def user(self, name: str) -> UserId:
        """Make somebody who can act; without the cost of hashing a password."""
        with self.database.writing() as session:
            row = UserRow(name=name, theme="system", created_at=datetime.now(UTC))
            session.add(row)
            session.flush()
            return row.id

    def group(self, *names: str, currency: str = "EUR", owner: UserId | None = None) -> Scene:
        """Make a group whose first member is its administrator, the others being there by name."""
        first, *others = names or ("Ann", "Bo", "Cy")
        owner = owner or self.user(first)
        group_id = groups.create(owner, "Lisbon 2026", "sailing", currency, tuple(others))
        view = groups.see(owner, group_id)
        return Scene(group_id, owner, {member.name: member.id for member in view.members}, {first: owner})

    def join(self, scene: Scene, name: str, role: Role = "member") -> UserId:
        """Let somebody join by an invite: as the member of that name, or as a new one with the role."""
        member_id = scene.members.get(name)
        invite = invites.make(scene.owner, scene.id, role=role, member_id=member_id)
        admission = invites.accept(invite.token, name=name)
        scene.members[name] = admission.member_id
        scene.users[name] = admission.user_id
        if member_id is not None and role != "member":
            members.change_role(scene.owner, scene.id, member_id, role)
        return admission.user_id

    def run(self, statement: Executable, *values: dict[str, Any]) -> None:
        """Change the database behind the services' back: time that has passed, or a hand-made fault."""
        with self.database.writing() as session:
            session.execute(statement, list(values) or None)

    def account(self, name: str) -> Account:
        """Make somebody with PASSWORD, signed in on a first device; hashed once for all tests."""
        email = f"{name.lower()}@example.org"
        user_id = self.user(name)
        self.give_account(user_id, email)
        return Account(user_id, email, self.device(user_id, "Firefox"))

    def give_account(self, user_id: UserId, email: str) -> None:
        """Make a guest somebody with an account and PASSWORD, as `users.keep` does."""
        values = {"email": email, "password_hash": _password_hash()}
        self.run(update(UserRow).where(UserRow.id == user_id).values(values))

    def device(self, user_id: UserId, name: str = "") -> str:
        """Sign somebody in on one more device, without typing the password; gives the token."""
        with access.transaction() as door:
            ticket = tickets.begin(door, user_id, name)
        return self.redeemed(ticket)

    def redeemed(self, ticket: str | None, old_token: str | None = None) -> str:
        """Exchange a ticket for the token of a session."""
        assert ticket is not None
        token = sessions.redeem(ticket, old_token=old_token)
        assert token is not None
        return token

    def visitor(self, token: str) -> Visitor:
        """Give whoever holds an open session."""
        found = sessions.find(token)
        assert found is not None
        return found

    def users(self) -> int:
        """Count the users there are."""
        with self.database.reading() as session:
            return len(session.scalars(select(UserRow.id)).all())

    def snapshot(self) -> Snapshot:
        """Give everything that is stored, table by table."""
        with self.database.reading() as session:
            return {
                table.name: [
                    tuple(row) for row in session.execute(select(table).order_by(*table.primary_key))
                ]
                for table in Base.metadata.sorted_tables
            }

    def put_back(self, snapshot: Snapshot) -> None:
        """Make the database what it was, also after its references were broken by hand."""
        with self.database.writing() as session:
            for table in reversed(Base.metadata.sorted_tables):
                session.execute(delete(table))
            for table in Base.metadata.sorted_tables:
                names = [column.name for column in table.columns]
                if rows := snapshot[table.name]:
                    session.execute(insert(table), [dict(zip(names, row, strict=True)) for row in rows])

    @contextmanager
    def heard(self) -> Iterator[list[str]]:
        """Give a list that grows with the news of every group, user and session there is now."""
        with self.database.reading() as session:
            topics = [
                *map(news.of_group, session.scalars(select(GroupRow.id))),
                *map(news.of_user, session.scalars(select(UserRow.id))),
                *map(news.of_session, session.scalars(select(SessionRow.id))),
            ]
        told: list[str] = []
        stops = [news.listen(topic, told.append) for topic in topics]
        yield told
        for stop in stops:
            stop()

    @contextmanager
    def refused(self, kind: type[Refusal], words: str) -> Iterator[None]:
        """Expect a refusal of exactly this kind, in these words, that changes nothing and is told to nobody."""
        before = self.snapshot()
        with self.heard() as told, pytest.raises(kind) as caught:
            yield
        assert type(caught.value) is kind
        assert words in str(caught.value)
        assert self.snapshot() == before
        assert told == []


def assert_sound() -> None:
    """Assert that the audit finds nothing."""
    assert books.audit() == ()


@cache
def _password_hash() -> str:
    return passwords.hashed(PASSWORD)
