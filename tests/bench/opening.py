"""How long it takes in a real browser until a group is seen, and until it can be used; and what is fetched for it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from playwright.sync_api import Browser

from tests.bench import peer
from tests.bench.chrome import Opened, browsers, cold_and_warm
from tests.bench.figures import Curve, Figure, growth, middle, steps
from tests.bench.sites import Screen, group_screen, hello_served, served
from tests.bench.stores import Run

PART = "Browser"
_MOST = 1.3
_VISITS = ("cold", "warm")
_HELLO, _PEER = "hello", "peer"
Key = tuple[str, int] | str
Found = dict[Key, list[list[Opened]]]


def measure(run: Run) -> None:
    """Open groups of every size, the bare page and the peer's page in turns, in new profiles and once more in them."""
    with ExitStack() as stack:
        screens: dict[Key, Screen] = {_HELLO: stack.enter_context(hello_served())[0]}
        for kind in run.kinds:
            store = run.filled(kind)
            server = stack.enter_context(served(run, store))
            for size, scene in store.groups.items():
                screens[kind, size] = group_screen(server, store, scene, size)
        with _peer(run, screens):
            browser = stack.enter_context(browsers())[0]
            found = _opened(browser, screens, run.times(8))
        _note_growth(run, found)
        _note_floor(run, found)
        _note_peer(run, found)
        wanted: list[Key] = [_HELLO, *((kind, run.sizes[1]) for kind in run.kinds)]
        throttled = {key: screens[key] for key in wanted}
        _note_throttled(run, _opened(browser, throttled, run.times(5), slow=True))


@contextmanager
def _peer(run: Run, screens: dict[Key, Screen]) -> Iterator[None]:
    """Add the peer's page to the screens, if it can be had."""
    with ExitStack() as stack:
        try:
            screens[_PEER] = stack.enter_context(peer.peer_served(run))
        except Exception as error:
            told = str(error).replace("\n", " ")[:200]
            run.notebook.note(Figure(PART, "I Hate Money is there to compare with", None, "", 0, told=told))
        yield


def _opened(browser: Browser, screens: dict[Key, Screen], rounds: int, *, slow: bool = False) -> Found:
    found: Found = {key: [] for key in screens}
    for number in range(rounds + 1):
        for key, screen in screens.items():
            opened = cold_and_warm(browser, screen, slow=slow, live=key != _PEER)
            if number:  # the first time, servers and browser do what they do only once
                found[key].append(opened)
    return found


def _median(found: Found, key: Key, visit: int, what: Callable[[Opened], float]) -> float:
    return middle(what(both[visit]) for both in found[key])


def _usable(opened: Opened) -> float:
    return opened.usable


def _seen(opened: Opened) -> float:
    return opened.seen


def _kilobytes(opened: Opened) -> float:
    return opened.kilobytes


def _note_growth(run: Run, found: Found) -> None:
    small, *_, large = run.sizes
    for kind in run.kinds:
        for visit, name in enumerate(_VISITS):
            curve: Curve = {size: _median(found, (kind, size), visit, _usable) for size in run.sizes}
            title = f"Until a group can be used, {name}"
            run.notebook.curve(kind, title, curve)
            title += f": the worst of {small:,} to {large:,} as a multiple of {small:,}"
            run.notebook.note(
                Figure(PART, title, growth(curve), "×", _MOST, database=kind, told=steps(curve))
            )


def _note_floor(run: Run, found: Found) -> None:
    for kind in run.kinds:
        for visit, name in enumerate(_VISITS):
            ours, bare = (_median(found, key, visit, _usable) for key in ((kind, run.sizes[1]), _HELLO))
            title = f"Until a group can be used, {name}, as a multiple of the bare page"
            told = f"{ours:.0f} / {bare:.0f} ms"
            run.notebook.note(Figure(PART, title, ours / bare, "×", _MOST, database=kind, told=told))
        size = _median(found, (kind, run.sizes[1]), 0, _kilobytes)
        told = f"hello {_median(found, _HELLO, 0, _kilobytes):.0f} KB"
        run.notebook.note(
            Figure(PART, "Fetched for a group, cold", size, "KB", 400, database=kind, told=told)
        )


def _note_peer(run: Run, found: Found) -> None:
    if not found.get(_PEER):
        return
    for kind in run.kinds:
        for visit, name in enumerate(_VISITS):
            ours, theirs = (_median(found, key, visit, _seen) for key in ((kind, run.sizes[1]), _PEER))
            title = f"Until list and balance are seen, {name}, as a multiple of I Hate Money's smallest page"
            told = f"{ours:.0f} / {theirs:.0f} ms"
            run.notebook.note(Figure(PART, title, ours / theirs, "×", 1.0, database=kind, told=told))


def _note_throttled(run: Run, found: Found) -> None:
    for kind in run.kinds:
        key = (kind, run.sizes[1])
        for visit, name in enumerate(_VISITS):
            ours, bare = (_median(found, one, visit, _usable) / 1000 for one in (key, _HELLO))
            seen = _median(found, key, visit, _seen) / 1000
            title = f"Until a group can be used, {name}, a quarter of the processor, 9 Mbit/s, 40 ms"
            told = f"seen after {seen:.2f} s; hello {bare:.2f} s"
            run.notebook.note(Figure(PART, title, ours, "s", 1.5, database=kind, told=told))
