"""What it costs that one's server is not the other's: two servers on one PostgreSQL, a browser on each."""

from contextlib import ExitStack

from tests.bench.chrome import browsers, enter
from tests.bench.figures import POSTGRESQL, Figure, middle
from tests.bench.saving import save, two_screens
from tests.bench.sites import served
from tests.bench.stores import Run

PART = "Several servers"
_MOST_MS = 50


def measure(run: Run) -> None:
    """Save on one server; look at the row on the same server, and on the other."""
    store = run.new(POSTGRESQL)
    store.use()
    with ExitStack() as stack:
        here, there = (stack.enter_context(served(run, store)) for _ in range(2))
        three = stack.enter_context(browsers(3))
        screens = two_screens(store, [here, here, there], 300)
        saver, beside, away = (enter(browser, screen) for browser, screen in zip(three, screens, strict=True))
        near, far = [], []
        for number in range(run.times(30)):
            _, (one, other) = save(saver, f"Bench {number}", [beside, away])
            near.append(one)
            far.append(other)
    on_top = [other - one for one, other in zip(near, far, strict=True)]
    told = f"median {middle(near):.0f} ms on the same server, {middle(far):.0f} ms on the other"
    name = "What a second server adds until a row is seen, median"
    run.notebook.note(Figure(PART, name, middle(on_top), "ms", _MOST_MS, database=POSTGRESQL, told=told))
