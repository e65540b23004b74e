"""Groups, their people and their balances, as members see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from mycount.domain.errors import NotFound
from mycount.domain.ids import ExpenseId, GroupId, MemberId
from mycount.domain.settle import Plan
from mycount.domain.words import N_
from mycount.services.views.amounts import Money

Role = Literal["administrator", "member", "viewer"]
Joined = Literal["name", "guest", "account"]


@dataclass(frozen=True)
class MemberView:
    """A person in a group. `joined`: by name only, as a guest on one device, or with an account."""

    id: MemberId
    name: str
    role: Role
    joined: Joined
    is_me: bool
    is_active: bool


@dataclass(frozen=True)
class CurrencyBalances:
    """Everybody's balance in one currency (positive: to get), and the plan that makes everybody even.

    `absorbed` (millionths of a minor unit) says who has had the worse of rounding so far: see domain.split.
    """

    currency: str
    balances: Mapping[MemberId, int]
    absorbed: Mapping[MemberId, int]
    plan: Plan


@dataclass(frozen=True)
class Usual:
    """What I usually choose in this group. None: myself as payer, everybody who takes part as people."""

    payer: MemberId | None
    people: tuple[MemberId, ...] | None
    currency: str


@dataclass(frozen=True)
class GroupView:
    """A group as one of its members sees it. Members: active ones, and others until they are even.

    `former` are the others: even and gone, but named in old expenses, and possibly taken back.
    """

    id: GroupId
    name: str
    icon: str
    currency: str
    version: int
    is_archived: bool
    me: MemberView
    members: tuple[MemberView, ...]
    money: tuple[CurrencyBalances, ...]
    usual: Usual
    former: tuple[MemberView, ...] = ()

    def named(self, member_id: MemberId) -> MemberView:
        """Give the member with this id, also one who is gone; NotFound if there is none."""
        for member in (*self.members, *self.former):
            if member.id == member_id:
                return member
        raise NotFound(N_("There is no such person in this group."))

    @property
    def people(self) -> tuple[MemberView, ...]:
        """The active members: those an expense can be shared with."""
        return tuple(member for member in self.members if member.is_active)

    @property
    def taking_part(self) -> tuple[MemberView, ...]:
        """The active members but viewers: those who share a new expense unless somebody says otherwise."""
        return tuple(member for member in self.people if member.role != "viewer")

    @property
    def can_change(self) -> bool:
        """Whether I may write expenses here."""
        return self.me.role != "viewer" and not self.is_archived

    @property
    def is_administrator(self) -> bool:
        """Whether I administer this group."""
        return self.me.role == "administrator"

    def my_balances(self) -> tuple[Money, ...]:
        """What I get (positive) or pay (negative), per currency that is not even."""
        mine = ((money.balances.get(self.me.id, 0), money.currency) for money in self.money)
        return tuple(Money(amount, currency) for amount, currency in mine if amount)


@dataclass(frozen=True)
class Happening:
    """One line of a group's history. `verb` is one of history.VERBS; the page puts it into words."""

    group_id: GroupId
    group_name: str
    member_id: MemberId
    member_name: str
    is_me: bool
    at: datetime
    verb: str
    subject: str
    expense_id: ExpenseId | None
    money: Money | None


@dataclass(frozen=True)
class GroupCard:
    """One group in the list of my groups. `balances` are mine, one per currency that is not even."""

    id: GroupId
    name: str
    icon: str
    currency: str
    people: int
    balances: tuple[Money, ...]
    latest: Happening | None
    changed_at: datetime
    is_archived: bool
    is_even: bool


@dataclass(frozen=True)
class Home:
    """My groups, the latest changed first, and what I get and pay in all, per currency."""

    groups: tuple[GroupCard, ...]
    archived: tuple[GroupCard, ...]
    to_get: tuple[Money, ...]
    to_pay: tuple[Money, ...]


@dataclass(frozen=True)
class DeletedGroup:
    """A group that can still be restored, until `gone_at`."""

    id: GroupId
    name: str
    icon: str
    deleted_at: datetime
    gone_at: datetime
