"""Numbers as people write them: in digits of any script, with the separators of any language.

A dot or a comma is understood by the language of the writer (`decimal`, `group`) and, where that reading is
impossible and only one other is left, by that other one: "12.5" written by a German is twelve and a half,
"1.234" is not. What can be read in two ways is refused, because a wrong guess is wrong by a factor of a
thousand.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from mycount.domain.currency import CURRENCIES
from mycount.domain.errors import Invalid
from mycount.domain.words import N_

LONGEST: Final = 200
"""How many characters are read at all; nobody types more, and it bounds the work."""


@dataclass(frozen=True)
class Number:
    """A number without sign, exactly as written: 12.50 has two decimals."""

    value: Decimal

    @property
    def decimals(self) -> int:
        """How many digits were written behind the decimal separator."""
        return max(-int(self.value.as_tuple().exponent), 0)


Token = Number | str
"""A number, or one of the characters + - * / ( )."""

_POINT: Final = "\u066b"  # the Arabic decimal separator: it can mean nothing else, unlike dot and comma
_APOSTROPHES: Final = "'’ʼ`´"
_MEANINGS: Final = {
    **dict.fromkeys("×∗⋅·✕", "*"),
    **dict.fromkeys("÷∕⁄", "/"),
    **dict.fromkeys("−–‒﹣", "-"),
    **dict.fromkeys(_APOSTROPHES, "'"),
    "\u066a": "%",
    "\u066c": "'",
    "\u060c": ",",
}
# what people and CLDR write for a currency that is neither its code nor a sign
_UNIT: Final = re.compile(
    r"(?:f?cfa|cfpf|fcfp|cg|[dn]?kr|zł|zl|kč|kc|ft|s?fr|lei|leu|rs?|rp|tl|bs|km|din|дин|ден|руб|лв|грн)\.?|[円元원]"
    r"|[درجلأ]\.[\u0621-\u064a]\.?|ریال|تومان|щ\.д\.",
    re.IGNORECASE,
)
_APART: Final = re.compile(
    r"(?<=[$£])\s(?=[A-Z]{2}\b)|(?<=\bF)\s(?=CFA\b)"
)  # "$ US" is one currency, not two
_LEXEME: Final = re.compile(
    r"""
    (?P<number> [0-9.,\u066b] (?: [0-9.,\u066b'] | \s(?=[0-9]) )* )
    | (?P<sign> [-+*/()] )
    | (?P<unit> [^-+*/()0-9\s.,\u066b']+ (?: (?<=[^\W\d_]) \.[^\W\d_]* )* )  # not the dot of "€.5"
    | \s+
    | (?P<stray> . )
    """,
    re.VERBOSE,
)


def read(text: str, *, decimal: str, group: str, percent: bool = False) -> list[Token]:
    """Take a text apart into numbers and signs; a currency, or with `percent` a sign for that, is left out.

    Refuses (Invalid) what is none of these, two different currencies, and numbers that could be two.
    """
    if len(text) > LONGEST:
        raise Invalid(N_("This is too long. Write a shorter calculation."))
    if group.strip() and group not in ".,":  # some scripts have a comma of their own
        text = text.replace(group, "'")
    tokens: list[Token] = []
    units = set()
    for lexeme in _LEXEME.finditer(_APART.sub("", _plain(text))):
        if number := lexeme["number"]:
            tokens.append(Number(_value(number, decimal, group)))
        elif sign := lexeme["sign"]:
            tokens.append(sign)
        elif unit := lexeme["unit"]:
            units.add(_unit(unit, percent))
        elif stray := lexeme["stray"]:
            raise _nonsense(stray)
    if len(units) > 1:
        raise Invalid(N_("Write one currency at a time."))
    return tokens


def _plain(text: str) -> str:
    """Write digits of any script, blanks and signs in ASCII; marks for the direction of writing go."""
    return "".join(map(_meaning, text))


def _meaning(character: str) -> str:
    if character in _MEANINGS:
        return _MEANINGS[character]
    if "！" <= character <= "～":  # full-width forms, as Japanese keyboards have them
        return chr(ord(character) - 0xFEE0)
    if (digit := unicodedata.decimal(character, None)) is not None:
        return str(digit)
    if character.isspace():
        return " "
    return "" if unicodedata.category(character) == "Cf" else character


def _unit(word: str, percent: bool) -> str:
    """Recognise what stands beside a number: the name or sign of a currency, as "EUR", "€", "US$" or "zł"."""
    if percent:
        if word != "%":
            raise _nonsense(word)
        return word
    name = word.upper()
    signs = [character for character in name if unicodedata.category(character) == "Sc"]
    letters = [character for character in name if character.isalpha()]
    dressed = len(signs) == 1 and len(letters) <= 3 and len(letters) + 1 == len(name)
    if name in CURRENCIES or _UNIT.fullmatch(word) or dressed:
        return name
    raise _nonsense(word)


def _value(written: str, decimal: str, group: str) -> Decimal:
    """Understand the separators of one number."""
    if not any(character.isdigit() for character in written):
        raise _nonsense(written)
    point = _point(written, decimal, group)
    if not point:
        return Decimal(_ungrouped(written, written))
    whole, _, fraction = written.rpartition(point)
    return Decimal(f"{_ungrouped(whole, written) or 0}.{fraction}")


def _point(written: str, decimal: str, group: str) -> str:
    """Find which separator is the decimal one; "" where all of them group thousands."""
    separators = re.sub(r"\d", "", written)
    last = separators[-1:]
    if last not in (".", ",", _POINT):
        return ""
    if len(separators) > 1:  # a separator that comes twice groups; the last one, if it is another, cannot
        return last if separators.count(last) == 1 else ""
    if last in (decimal, _POINT) or not re.fullmatch(r"[1-9]\d{0,2}\D\d{3}", written):
        return last
    if last != group:
        raise _unclear(written)
    return ""


def _ungrouped(whole: str, written: str) -> str:
    """Leave out the separators between thousands, or as in India: between thousands, lakhs and crores."""
    groups = re.split(r"\D", whole)
    if len(groups) == 1:
        return whole
    separators = set(re.sub(r"\d", "", whole))
    sizes = {len(part) for part in groups[1:-1]} or {3}
    if len(separators) > 1 or _POINT in separators or len(groups[-1]) != 3 or sizes not in ({2}, {3}):
        raise _unclear(written)
    if not 1 <= len(groups[0]) <= max(sizes):
        raise _unclear(written)
    return "".join(groups)


def _nonsense(word: str) -> Invalid:
    return Invalid(N_("“{text}” is not part of an amount. Leave it out."), text=word)


def _unclear(written: str) -> Invalid:
    return Invalid(N_("“{text}” is not clear. Write it without separators for thousands."), text=written)
