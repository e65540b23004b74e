"""How long it takes from pressing a tab of a group until its view is painted."""

from contextlib import ExitStack

from playwright.sync_api import Page

from tests.bench.chrome import browsers, enter, noticed, pressed, watch
from tests.bench.figures import Figure, middle
from tests.bench.filling import PEOPLE
from tests.bench.sites import group_screen, served
from tests.bench.stores import Run

PART = "Browser"
_LAST = PEOPLE[-1]
VIEWS = {"Balances": _LAST, "Settle up": _LAST, "Insights": "Groceries", "More": _LAST, "Expenses": "paid"}
"""Every tab, and a word of what is seen in its view once it is there."""
_MOST_MS = 120


def measure(run: Run) -> None:
    """Go round the tabs in a group of each kind of database, in turns; the first round is told apart."""
    times: dict[str, dict[str, list[float]]] = {kind: {view: [] for view in VIEWS} for kind in run.kinds}
    with ExitStack() as stack:
        browser = stack.enter_context(browsers())[0]
        pages: dict[str, Page] = {}
        for kind in run.kinds:
            store, size = run.filled(kind), run.sizes[1]
            server = stack.enter_context(served(run, store))
            pages[kind] = enter(browser, group_screen(server, store, store.groups[size], size))
        for _ in range(run.times(16)):
            for kind, page in pages.items():
                for view in VIEWS:
                    times[kind][view].append(_go(page, view))
    for kind in run.kinds:
        first = {view: values.pop(0) for view, values in times[kind].items()}
        settled = {view: middle(values) for view, values in times[kind].items()}
        _note(run, kind, "From pressing a tab until its view is seen, the worst of all tabs", settled)
        _note(run, kind, "The same, the first time in a page", first)


def _go(page: Page, view: str) -> float:
    watch(page, "tab", VIEWS[view], f'[role=tabpanel][aria-label="{view}"]')
    page.get_by_role("tab", name=view, exact=True).click()
    return noticed(page, "tab") - pressed(page)


def _note(run: Run, kind: str, name: str, times: dict[str, float]) -> None:
    told = ", ".join(f"{view} {time:.0f}" for view, time in times.items())
    run.notebook.note(Figure(PART, name, max(times.values()), "ms", _MOST_MS, database=kind, told=told))
