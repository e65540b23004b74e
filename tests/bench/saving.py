"""How long it takes from pressing Save until the row is seen: on one's own screen, and on another's, in a crowd."""

from contextlib import ExitStack

from playwright.sync_api import Page

from tests.bench.audience import gathered
from tests.bench.chrome import browsers, enter, noticed, pressed, watch
from tests.bench.figures import Figure, middle, share
from tests.bench.filling import all_signed_in, crowd, filled, latest
from tests.bench.sites import COOKIE, Screen, id_of, processor_seconds, served
from tests.bench.stores import Run, Store
from tests.server import Server

PART = "Saving"
_CROWD, _ADDERS, _EVERY = 200, 50, 5.0
_EXPENSES = 1_000
_OWN_MS, _OTHERS_MS = 60, 150


def measure(run: Run) -> None:
    """Save in one browser and look in another, while a crowd adds in groups of its own."""
    for kind in run.kinds:
        store = run.new(kind)
        store.use()
        size = 100 if run.quick else _EXPENSES
        people = crowd(store.world, run.times(_CROWD), size // 10)
        with ExitStack() as stack:
            server = stack.enter_context(served(run, store))
            saver, watcher = stack.enter_context(browsers(2))
            screens = two_screens(store, [server, server], size)
            pages = [
                enter(browser, screen) for browser, screen in zip((saver, watcher), screens, strict=True)
            ]
            audience = stack.enter_context(
                gathered(server.address, people, adders=run.times(_ADDERS), every=_EVERY)
            )
            used, own, others = processor_seconds(id_of(server)), [], []
            for number in range(run.times(40)):
                mine, theirs = save(pages[0], f"Bench {number} {kind}", pages[1:])
                own.append(mine)
                others += theirs
            used = processor_seconds(id_of(server)) - used
            done = audience.done()
        _note(run, kind, own, others, done)
        saved = len(own) + len(done["waits"])
        name = "Processor time of the server for each Save, with the screens of ten people"
        run.notebook.note(Figure(PART, name, 1000 * used / saved, "ms", database=kind))


def two_screens(store: Store, servers: list[Server], size: int) -> list[Screen]:
    """Make a group, and give its page for as many members as there are servers, each on theirs."""
    scene = filled(store.world, size)
    tokens = all_signed_in(store.world, scene)
    says = (latest(size), "Settle up")
    return [
        Screen(f"{server.address}/groups/{scene.id}", says, (COOKIE, token))
        for server, token in zip(servers, tokens, strict=False)
    ]


def save(page: Page, title: str, others: list[Page]) -> tuple[float, list[float]]:
    """Add an expense; gives the milliseconds from pressing Save until the row is seen here, and on each other page."""
    page.get_by_role("button", name="Add expense").filter(visible=True).first.click()
    sheet = page.get_by_role("dialog", name="Add expense")
    sheet.get_by_label("Amount").fill("12.50")
    sheet.get_by_label("What for").fill(title)
    page.wait_for_timeout(600)  # until what follows from the title has come: a person takes longer
    for one in (page, *others):
        watch(one, title, title, "li")
    sheet.get_by_role("button", name="Save expense").click()
    mine = noticed(page, title)
    begun = pressed(page)
    theirs = [noticed(one, title) - begun for one in others]
    sheet.wait_for(state="hidden")
    return mine - begun, theirs


def _note(run: Run, kind: str, own: list[float], others: list[float], done: dict[str, list[float]]) -> None:
    many = f"{run.times(_CROWD)} people connected, {run.times(_ADDERS)} of whom add every {_EVERY:.0f} s"
    for name, times, most in (("one's own", own, _OWN_MS), ("another's", others, _OTHERS_MS)):
        title = f"From pressing Save until the row is on {name} screen, p95, {many}"
        told = f"median {middle(times):.0f} ms"
        run.notebook.note(Figure(PART, title, share(times, 0.95), "ms", most, database=kind, told=told))
    waits = done["waits"]
    told = f"median {middle(waits):.0f} ms of {len(waits)}"
    title = "The same in the crowd, without a browser, until the row is sent, p95"
    run.notebook.note(Figure(PART, title, share(waits, 0.95), "ms", database=kind, told=told))
    faults = f"{done['faults']}" if done["faults"] else ""
    title = "Expenses of the crowd that were not saved and seen"
    run.notebook.note(Figure(PART, title, float(done["failed"]), "", 0, database=kind, told=faults))  # type: ignore[arg-type]
