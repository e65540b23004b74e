"""What nobody means and somebody sends: for every kind of argument, made from a value that is good."""

import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any, Literal, NewType, Union, get_args, get_origin, get_type_hints

NO_TEXT: tuple[Any, ...] = (None, 7, 1.5, True, [], ["a"], {}, {"a": 1}, b"a")
TEXTS: tuple[str, ...] = (
    *("", " ", "x" * 10_000, "\ufdfa" * 80, "\ufdfa" * 2000, "é" * 201),
    *("a\0b", "\0", "\ud800", "a\udfffb", "\x07\x1b[31m", "a\nb\tc\r\nd", "a\u2028b\u2029c\x85d"),
    *("\u202eevil\u202c", "\u2066\u2067\u2068", "\u200f\u061c", "a\u200bb", "\u200b", "\u3164", "\u2800"),
    *(
        "\u200d\u2060\ufeff\xad",
        "\u0301\u0301",
        "a" + "\u0301" * 1000,
        "\U000e0041\U000e0042",
        "\uffff\ue000",
    ),
    *("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}", "{name} %s {0.__class__}"),
    *(
        "=1+1",
        "@SUM(A1)",
        "'; DROP TABLE expense; --",
        "%_\\",
        "../../etc/passwd",
        "http://[",
        "fe80::1%eth0",
    ),
    *("NaN", "Infinity", "1e400", "-0", "0.005", "١٢", "0000-00-00", "👨‍👩‍👧 🏴󠁧󠁢󠁳󠁣󠁴󠁿", "ﬃ ǅ İ ß"),
)
FEW_TEXTS = ("", "x" * 10_000, "a\0b", "\ud800", "\u202eevil", "\u200b\u3164", "<b>=1</b>\n", "NaN")
"""For what takes a while each time: passwords are hashed slowly on purpose."""

NUMBERS: tuple[Any, ...] = (
    *(float("nan"), float("inf"), -float("inf"), 1e400, -0.0, 0.005, 12.0, True, False, "12", "١٢", "", None),
    *([], [1], {}, Decimal(12), Decimal("NaN"), 0, -1, 10**15 + 1, 2**53 + 1, 2**63, -(2**63) - 1, 2**200),
)
DECIMALS: tuple[Any, ...] = (
    *(
        Decimal(text)
        for text in ("NaN", "sNaN", "Infinity", "-Infinity", "1e400", "-0", "0.005", "1e-400", "-1")
    ),
    *(12, 0.005, float("nan"), "12", "١٢", None, True, [], {}),
)
DATES: tuple[Any, ...] = (
    *(date.min, date.max, date(1899, 12, 31), datetime(2026, 3, 14, 12), datetime.max, timedelta(1)),
    *("0000-01-01", "10000-01-01", "2026-03-14", "", 0, 2.5, None, [], {}),
)
DURATIONS: tuple[Any, ...] = (
    *(timedelta.min, timedelta.max, timedelta(0), timedelta(microseconds=1), 5, 1.5, "P1D", None, [], True),
)
TRUTHS: tuple[Any, ...] = (None, 0, 1, 2, "", "no", [], {}, 0.0)
NO_CHOICES: tuple[Any, ...] = (None, "", "nonsense", "equal", "expense", 0, True, [], {}, 1.5)
NO_COLLECTIONS: tuple[Any, ...] = (
    None,
    7,
    "abc",
    b"abc",
    True,
    1.5,
    {1: 2},
    {1},
    [[]],
    (None,),
    ((),),
    ("a", "a"),
)


def hostile(kind: Any, good: Any, *, few: bool = False) -> Iterator[Any]:
    """Give what is hostile for an annotation; TypeError for one that is not known here: name it below."""
    simple: dict[Any, tuple[Any, ...]] = {
        str: (*(FEW_TEXTS if few else TEXTS), *NO_TEXT),
        int: NUMBERS,
        bool: TRUTHS,
        date: DATES,
        timedelta: DURATIONS,
        Decimal: DECIMALS,
    }
    if isinstance(kind, NewType):
        yield from NUMBERS
    elif kind in simple:
        yield from simple[kind]
    elif isinstance(kind, type) and issubclass(kind, Enum):
        yield from NO_CHOICES
    elif isinstance(kind, type) and is_dataclass(kind):
        yield from _of_dataclass(kind, good)
    else:
        yield from _of_compound(kind, good)


def _of_dataclass(kind: type, good: Any) -> Iterator[Any]:
    yield from (None, "text", 7, {}, [], {"title": "Dinner"})
    hints = get_type_hints(kind)
    for field in fields(kind):
        for value in hostile(hints[field.name], getattr(good, field.name)):
            yield replace(good, **{field.name: value})


def _of_compound(kind: Any, good: Any) -> Iterator[Any]:
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Literal:
        yield from (*TEXTS, *NO_TEXT)
    elif origin in (Union, types.UnionType) and type(None) in inner and len(inner) == 2:
        yield from hostile(next(one for one in inner if one is not type(None)), good)
    elif origin is tuple and inner[1:] != (...,):
        yield from NO_COLLECTIONS
        for place, one in enumerate(inner):
            for value in hostile(one, good[place]):
                yield (*good[:place], value, *good[place + 1 :])
    elif origin in (tuple, frozenset, Sequence):
        yield from NO_COLLECTIONS
        first, *rest = good
        make: Any = frozenset if origin is frozenset else tuple
        yield from (make([value, *rest]) for value in hostile(inner[0], first) if _can_be_key(value))
    elif origin is Mapping:
        yield from NO_COLLECTIONS
        first, amount = next(iter(good.items()))
        yield from ({**good, value: amount} for value in hostile(inner[0], first) if _can_be_key(value))
        yield from ({**good, first: value} for value in hostile(inner[1], amount))
    else:
        raise TypeError(f"what is hostile for {kind}?")


def _can_be_key(value: object) -> bool:
    try:
        return hash(value) is not None
    except TypeError:
        return False
