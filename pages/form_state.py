"""What follows from what is typed in the form for an expense: parts, what is off, problems, the draft to store.

It knows nothing of the screen; the rules for reading and dividing numbers are those of the domain.
"""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

from mycount.domain.errors import Invalid
from mycount.domain.ids import MemberId
from mycount.domain.ledger import Kind
from mycount.domain.split import Mode, off_by, split
from mycount.domain.words import N_
from mycount.services.views import Draft, ExpenseView
from pages.form_fields import FormFields
from pages.typed_numbers import about

_NOBODY = MemberId(0)
_MILLION = 1_000_000


class FormState(FormFields):
    """A form, and what can be said of it at any moment, finished or not."""

    def whole(self) -> int:
        """Read the amount, in minor units; refuses (Invalid) what is none."""
        with about("amount"):
            return self.notation.amount(self.amount, self.currency)

    def understood(self) -> int | None:
        """Give the amount in minor units, None while it cannot be read."""
        try:
            return self.whole()
        except Invalid:
            return None

    def paid(self) -> dict[MemberId, int]:
        """Say who paid how much; refuses (Invalid) what cannot be read or does not add up to the amount."""
        amount = self.whole()
        if not self.several:
            return {self.payer: amount}
        if self.payers_typed.off(amount):
            raise Invalid(N_("What the payers paid does not add up to the amount."), field="payers")
        numbers = self.payers_typed.numbers()
        return {member: int(number) for member, number in numbers.items() if number}

    def typed(self) -> dict[MemberId, Decimal]:
        """Give what is stored of the split, by member: nobody with nothing; refuses (Invalid) what is no number."""
        numbers = self.split_typed.numbers()
        if self.mode is Mode.EQUAL:
            before = self.was.draft.typed if self.was else {}
            return {member: before.get(member, Decimal(1)) for member in numbers}
        if self.mode is Mode.ADJUST:
            return numbers
        return {member: number for member, number in numbers.items() if number}

    def parts(self) -> dict[MemberId, int]:
        """Give everybody's part as it would be stored now, in minor units; empty while that cannot be said.

        Percents below 100 together, and amounts that do not make the whole, are shown for what they are.
        """
        try:
            amount, typed = self.whole(), self.typed()
            if self.mode is Mode.AMOUNTS:
                return {member: int(number) for member, number in typed.items()}
            if self.was and self._is_as_before(self.was.draft, amount, typed):
                return dict(self.was.parts)
            if self.mode is Mode.PERCENT and (rest := off_by(amount, self.mode, typed) or Decimal(0)) > 0:
                typed[_NOBODY] = rest
            parts = split(amount, self.mode, typed, self._absorbed())
        except Invalid:
            return {}
        return {member: part.amount for member, part in parts.items() if member != _NOBODY}

    def problems(self) -> dict[str, Invalid]:
        """Say what keeps this from being stored, by field: empty when nothing does."""
        found: dict[str, Invalid] = {}
        checks = (
            (self._check_payment,)
            if self.kind is Kind.PAYMENT
            else (self._check_title, self.paid, self._check_split)
        )
        for check in (self.whole, self._check_day, *checks):
            try:
                check()
            except Invalid as error:
                found.setdefault(error.field or "", error)
        return found

    def draft(self) -> Draft:
        """Give what is to be stored; refuses (Invalid) with the first of the problems."""
        for problem in self.problems().values():
            raise problem
        assert self.day is not None
        return (
            self._payment(self.whole())
            if self.kind is Kind.PAYMENT
            else Draft(
                title=self.title.strip(),
                amount=self.whole(),
                currency=self.currency,
                payers=self.paid(),
                typed=self.typed(),
                mode=self.mode,
                kind=self.kind,
                category=self.category if self._is_category_known() else "",
                day=self.day,
                note=self.note.strip(),
                submit_key=self.submit_key,
            )
        )

    def _is_category_known(self) -> bool:
        """Whether the category is that of this very title: saved before it is guessed, the service guesses it."""
        return self.was is not None or "category" in self.chosen or self.guessed_by == self.title

    def _payment(self, amount: int) -> Draft:
        assert self.day is not None
        assert self.payee is not None
        before = self.was.draft if self.was and self.was.draft.kind is Kind.PAYMENT else None
        return Draft(
            title=before.title if before else "",
            amount=amount,
            currency=self.currency,
            payers={self.payer: amount},
            typed={self.payee: Decimal(amount)},
            mode=Mode.AMOUNTS,
            kind=Kind.PAYMENT,
            category="payment",
            day=self.day,
            note=self.note.strip(),
            submit_key=self.submit_key,
            anyway=self.anyway,
        )

    def _check_title(self) -> None:
        if not self.title.strip():
            raise Invalid(N_("Say what it was for."), field="title")

    def _check_day(self) -> None:
        if self.day is None:
            raise Invalid(N_("Choose a day."), field="day")

    def _check_payment(self) -> None:
        if self.payee is None or self.payee == self.payer:
            raise Invalid(N_("A payment goes from one person to one other."), field="payers")

    def _check_split(self) -> None:
        """Say what is wrong with the split itself; a missing amount has been said already."""
        amount, typed = self.understood(), self.typed()
        if not typed:
            raise Invalid(N_("Choose at least one person who takes part."), field="split")
        if amount is not None:
            with about("split"):
                split(amount, self.mode, typed)

    def _is_as_before(self, draft: Draft, amount: int, typed: Mapping[MemberId, Decimal]) -> bool:
        before = (draft.amount, draft.currency, draft.kind, draft.mode, draft.typed)
        return before == (amount, self.currency, self.kind, self.mode, typed)

    def _absorbed(self) -> dict[MemberId, int]:
        """Say how rounding has treated everybody so far, without what this very expense did before."""
        sums = Counter(
            next((kept.absorbed for kept in self.group.money if kept.currency == self.currency), {})
        )
        if self.was and self.was.draft.currency == self.currency:
            for member, rounding in _roundings(self.was).items():
                sums[member] -= _loss(self.was.draft.kind) * rounding
        return {member: _loss(self.kind) * sum_ for member, sum_ in sums.items()}


def _loss(kind: Kind) -> int:
    return -1 if kind is Kind.INCOME else 1  # rounding up is a loss in an expense, a gain in an income


def _roundings(seen: ExpenseView) -> dict[MemberId, int]:
    """Say how much everybody's stored part is above their exact share, in millionths of a minor unit."""
    draft = seen.draft
    again = split(draft.amount, draft.mode, draft.typed)
    return {
        member: part.rounding + (seen.parts.get(member, 0) - part.amount) * _MILLION
        for member, part in again.items()
    }
