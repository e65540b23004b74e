"""The people and groups that tests are about, made in one line each."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy import select

from mycount.db.session import Database
from mycount.db.tables import UserRow
from mycount.domain.ids import GroupId, MemberId, UserId
from mycount.domain.ledger import Kind
from mycount.domain.split import Mode
from mycount.services import balances, books, expenses, groups, invites, members
from mycount.services.views import Draft, GroupView, Role

_keys = itertools.count(1)


@dataclass(frozen=True)
class Scene:
    """A group, who made it, and its members by name."""

    id: GroupId
    owner: UserId
    members: dict[str, MemberId]

    def see(self) -> GroupView:
        """Give the group as its owner sees it now."""
        return groups.see(self.owner, self.id)

    def balance(self, name: str, currency: str = "EUR") -> int:
        """Give a member's balance now, checked against the lines that make it."""
        why = balances.why(self.owner, self.id, self.members[name], currency, limit=10_000)
        assert sum(line.effect for line in why.page.lines) == why.money.amount
        return why.money.amount

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


class World:
    """Makes people and groups in one database."""

    def __init__(self, database: Database) -> None:
        self.database = database

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
        return Scene(group_id, owner, {member.name: member.id for member in view.members})

    def join(self, scene: Scene, name: str, role: Role = "member") -> UserId:
        """Let somebody join by an invite: as the member of that name, or as a new one with the role."""
        member_id = scene.members.get(name)
        invite = invites.make(scene.owner, scene.id, role=role, member_id=member_id)
        admission = invites.accept(invite.token, name=name)
        scene.members[name] = admission.member_id
        if member_id is not None and role != "member":
            members.change_role(scene.owner, scene.id, member_id, role)
        return admission.user_id

    def users(self) -> int:
        """Count the users there are."""
        with self.database.reading() as session:
            return len(session.scalars(select(UserRow.id)).all())


def add(scene: Scene, amount: int, payer: str, *args: object, **rest: object) -> None:
    """Add an expense by names, as the owner of the group."""
    expenses.add(scene.owner, scene.id, scene.draft(amount, payer, *args, **rest))  # type: ignore[arg-type]


def assert_sound() -> None:
    """Assert that the audit finds nothing."""
    assert books.audit() == ()
