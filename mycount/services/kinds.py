"""Sees that what is given to a service function is of the kind that its signature names: sockets bring anything.

What is of another kind is refused here, before any database sees it, and so in the same words by all of them.
"""

import inspect
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Final, Literal, NewType, Union, get_args, get_origin, get_type_hints

from mycount.domain.errors import Invalid, NotFound
from mycount.domain.ids import UserId
from mycount.domain.words import N_

Check = Callable[[object], object]
"""Refuses what is not of its kind."""

LARGEST: Final = 2**53
"""Beyond it JavaScript does not have every whole number; and there is nothing of which there are so many."""

_NOWHERE = N_("There is no such page, or it is not for you. Check the address, or go back to the start.")
_MISFIT = N_("That does not fit with what is stored already. Reload the page and try again.")
_KEYS = range(-(2**63), 2**63)


class Kinds:
    """The kinds of a function's arguments. TypeError where one of them is not known here: name it below."""

    def __init__(self, function: Callable[..., object]) -> None:
        hints = get_type_hints(function)
        names = inspect.signature(function).parameters
        self._by_name: dict[str, Check] = {
            name: _count(name, or_none=hints[name] is not int)
            if hints[name] in (int, int | None)
            else _check(hints[name], name)
            for name in names
        }
        self._in_order = tuple(self._by_name.values())

    def check(self, args: Sequence[object], named: Mapping[str, object]) -> None:
        """Refuse arguments of another kind; those that are missing or too many are for Python to refuse."""
        for check, given in zip(self._in_order, args, strict=False):
            check(given)
        for name, given in named.items():
            if name in self._by_name:
                self._by_name[name](given)


def _check(kind: Any, name: str) -> Check:
    """Make the check of one kind. `name` is that of the argument, so that a form can say it where it was typed."""
    if isinstance(kind, NewType):
        return _nobody_or_key if kind is UserId else _key
    if isinstance(kind, type) and is_dataclass(kind):
        return _dataclass(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _instance(kind)
    simple: dict[Any, Check] = {
        str: _told(lambda it: isinstance(it, str), N_("Please type text here."), name),
        int: _number(name),
        bool: _instance(bool),
        date: _told(lambda it: type(it) is date, N_("Choose a day."), name),
        timedelta: _instance(timedelta),
        Decimal: _told(lambda it: isinstance(it, Decimal) and it.is_finite(), N_("Enter a number."), name),
        type(None): _instance(type(None)),
    }
    return simple[kind] if kind in simple else _compound(kind, name)


def _compound(kind: Any, name: str) -> Check:
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Literal:
        return _check(str, name)  # which of them there are is for the function to say
    if origin in (Union, types.UnionType) and len(inner) == 2 and type(None) in inner:
        other = _check(next(one for one in inner if one is not type(None)), name)
        return lambda given: given is None or other(given)
    if origin is tuple and inner[1:] != (...,):
        return _tuple([_check(one, name) for one in inner])
    if origin in (tuple, frozenset):
        return _all(origin, _check(inner[0], name))
    if origin is Sequence:
        return _all(Sequence, _check(inner[0], name))
    if origin is Mapping:
        return _mapping(_check(inner[0], name), _check(inner[1], name))
    raise TypeError(f"{name}: it is not known how to check {kind}")


def _told(is_one: Callable[[Any], bool], words: str, name: str) -> Check:
    def check(given: object) -> None:
        if not is_one(given):
            raise Invalid(words, field=name)

    return check


def _instance(kind: Any) -> Check:
    def check(given: object) -> None:
        if not isinstance(given, kind):
            raise Invalid(_MISFIT)

    return check


def _number(name: str) -> Check:
    def check(given: object) -> None:
        if not isinstance(given, int) or isinstance(given, bool):
            raise Invalid(N_("Enter a number."), field=name)
        if abs(given) > LARGEST:
            raise Invalid(N_("This number is too large. Enter a smaller one."), field=name)

    return check


def _count(name: str, *, or_none: bool) -> Check:
    """What a function itself asks for as a number is how many, or which."""
    number = _number(name)

    def check(given: object) -> None:
        if given is not None or not or_none:
            number(given)
            if int(given) < 0:  # type: ignore[call-overload]
                raise Invalid(N_("Use numbers of zero or more."), field=name)

    return check


def _key(given: object) -> None:
    if not isinstance(given, int) or isinstance(given, bool) or given not in _KEYS:
        raise NotFound(_NOWHERE)


def _nobody_or_key(given: object) -> None:
    if given is not None:  # nobody may ask, too, and is told that there is nothing
        _key(given)


def _tuple(inner: list[Check]) -> Check:
    def check(given: object) -> None:
        if not isinstance(given, tuple) or len(given) != len(inner):
            raise Invalid(_MISFIT)
        for one, part in zip(inner, given, strict=True):
            one(part)

    return check


def _all(kind: Any, inner: Check) -> Check:
    def check(given: object) -> None:
        if not isinstance(given, kind) or isinstance(given, str | bytes):
            raise Invalid(_MISFIT)
        for part in given:
            inner(part)

    return check


def _mapping(key: Check, value: Check) -> Check:
    def check(given: object) -> None:
        if not isinstance(given, Mapping):
            raise Invalid(_MISFIT)
        for one, part in given.items():
            key(one)
            value(part)

    return check


@cache
def _dataclass(kind: type) -> Check:
    hints = get_type_hints(kind)
    inner = [(one.name, _check(hints[one.name], one.name)) for one in fields(kind)]

    def check(given: object) -> None:
        if not isinstance(given, kind):
            raise Invalid(_MISFIT)
        for name, part in inner:
            part(getattr(given, name))

    return check
