"""What the expenses of an export change for everybody, and the sums of that: with them a person can check the file."""

from collections import defaultdict

from mycount.domain.ids import MemberId
from mycount.domain.ledger import effects
from mycount.services.views import ExportedExpense, Outline


class Sums:
    """Adds up what was written, by currency and member. In a whole file they are the balances of the group."""

    def __init__(self, outline: Outline) -> None:
        self._own = outline.currency
        self._known = {member.id for member in outline.members}
        self._left = len(outline.order)
        self._sums: dict[str, dict[MemberId, int]] = defaultdict(lambda: dict.fromkeys(self._known, 0))

    def take(self, expense: ExportedExpense) -> dict[MemberId, int] | None:
        """Add an expense, and give what it changes for whom; None where it names somebody who came meanwhile.

        There is no place for them in what was written already: such an expense is left out, which `is_short` tells.
        """
        changes = effects(
            expense.kind, expense.payers, {member: part.amount for member, part in expense.parts.items()}
        )
        if not changes.keys() <= self._known:
            return None
        of_currency = self._sums[expense.currency]
        for member, change in changes.items():
            of_currency[member] += change
        self._left -= 1
        return changes

    @property
    def is_short(self) -> bool:
        """Whether something is missing that was there at the beginning."""
        return self._left > 0

    def by_currency(self) -> list[tuple[str, dict[MemberId, int]]]:
        """Give the sums of each currency: the group's own first, which is there in any case."""
        own = self._sums[self._own]
        return [
            (self._own, own),
            *sorted((code, sums) for code, sums in self._sums.items() if code != self._own),
        ]
