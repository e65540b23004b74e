"""What is looked for in a list of expenses, and what of it there is."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mycount.domain.ids import MemberId
from mycount.domain.ledger import Kind


@dataclass(frozen=True)
class Word:
    """A word that is looked for, and what else it says in the language of whoever typed it.

    It is found in a title, a note, or the name of who paid; or it is one of the `categories`; or the amount is in
    `amount`: from the first to below the second, in units of whichever currency (12 is [12, 13), 12.5 [12.5, 12.6)).
    """

    text: str
    categories: frozenset[str] = frozenset()
    amount: tuple[Decimal, Decimal] | None = None


@dataclass(frozen=True)
class Filter:
    """Which expenses are wanted: those that all of it is true of. Nothing set is no filter, and false."""

    words: tuple[Word, ...] = ()
    mine: bool = False
    """Those in which whoever asks paid or has a part."""
    paid: bool = False
    """Those which whoever asks paid."""
    category: str = ""
    since: date | None = None
    until: date | None = None
    """The last day, included."""
    person: MemberId | None = None
    """Somebody who paid or has a part."""
    payer: MemberId | None = None
    currency: str = ""
    kind: Kind | None = None
    spending: bool = False
    """Those that count as spent or received: all but payments."""

    def __bool__(self) -> bool:
        return self != Filter()


@dataclass(frozen=True)
class Tally:
    """How many expenses of one kind and currency there are, and their sum in minor units."""

    kind: Kind
    currency: str
    count: int
    amount: int
