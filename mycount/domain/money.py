"""Amounts of money: whole numbers of minor units, read from what people type and written for them to edit.

No float is used anywhere. How many decimals an amount has is its currency's `exponent` (see `currency`).
"""

from decimal import Decimal
from fractions import Fraction
from typing import Final

from mycount.domain.arithmetic import evaluate
from mycount.domain.errors import Invalid
from mycount.domain.notation import Number, Token, read
from mycount.domain.words import N_

MAX_AMOUNT: Final = 10**15
"""The largest amount, in minor units: thousands of them add up in a BIGINT, and JavaScript has it exactly."""

NUMBER_DECIMALS: Final = 12
"""How many decimals a weight or a percentage may have."""


def parse_amount(
    text: str,
    *,
    exponent: int,
    decimal: str = ".",
    group: str = ",",
    signed: bool = False,
    allow_zero: bool = False,
) -> int:
    """Understand an amount or a calculation as typed by a person, and give it in minor units.

    `decimal` and `group` are the separators of the person's language; those of another one are understood
    where they can mean nothing else. A calculation (+ - * / and brackets) is exact and rounded at the end,
    half away from zero.

    Refuses (Invalid) what is no amount or can be read in two ways, a number with more decimals than the
    currency has, zero unless `allow_zero`, less than zero unless `signed`, and more than MAX_AMOUNT.

    >>> parse_amount("12.50+3*4.20", exponent=2), parse_amount("12,5 €", exponent=2)
    (2510, 1250)
    >>> parse_amount("1.234,56", exponent=2, decimal=",", group=".")
    123456
    """
    tokens = read(text, decimal=decimal, group=group)
    if not tokens:
        raise Invalid(N_("Enter an amount."))
    exact = evaluate(tokens, signed=signed) * 10**exponent
    if _decimals(tokens) > exponent and not {"*", "/"}.intersection(tokens):
        raise _too_fine(exponent)
    amount = _rounded(exact)
    if abs(amount) > MAX_AMOUNT:
        raise Invalid(N_("This amount is too large. Enter a smaller one."))
    if amount < 0 and not signed:
        raise Invalid(N_("The amount must be above zero, but this comes to less."))
    if amount == 0 and not allow_zero:
        raise Invalid(N_("Enter an amount above zero."))
    return amount


def parse_number(text: str, *, decimal: str = ".", group: str = ",") -> Decimal:
    """Understand a weight or a percentage as typed by a person, exactly; a sign for percent is left out.

    Refuses (Invalid) everything but one number from zero to MAX_AMOUNT with at most NUMBER_DECIMALS decimals.

    >>> parse_number("33,3 %", decimal=",", group=".")
    Decimal('33.3')
    """
    tokens = read(text, decimal=decimal, group=group, percent=True)
    if not tokens:
        raise Invalid(N_("Enter a number."))
    number = tokens[0]
    if len(tokens) > 1 or not isinstance(number, Number):
        raise Invalid(N_("Enter a single number of zero or more, without a calculation."))
    if number.decimals > NUMBER_DECIMALS:
        raise _too_fine(NUMBER_DECIMALS)
    if number.value > MAX_AMOUNT:
        raise Invalid(N_("This number is too large. Enter a smaller one."))
    return number.value


def to_decimal(amount: int, exponent: int) -> Decimal:
    """Give an amount in units of its currency, exactly, with all its decimals.

    >>> to_decimal(-1250, 2)
    Decimal('-12.50')
    """
    digits = tuple(int(digit) for digit in str(abs(amount)))
    return Decimal((int(amount < 0), digits, -exponent))


def plain(amount: int, exponent: int, decimal: str = ".") -> str:
    """Write an amount for a field where it is edited: no sign for the currency, nothing between thousands.

    `parse_amount` understands it, whatever the language, as the same amount.

    >>> plain(1250, 2), plain(-5, 2, decimal=","), plain(1250, 0)
    ('12.50', '-0,05', '1250')
    """
    digits = str(abs(amount)).zfill(exponent + 1)  # by hand, since an export writes a million of them
    written = f"{digits[:-exponent]}{decimal}{digits[-exponent:]}" if exponent else digits
    return f"-{written}" if amount < 0 else written


def _decimals(tokens: list[Token]) -> int:
    return max((token.decimals for token in tokens if isinstance(token, Number)), default=0)


def _rounded(exact: Fraction) -> int:
    half_up = int(abs(exact) + Fraction(1, 2))
    return half_up if exact >= 0 else -half_up


def _too_fine(decimals: int) -> Invalid:
    if not decimals:
        return Invalid(N_("Only whole numbers are possible here. Leave out the decimals."))
    return Invalid(N_("Only {decimals} decimals are possible here. Leave out the others."), decimals=decimals)
