"""Money, and how much there is of everything."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Money:
    """An amount in minor units with its ISO 4217 code."""

    amount: int
    currency: str


@dataclass(frozen=True)
class Size:
    """How much the books hold."""

    groups: int
    expenses: int


@dataclass(frozen=True)
class Fault:
    """Something in the books that cannot be: where, and what."""

    where: str
    what: str


@dataclass(frozen=True)
class Totals:
    """How much there is in this installation, without what was deleted, and when it was last backed up."""

    groups: int
    users: int
    expenses: int
    backed_up_at: datetime | None
