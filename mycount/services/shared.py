"""Keeps what has been read of a group for as long as the group stays as it was: all who look are shown one reading.

A change is seen on every open page at once, and all of them ask for the same.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")

_all: list["Shared[object]"] = []


class Shared(Generic[T]):
    """The latest `most` readings, by what they are readings of. Whoever asks for one that is being made waits for it.

    A key must name the state that is read, so that what is kept under it can never be out of date.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, _Reading[T]] = OrderedDict()
        _all.append(self)  # type: ignore[arg-type]

    def get(self, key: Hashable, read: Callable[[], T]) -> T:
        """Give the reading of this key; made by `read` where there is none. What `read` raises is not kept."""
        with self._lock:
            reading = self._kept.setdefault(key, _Reading())
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        with reading.lock:
            if not reading.values:
                reading.values.append(read())
            return reading.values[0]

    def forget(self) -> None:
        """Drop everything."""
        with self._lock:
            self._kept.clear()


def forget() -> None:
    """Drop every reading there is: another database has been opened."""
    for shared in _all:
        shared.forget()


class _Reading(Generic[T]):
    """One reading, and the turn to make it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.values: list[T] = []
