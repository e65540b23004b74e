"""What a calculation such as 12.50+3*4.20 comes to: by rules of our own, never by running the text."""

from fractions import Fraction
from typing import Final

from mycount.domain.errors import Invalid
from mycount.domain.notation import Number, Token
from mycount.domain.words import N_

_DEEPEST: Final = 20  # brackets in brackets; bounds the recursion


def evaluate(tokens: list[Token], *, signed: bool) -> Fraction:
    """Calculate exactly; a minus before a number is taken only if `signed`, one between two numbers always.

    Refuses (Invalid) what is no calculation, dividing by zero, and brackets nested without sense.
    """
    calculation = _Calculation(tokens, signed)
    value = calculation.sum(0)
    if calculation.left:
        raise _broken()
    return value


class _Calculation:
    """A calculation while it is read, from left to right."""

    def __init__(self, tokens: list[Token], signed: bool) -> None:
        self.left = tokens[::-1]  # what is still to be read, the next token last
        self.signed = signed

    def sum(self, depth: int) -> Fraction:
        value = self.product(depth)
        while sign := self.take("+-"):
            term = self.product(depth)
            value = value + term if sign == "+" else value - term
        return value

    def product(self, depth: int) -> Fraction:
        value = self.factor(depth)
        while sign := self.take("*/"):
            term = self.factor(depth)
            if sign == "/" and not term:
                raise Invalid(N_("Nothing can be divided by zero."))
            value = value * term if sign == "*" else value / term
        return value

    def factor(self, depth: int) -> Fraction:
        minus = self.take("+-") == "-"
        if minus and not self.signed:
            raise Invalid(N_("The amount cannot be below zero. Leave out the minus."))
        value = self.bracket(depth + 1) if self.take("(") else self.number()
        return -value if minus else value

    def bracket(self, depth: int) -> Fraction:
        if depth > _DEEPEST:
            raise Invalid(N_("There are too many brackets in one another. Write it more simply."))
        value = self.sum(depth)
        if not self.take(")"):
            raise Invalid(N_("A bracket is not closed."))
        return value

    def number(self) -> Fraction:
        token = self.left.pop() if self.left else ""
        if not isinstance(token, Number):
            raise _broken()
        return Fraction(token.value)

    def take(self, signs: str) -> str:
        """Take the next token if it is one of these signs."""
        token = self.left[-1] if self.left else None
        if isinstance(token, str) and token in signs:
            self.left.pop()
            return token
        return ""


def _broken() -> Invalid:
    return Invalid(N_("Something is missing or too much in this calculation. Write something like 12+3*4."))
