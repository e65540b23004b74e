"""A group as it is handed out whole: who is in it, and its expenses, stretch by stretch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from mycount.domain.ids import ExpenseId, GroupId, MemberId
from mycount.domain.ledger import Kind
from mycount.domain.split import Mode
from mycount.services.views.groups import MemberView


@dataclass(frozen=True)
class Outline:
    """What an export begins with: the group, everybody who ever was in it, and which expenses come, the oldest first.

    `version` is that of the group: as long as it stays the same, nothing has changed.
    """

    group_id: GroupId
    name: str
    icon: str
    currency: str
    is_archived: bool
    created_at: datetime
    members: tuple[MemberView, ...]
    order: Sequence[ExpenseId]
    version: int
    at: datetime


class ExportedPart(NamedTuple):
    """One member's part: minor units, what was typed for it, and its rounding in millionths of a minor unit.

    A tuple, since there are ten of these for each expense, and they take a third of the time.
    """

    amount: int
    typed: str
    rounding: int


@dataclass(frozen=True)
class ExportedExpense:
    """One expense with everything that is stored of it, but for how it was sent."""

    id: ExpenseId
    version: int
    kind: Kind
    title: str
    category: str
    amount: int
    currency: str
    day: date
    note: str
    mode: Mode
    payers: Mapping[MemberId, int]
    parts: Mapping[MemberId, ExportedPart]
    created_by: MemberId
    created_at: datetime
    changed_by: MemberId
    changed_at: datetime


@dataclass(frozen=True)
class ExportedStretch:
    """Some expenses as they are at one moment, and the group's version at that moment."""

    expenses: tuple[ExportedExpense, ...]
    version: int
