"""How long the server takes for a group's page: until the last byte, and of the processor."""

import time
from collections.abc import Callable
from contextlib import ExitStack

import httpx

from tests.bench.figures import Curve, Figure, growth, middle, steps
from tests.bench.sites import Screen, group_screen, hello_served, id_of, processor_seconds, served
from tests.bench.stores import Run
from tests.bench.turns import in_turns

PART = "Server"
_MOST_GROWTH, _MOST_MS = 1.3, 8.0
PAGE = "Page of a group, until the last byte"


def measure(run: Run) -> None:
    """Measure the page of every size in turns with the bare page of the framework."""
    for kind in run.kinds:
        store = run.filled(kind)
        with ExitStack() as stack:
            server = stack.enter_context(served(run, store))
            hello, hello_id = stack.enter_context(hello_served())
            screens: dict[object, tuple[Screen, int]] = {
                size: (group_screen(server, store, scene, size), id_of(server))
                for size, scene in store.groups.items()
            }
            screens["hello"] = (hello, hello_id)
            _compare(run, kind, screens)


def _compare(run: Run, kind: str, screens: dict[object, tuple[Screen, int]]) -> None:
    used: dict[object, list[float]] = {key: [] for key in screens}
    with ExitStack() as stack:
        works = {
            key: _answer(stack.enter_context(screen.client()), screen, process, used[key])
            for key, (screen, process) in screens.items()
        }
        for work in works.values():
            work()
        for ones in used.values():
            ones.clear()
        found = in_turns(works, run.times(24), seconds=30)
    times = {key: middle(values) for key, values in found.items()}
    processor = {key: sum(values) / len(values) for key, values in used.items()}
    curve: Curve = {key: value for key, value in times.items() if isinstance(key, int)}
    small, *_, large = sorted(curve)
    told = f"hello {times['hello']:.1f} ms"
    run.notebook.curve(kind, PAGE, curve)
    title = f"{PAGE}: the worst of {small:,} to {large:,} as a multiple of {small:,}"
    run.notebook.note(Figure(PART, title, growth(curve), "×", _MOST_GROWTH, database=kind, told=steps(curve)))
    worst = max(curve.values())
    run.notebook.note(Figure(PART, PAGE, worst, "ms", _MOST_MS, database=kind, told=told))
    busiest = max(value for key, value in processor.items() if isinstance(key, int))
    told = f"hello {processor['hello']:.1f} ms"
    run.notebook.note(
        Figure(PART, "Processor time of a page of a group", busiest, "ms", _MOST_MS, database=kind, told=told)
    )


def _answer(
    client: httpx.Client, screen: Screen, process: int, used: list[float], pages: int = 8
) -> Callable[[], float]:
    """Fetch a page several times running: the median in milliseconds; the processor time of each is added to `used`."""

    def work() -> float:
        before, taken = processor_seconds(process), []
        for _ in range(pages):
            begun = time.perf_counter()
            answer = client.get(screen.url)
            taken.append((time.perf_counter() - begun) * 1000)
            assert answer.status_code == 200, f"{screen.url}: {answer.status_code}"
        used.append((processor_seconds(process) - before) * 1000 / pages)
        return middle(taken)

    return work
