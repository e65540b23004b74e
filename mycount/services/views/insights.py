"""What was spent, by month, by category, by person. Expenses add, incomes subtract, payments do not count."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mycount.domain.ids import MemberId


@dataclass(frozen=True)
class Spent:
    """What was spent, in minor units: by everyone together, and my share of it. More may have come in: below 0."""

    everyone: int
    mine: int


@dataclass(frozen=True)
class PersonSpent:
    """What was spent for one person (their share), and what they paid, in minor units."""

    share: int
    paid: int


@dataclass(frozen=True)
class CurrencySpending:
    """The spending in one currency; months, categories and people each sum to `total`.

    `months` has the first day of every month in which something was spent, in order; `categories` their keys.
    """

    currency: str
    total: Spent
    months: Mapping[date, Spent]
    categories: Mapping[str, Spent]
    people: Mapping[MemberId, PersonSpent]


@dataclass(frozen=True)
class Insights:
    """What a group has spent in a period, one entry for each currency: the group's own first."""

    since: date | None
    until: date | None
    spending: tuple[CurrencySpending, ...]
