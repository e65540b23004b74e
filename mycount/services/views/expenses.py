"""Expenses: as typed, as lines of a list, and whole."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from mycount.domain.ids import ExpenseId, MemberId
from mycount.domain.ledger import Kind
from mycount.domain.split import Mode
from mycount.services.views.amounts import Money
from mycount.services.views.finding import Tally


@dataclass(frozen=True)
class Draft:
    """An expense as typed: payers' amounts sum to `amount`, and so do the parts that `typed` makes by `mode`.

    `typed` per member: shares, percents, or minor units (amounts and adjustments); see domain.split.
    An empty `category` is chosen by the title. `submit_key` is made by the page, once for each expense: sending
    it twice stores one. `anyway` is no part of it: it says that a payment is meant although somebody else has just
    recorded the same.
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
    anyway: bool = field(default=False, compare=False)


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
    """A stretch of a list; `after` asks for the next stretch, None at the end.

    `found` are the sums of the whole list, in its first stretch, where something was looked for.
    """

    lines: tuple[ExpenseLine, ...]
    after: tuple[date, ExpenseId] | None
    found: tuple[Tally, ...] | None = None


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
