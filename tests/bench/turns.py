"""Measures several things in turns, so that whatever else the machine does hits all of them alike."""

import time
from collections.abc import Callable, Hashable, Mapping
from typing import Any, TypeVar

from tests.bench.figures import middle

K = TypeVar("K", bound=Hashable)
Work = Callable[[], object]
Prepare = Callable[[], Work]


def in_turns(
    works: Mapping[K, Callable[[], float]], rounds: int, *, seconds: float = 20.0, least: int = 3
) -> dict[K, list[float]]:
    """Let each work be measured once a round; gives what each has given.

    There are fewer rounds, but not fewer than `least`, where they take longer than `seconds` together.
    """
    found: dict[K, list[float]] = {key: [] for key in works}
    end = time.monotonic() + seconds
    for number in range(rounds):
        if number >= least and time.monotonic() > end:
            break
        for key, work in works.items():
            found[key].append(work())
    return found


def medians(
    works: Mapping[K, Callable[[], float]], rounds: int, *, seconds: float = 20.0, least: int = 3
) -> dict[K, float]:
    """Give the median of each."""
    return {
        key: middle(values) for key, values in in_turns(works, rounds, seconds=seconds, least=least).items()
    }


def timed(prepare: Prepare, after: Callable[[Any], object] = lambda _: None) -> Callable[[], float]:
    """Make what prepares a piece of work and gives the milliseconds that it takes.

    Neither preparing is timed nor `after`, which is called with what the work gave.
    """

    def measure() -> float:
        work = prepare()
        begun = time.perf_counter()
        done = work()
        taken = (time.perf_counter() - begun) * 1000
        after(done)
        return taken

    return measure
