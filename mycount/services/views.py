"""What services give back: frozen values, never rows. Amounts are minor units of the currency beside them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from mycount.domain.ids import ExpenseId, GroupId, InviteId, MemberId, SessionId, UserId
from mycount.domain.ledger import Kind
from mycount.domain.settle import Plan
from mycount.domain.split import Mode

Role = Literal["administrator", "member", "viewer"]
Joined = Literal["name", "guest", "account"]
InviteState = Literal["open", "used", "expired", "revoked"]


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
class Device:
    """One open session of a user."""

    session_id: SessionId
    device: str
    created_at: datetime
    seen_at: datetime


@dataclass(frozen=True)
class Money:
    """An amount in minor units with its ISO 4217 code."""

    amount: int
    currency: str


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
    usual: "Usual"
    former: tuple[MemberView, ...] = ()

    def named(self, member_id: MemberId) -> MemberView:
        """Give the member with this id, also one who is gone."""
        return next(member for member in (*self.members, *self.former) if member.id == member_id)

    @property
    def people(self) -> tuple[MemberView, ...]:
        """The active members: those an expense can be shared with."""
        return tuple(member for member in self.members if member.is_active)

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
class Usual:
    """What I usually choose in this group. None: myself as payer, everybody as people."""

    payer: MemberId | None
    people: tuple[MemberId, ...] | None
    currency: str


@dataclass(frozen=True)
class Draft:
    """An expense as typed: payers' amounts sum to `amount`, and so do the parts that `typed` makes by `mode`.

    `typed` per member: shares, percents, or minor units (amounts and adjustments); see domain.split.
    An empty `category` is chosen by the title. `submit_key` is made by the page, once for each expense: sending
    it twice stores one.
    """

    title: str
    amount: int
    currency: str
    payers: Mapping[MemberId, int]
    typed: Mapping[MemberId, Decimal]
    mode: Mode = Mode.EQUAL
    kind: Kind = Kind.EXPENSE
    category: str = ""
    day: date = field(default_factory=date.today)
    note: str = ""
    submit_key: str = ""


@dataclass(frozen=True)
class ExpenseLine:
    """One expense in a list. `effect` is what it changed for the member it is listed for (minor units).

    `typed` is what made the parts, by member: see Draft.
    """

    id: ExpenseId
    kind: Kind
    title: str
    category: str
    amount: int
    currency: str
    day: date
    mode: Mode
    payers: Mapping[MemberId, int]
    people: tuple[MemberId, ...]
    typed: Mapping[MemberId, Decimal]
    effect: int
    created_by: MemberId
    created_at: datetime
    changed_at: datetime
    deleted_by: MemberId | None
    has_note: bool


@dataclass(frozen=True)
class ExpensePage:
    """A stretch of a list; `after` asks for the next stretch, None at the end."""

    lines: tuple[ExpenseLine, ...]
    after: tuple[date, ExpenseId] | None


@dataclass(frozen=True)
class ExpenseView:
    """One expense, whole: what was typed (`draft`) and the parts that came of it."""

    id: ExpenseId
    version: int
    draft: Draft
    parts: Mapping[MemberId, int]
    created_by: MemberId
    created_at: datetime
    changed_by: MemberId
    changed_at: datetime
    is_deleted: bool


@dataclass(frozen=True)
class Suggestion:
    """What an earlier expense of the same title, or its words, suggest. None where nothing does."""

    category: str | None
    payer: MemberId | None = None
    mode: Mode | None = None
    typed: Mapping[MemberId, Decimal] | None = None


@dataclass(frozen=True)
class Why:
    """The lines that make one balance; their effects sum to `balance` once all stretches are read."""

    member_id: MemberId
    money: Money
    page: ExpensePage


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


@dataclass(frozen=True)
class Fault:
    """Something in the books that cannot be: where, and what."""

    where: str
    what: str


@dataclass(frozen=True)
class Size:
    """How much the books hold."""

    groups: int
    expenses: int
