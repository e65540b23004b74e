"""Money and numbers as they are written in a language and region, in the digits of that region."""

import re
from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from babel import Locale
from babel.numbers import (
    format_compact_currency,
    format_compact_decimal,
    format_decimal,
    format_percent,
    get_currency_symbol,
    get_decimal_symbol,
    get_group_symbol,
    get_minus_sign_symbol,
    get_plus_sign_symbol,
)

from mycount.domain.currency import exponent
from mycount.domain.money import to_decimal
from pages.digits import in_digits

MINUS: Final = "\u2212"

_RIGHT_TO_LEFT: Final = "\u200f"  # with it begin Arabic amounts, so that the currency comes behind the number

# "CHF12.00": where a currency is written in letters, CLDR wants a space that patterns do not have.
_TOUCHING: Final = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")

# From right to left "US$" would be seen as "$US", and join a number that has a sign as "−12.00 US$", but no other.
_IN_LATIN: Final = re.compile(r"[A-Za-z][^\d\u00a0\u200e\u200f]*")
_LEFT_TO_RIGHT: Final = "\u200e"

_OWN: Final = "default"  # the region's numbering system; Babel takes Latin signs for all of them otherwise


@dataclass(frozen=True)
class Figures:
    """Writes figures for a region."""

    locale: Locale

    def money(self, amount: int, currency: str, *, sign: bool = False) -> str:
        """Write an amount of minor units with its currency: "€12.40", with sign "+€12.40" or "−€12.40"."""
        return _money(self.locale, amount, currency, sign)

    def compact(self, units: int, currency: str) -> str:
        """Write an amount of whole units as short as the language can: "€1.3K", "−€1.3K"."""
        written: str = format_compact_currency(
            abs(units),
            currency,
            locale=self.locale,
            fraction_digits=_of_thousands(units),
            numbering_system=_OWN,
        )
        return in_digits(_in_order(self.locale, _signed(self.locale, units, written)), self.locale)

    def compact_number(self, units: int) -> str:
        """Write a number as short as the language can, for where its currency is known: "1.3K"."""
        written: str = format_compact_decimal(
            abs(units),
            locale=self.locale,
            fraction_digits=_of_thousands(units),
            numbering_system=_OWN,
        )
        return in_digits(_signed(self.locale, units, written), self.locale)

    def number(self, value: Decimal | int) -> str:
        """Write a plain number."""
        return _number(self.locale, value)

    def percent(self, value: Decimal) -> str:
        """Write a percentage: "12.5%", in German "12,5 %"."""
        written = format_percent(
            value / 100, locale=self.locale, decimal_quantization=False, numbering_system=_OWN
        )
        return in_digits(written.replace("%", self.percent_sign), self.locale)

    @property
    def percent_sign(self) -> str:
        """The sign for percent: Arabic has one of its own."""
        signs = self.locale.number_symbols[self.locale.default_numbering_system]
        return str(signs.get("percentSign", "%"))

    def separators(self) -> tuple[str, str]:
        """Give the signs for decimals and for groups of thousands."""
        return (
            get_decimal_symbol(self.locale, numbering_system=_OWN),
            get_group_symbol(self.locale, numbering_system=_OWN),
        )

    def currency_symbol(self, code: str) -> str:
        """Write the sign of a currency alone: "€", in Arabic "US$" with marks that keep its order."""
        return _in_order(self.locale, get_currency_symbol(code, locale=self.locale))

    @property
    def currency_comes_after(self) -> bool:
        """Whether the sign of a currency stands behind the amount: "12,40 €"."""
        return "¤" in self.locale.currency_formats["standard"].suffix[0]


# The same amounts are written again and again: on every row, on the screens of everybody who looks, at every change.
@lru_cache(maxsize=20_000)
def _money(locale: Locale, amount: int, currency: str, sign: bool) -> str:
    decimals = exponent(currency)
    pattern = copy(locale.currency_formats["standard"])
    pattern.frac_prec = decimals, decimals  # ours: Babel's own may change with an upgrade
    text = pattern.apply(
        abs(to_decimal(amount, decimals)),
        locale,
        currency=currency,
        currency_digits=False,
        numbering_system=_OWN,
    )
    written = _signed(locale, amount, text, plus=sign)
    return in_digits(_in_order(locale, _TOUCHING.sub("\u00a0", written)), locale)


@lru_cache(maxsize=5_000)
def _number(locale: Locale, value: Decimal | int) -> str:
    return in_digits(format_decimal(value, locale=locale, numbering_system=_OWN), locale)


def _in_order(locale: Locale, text: str) -> str:
    """Keep a currency in Latin letters together, and apart from the number, where lines run from right to left."""
    if locale.text_direction == "ltr":
        return text
    return _IN_LATIN.sub(lambda found: _RIGHT_TO_LEFT + found[0] + _LEFT_TO_RIGHT, text)


def _of_thousands(units: int) -> int:
    return 1 if abs(units) >= 1000 else 0


def _signed(locale: Locale, amount: int, text: str, *, plus: bool = False) -> str:
    """Put the sign of an amount before what is written of it without one."""
    lead = _RIGHT_TO_LEFT if text.startswith(_RIGHT_TO_LEFT) else ""
    return lead + _sign(locale, amount, plus=plus) + text.removeprefix(lead)


def _sign(locale: Locale, amount: int, *, plus: bool) -> str:
    """Give the sign before an amount; Arabic has a mark with it that says on which side it is."""
    if amount < 0:
        return get_minus_sign_symbol(locale, numbering_system=_OWN).replace("-", MINUS)
    return get_plus_sign_symbol(locale, numbering_system=_OWN) if plus and amount else ""
