"""Passwords: Argon2id, one rule for every way in, and the same time for accounts that do not exist.

Cost: 46 MiB, one pass, one lane (OWASP's first choice; about 50 ms on a small server). Two at a time, so that
a rush of sign-ins cannot take the server's memory; whoever calls what is marked as `slow` gives it threads of its own,
so that the rush does not keep everything else waiting.
"""

import threading
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from mycount.domain.errors import Invalid
from mycount.domain.words import N_

SHORTEST, LONGEST = 8, 128
AT_ONCE = 2

F = TypeVar("F", bound=Callable[..., Any])

_hasher = PasswordHasher(time_cost=1, memory_cost=47_104, parallelism=1)
_places = threading.BoundedSemaphore(AT_ONCE)


def slow(function: F) -> F:
    """Mark a service function that works with passwords; `is_slow` finds the mark."""
    function.works_with_passwords = True  # type: ignore[attr-defined]
    return function


def is_slow(function: Callable[..., Any]) -> bool:
    """Say whether a service function works with passwords, and so waits for its turn to."""
    return getattr(function, "works_with_passwords", False)


def hashed(password: str, *, not_like: tuple[str, ...] = ()) -> str:
    """Hash a new password; refuses one that is short, very common, or one of `not_like` (name, e-mail)."""
    if len(password) < SHORTEST:
        raise Invalid(N_("Use at least {n} characters for the password."), field="password", n=SHORTEST)
    if len(password) > LONGEST:
        raise Invalid(N_("Use at most {n} characters for the password."), field="password", n=LONGEST)
    if password.casefold() in _common() or password.casefold() in {word.casefold() for word in not_like}:
        raise Invalid(N_("This password is easy to guess. Please choose another."), field="password")
    with _places:
        return _hasher.hash(_bytes(password))


def matches(password: str, stored: str | None) -> bool:
    """Say whether the password is the stored one; takes as long when there is none."""
    with _places:
        try:
            return _hasher.verify(stored or _dummy(), _bytes(password[: LONGEST + 1])) and stored is not None
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(stored: str) -> bool:
    """Say whether a stored hash was made with a lower cost than today's."""
    return _hasher.check_needs_rehash(stored)


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")


@cache
def _dummy() -> str:
    return _hasher.hash("nobody has this password")


@cache
def _common() -> frozenset[str]:
    from zxcvbn.frequency_lists import FREQUENCY_LISTS  # 30,000 passwords, read when first needed

    return frozenset(word for word in FREQUENCY_LISTS["passwords"] if len(word) >= SHORTEST)
