"""How an amount is divided among members: exactly, to the last minor unit, and fairly over time.

Everything is reckoned in whole numbers and fractions. The parts always sum to the amount: each member first
gets the whole minor units of their exact share, and what is left over goes, one each, to the largest
remainders. Where remainders are equal, whoever has absorbed least so far comes first, then the lower member
id; so after many equal splits nobody is more than a minor unit ahead of anybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum
from fractions import Fraction
from typing import Final, assert_never

from mycount.domain.errors import Invalid
from mycount.domain.ids import MemberId
from mycount.domain.money import MAX_AMOUNT, NUMBER_DECIMALS
from mycount.domain.words import N_

_HUNDRED: Final = Decimal(100)
_DIGITS: Final = 15  # before the decimal point, less one: as many as MAX_AMOUNT has


class Mode(StrEnum):
    """What the numbers typed for the members mean."""

    EQUAL = "equal"
    SHARES = "shares"
    PERCENT = "percent"
    AMOUNTS = "amounts"
    ADJUST = "adjust"


@dataclass(frozen=True)
class Part:
    """What one member bears of an amount, in minor units.

    `rounding` is how much that is above their exact share, in millionths of a minor unit: what they absorbed.
    """

    amount: int
    rounding: int


def split(
    amount: int, mode: Mode, typed: Mapping[MemberId, Decimal], absorbed: Mapping[MemberId, int] | None = None
) -> dict[MemberId, Part]:
    """Divide an amount in minor units into parts that sum to it, by member id.

    `typed` holds everybody chosen: with EQUAL the numbers mean nothing, with SHARES they are weights, with
    PERCENT they sum to 100, with AMOUNTS they are minor units that sum to the amount, and with ADJUST they
    are minor units above or below an equal share of the rest. Members with a weight, percentage or amount of
    0 are left out. `absorbed` sums the `rounding` of earlier parts in the same group and currency.

    Refuses (Invalid) an amount that is not above zero, nobody to bear it, numbers below zero (except with
    ADJUST), numbers that do not fit the amount, and adjustments that leave somebody less than nothing.

    >>> ann, ben, eva = MemberId(1), MemberId(2), MemberId(3)
    >>> parts = split(1000, Mode.EQUAL, {ann: Decimal(1), ben: Decimal(1), eva: Decimal(1)})
    >>> [part.amount for part in parts.values()]
    [334, 333, 333]
    """
    if amount <= 0:
        raise Invalid(N_("Enter an amount above zero."))
    if amount > MAX_AMOUNT:
        raise Invalid(N_("This amount is too large. Enter a smaller one."))
    _check(mode, typed)
    _check_fit(amount, mode, typed)
    return _round(amount, _exact(amount, mode, typed), absorbed or {})


def off_by(amount: int, mode: Mode, typed: Mapping[MemberId, Decimal]) -> Decimal | None:
    """Say how much is missing (above zero) or too much (below zero) in what was typed; 0 when it fits.

    Percentage points with PERCENT, minor units with AMOUNTS and ADJUST. Adjustments never miss anything; they
    are too much when they exceed the amount or leave somebody less than nothing. None where nothing can be
    off: EQUAL and SHARES. Refuses (Invalid) numbers that mean nothing, as `split` does.
    """
    _check(mode, typed)
    if mode in (Mode.EQUAL, Mode.SHARES):
        return None
    with localcontext(prec=60):  # exact: what is typed has at most 28 digits
        total = sum(typed.values(), Decimal(0))
        match mode:
            case Mode.PERCENT:
                return _HUNDRED - total
            case Mode.AMOUNTS:
                return amount - total
            case _:  # the lowest share is that of the lowest adjustment, and must not be less than nothing
                lowest = min((*typed.values(), Decimal(0)))
                return min(amount - total + len(typed) * lowest, Decimal(0))


def give_rest(
    amount: int, mode: Mode, typed: Mapping[MemberId, Decimal], member: MemberId
) -> dict[MemberId, Decimal]:
    """Add what is missing to (or take what is too much from) this member's number, so that all fits.

    The member is added if nothing was typed for them. Refuses (Invalid) when more would be taken than they
    have.
    """
    given = {member: Decimal(0), **typed} if member not in typed else dict(typed)
    with localcontext(prec=60):
        given[member] += off_by(amount, mode, given) or 0
    if (mode is not Mode.ADJUST and given[member] < 0) or off_by(amount, mode, given):
        raise Invalid(N_("There is more to take away than this person has. Choose somebody else."))
    return given


def _check(mode: Mode, typed: Mapping[MemberId, Decimal]) -> None:
    """Refuse numbers that mean nothing, whatever the amount."""
    if mode is Mode.EQUAL:
        return
    for number in typed.values():
        # looked at before reckoning: a number with an exponent of millions would take for ever
        if not number.is_finite() or number.adjusted() > _DIGITS or _decimals(number) > NUMBER_DECIMALS:
            raise Invalid(
                N_("Use smaller numbers, with at most {decimals} decimals."), decimals=NUMBER_DECIMALS
            )
        if mode in (Mode.AMOUNTS, Mode.ADJUST) and number % 1:
            raise Invalid(N_("An amount has more decimals than the currency."))
        if mode is not Mode.ADJUST and number < 0:
            raise Invalid(N_("Use numbers of zero or more."))


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _check_fit(amount: int, mode: Mode, typed: Mapping[MemberId, Decimal]) -> None:
    if not typed or (mode in (Mode.SHARES, Mode.PERCENT, Mode.AMOUNTS) and not any(typed.values())):
        raise Invalid(N_("Choose at least one person who takes part."))
    if not (off := off_by(amount, mode, typed)):
        return
    match mode:
        case Mode.PERCENT:
            raise Invalid(N_("The percentages must add up to 100."), off=off)
        case Mode.AMOUNTS:
            raise Invalid(N_("What people bear must add up to the whole amount."), off=off)
        case _:
            raise Invalid(
                N_("The adjustments are larger than the amount allows. Make them smaller."), off=off
            )


def _exact(amount: int, mode: Mode, typed: Mapping[MemberId, Decimal]) -> dict[MemberId, Fraction]:
    """Give everybody's exact share, in minor units."""
    numbers = {member: Fraction(number) for member, number in typed.items() if mode is not Mode.EQUAL}
    match mode:
        case Mode.EQUAL:
            return {member: Fraction(amount, len(typed)) for member in typed}
        case Mode.SHARES | Mode.PERCENT:
            total = sum(numbers.values(), Fraction(0))
            return {member: amount * number / total for member, number in numbers.items() if number}
        case Mode.AMOUNTS:
            return {member: number for member, number in numbers.items() if number}
        case Mode.ADJUST:
            equal = (amount - sum(numbers.values(), Fraction(0))) / len(numbers)
            return {member: equal + number for member, number in numbers.items()}
        case _:
            assert_never(mode)


def _round(
    amount: int, exact: Mapping[MemberId, Fraction], absorbed: Mapping[MemberId, int]
) -> dict[MemberId, Part]:
    whole = {member: share.numerator // share.denominator for member, share in exact.items()}
    left_over = amount - sum(whole.values())
    first = sorted(exact, key=lambda member: (whole[member] - exact[member], absorbed.get(member, 0), member))
    for member in first[:left_over]:
        whole[member] += 1
    return {
        member: Part(whole[member], round((whole[member] - share) * 1_000_000))
        for member, share in exact.items()
    }
