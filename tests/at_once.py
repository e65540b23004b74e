"""Lets several threads do things at the same moment, again and again."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

PATIENCE = 60.0  # seconds; a barrier that breaks ends a test instead of hanging it


def at_once(works: Sequence[Callable[[], object]]) -> list[object]:
    """Start all works together, each in a thread of its own; gives what each gave, or the error it raised."""
    return rounds(1, [lambda _, work=work: work() for work in works])[0]  # type: ignore[misc]


def rounds(count: int, works: Sequence[Callable[[int], object]]) -> list[list[object]]:
    """Let the works run together in `count` rounds, each with the round's number; gives the outcomes by round."""
    barrier = threading.Barrier(len(works))

    def play(work: Callable[[int], object]) -> list[object]:
        outcomes = []
        for number in range(count):
            barrier.wait(PATIENCE)
            outcomes.append(_outcome(work, number))
        return outcomes

    with ThreadPoolExecutor(len(works)) as threads:
        by_work = list(threads.map(play, works))
    return [list(outcomes) for outcomes in zip(*by_work, strict=True)]


def _outcome(work: Callable[[int], object], number: int) -> object:
    try:
        return work(number)
    except Exception as error:
        return error
