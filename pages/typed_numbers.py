"""Numbers as a person types them in a form: read by the rules of the domain, and written for them to go on."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal

from mycount.domain.currency import exponent
from mycount.domain.errors import Invalid
from mycount.domain.ids import MemberId
from mycount.domain.money import parse_amount, parse_number, plain
from mycount.domain.split import Mode, give_rest, off_by
from pages.digits import ASCII


@dataclass(frozen=True)
class Notation:
    """The separators for decimals and for thousands, and the digits, that are used where a person is."""

    decimal: str = "."
    group: str = ","
    digits: str = ASCII

    def amount(self, text: str, currency: str, *, signed: bool = False, allow_zero: bool = False) -> int:
        """Read an amount or a calculation, in minor units; refuses (Invalid) what is none."""
        return parse_amount(
            text,
            exponent=exponent(currency),
            decimal=self.decimal,
            group=self.group,
            signed=signed,
            allow_zero=allow_zero,
        )

    def number(self, text: str) -> Decimal:
        """Read a share or a percentage; refuses (Invalid) what is none."""
        return parse_number(text, decimal=self.decimal, group=self.group)

    def write_amount(self, amount: int, currency: str) -> str:
        """Write an amount of minor units for a field, so that it is read as the same."""
        return self._own(plain(amount, exponent(currency)))

    def write_number(self, number: Decimal) -> str:
        """Write a share or a percentage for a field, without decimals that say nothing."""
        text = f"{number:f}"
        if "." in text:
            text = text.rstrip("0").rstrip(".")
        return self._own(text)

    def is_plain(self, text: str) -> bool:
        """Whether a text is nothing but digits and a decimal separator: what it means needs no telling."""
        return text.strip().replace(self.decimal, "", 1).isdecimal()

    def _own(self, text: str) -> str:
        return text.translate(str.maketrans(f"{ASCII}.", f"{self.digits}{self.decimal}"))


@dataclass(frozen=True)
class Typed:
    """What is typed for some members, in one way of splitting. Writes into `texts`, which belongs to the form.

    `field` is what refusals are about; they carry the `member` in their values where it is one number.
    """

    mode: Mode
    members: tuple[MemberId, ...]
    texts: dict[MemberId, str]
    notation: Notation
    currency: str
    field: str

    def numbers(self) -> dict[MemberId, Decimal]:
        """Read what is typed for each member; nothing typed is 0. Refuses (Invalid) what is no number."""
        return {member: self._number(member) for member in self.members}

    def wrong(self) -> frozenset[MemberId]:
        """Give those for whom something is typed that is no number."""
        return frozenset(member for member in self.members if not self._is_number(member))

    def off(self, amount: int) -> Decimal:
        """Say how much is missing (above zero) or too much; see `domain.split.off_by`. 0 where nothing can be."""
        with about(self.field):
            return off_by(amount, self.mode, self.numbers()) or Decimal(0)

    def takers(self, amount: int) -> tuple[MemberId, ...]:
        """Give those to whom the rest can be given, or who have enough for what is too much."""
        try:
            numbers = self.numbers()
        except Invalid:
            return ()
        return tuple(member for member in self.members if self._can_take(amount, numbers, member))

    def give_rest(self, amount: int, member: MemberId) -> None:
        """Write a member's number anew, so that all fits. Refuses (Invalid) where that is not possible."""
        with about(self.field):
            numbers = give_rest(amount, self.mode, self.numbers(), member)
        self.texts[member] = self.written(numbers[member])

    def written(self, number: Decimal) -> str:
        """Write a number of this way of splitting for a field."""
        if self.mode in (Mode.AMOUNTS, Mode.ADJUST):
            return self.notation.write_amount(int(number), self.currency)
        return self.notation.write_number(number)

    def _can_take(self, amount: int, numbers: dict[MemberId, Decimal], member: MemberId) -> bool:
        try:
            give_rest(amount, self.mode, numbers, member)
        except Invalid:
            return False
        return True

    def _is_number(self, member: MemberId) -> bool:
        try:
            self._number(member)
        except Invalid:
            return False
        return True

    def _number(self, member: MemberId) -> Decimal:
        text = self.texts.get(member, "").strip()
        if not text or self.mode is Mode.EQUAL:
            return Decimal(0)
        with about(self.field, member):
            if self.mode in (Mode.SHARES, Mode.PERCENT):
                return self.notation.number(text)
            signed = self.mode is Mode.ADJUST
            return Decimal(self.notation.amount(text, self.currency, signed=signed, allow_zero=True))


@contextmanager
def about(field: str, member: MemberId | None = None) -> Iterator[None]:
    """Say of a refusal raised inside the block which field it is about, and whose number if it is one."""
    try:
        yield
    except Invalid as error:
        if error.field is not None:
            raise
        values = error.values if member is None else {**error.values, "member": member}
        raise Invalid(error.message, field=field, **values) from error


def in_order(members: Iterable[MemberId], of: Iterable[MemberId]) -> tuple[MemberId, ...]:
    """Give the members that are in both, in the order of the second."""
    wanted = frozenset(members)
    return tuple(member for member in of if member in wanted)
