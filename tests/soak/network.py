"""The way to PostgreSQL refuses, hangs, is slow or is cut: everything ends in time, and nothing is lost."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

import httpx

from tests.asking import ask
from tests.bench.figures import POSTGRESQL
from tests.server import Server
from tests.soak.places import Place
from tests.soak.writing import Writing, compared, used, writing_into
from tests.waiting import until
from tests.web.proxy import Proxy
from tests.world import Scene

PART = "Way to PostgreSQL"
_ACTION_SECONDS, _HEALTH_SECONDS, _BACK_SECONDS, _FREE_SECONDS = 10.0, 3.0, 5.0, 0.5
_CALLERS = 60
_LIMITS = {
    "/health": _HEALTH_SECONDS,
    "/livez": _FREE_SECONDS,
    "a page": _ACTION_SECONDS,
    "writing": _ACTION_SECONDS,
}


class Troubled(Proxy):
    """A way to the database that can also be slow, or cut what is open and take new connections."""

    slow = 0.0

    def cut(self) -> None:
        """End all connections; new ones are taken."""
        self._cut()

    def delay(self) -> None:
        """Let all that is said take a fifth of a second more from now on."""
        self.slow = 0.2

    def mend(self) -> None:
        """Work again."""
        self.slow = 0.0
        if self._listener.fileno() == -1 or self._silent:
            super().mend()

    def _before_passing_on(self) -> None:
        time.sleep(self.slow)


@dataclass
class Watch:
    """How long those who asked had to wait, and what they were told."""

    longest: dict[str, float] = field(default_factory=dict)
    told: dict[str, set[int]] = field(default_factory=dict)

    def asked(self, what: str, seconds: float, status: int) -> None:
        """Take down one answer."""
        self.longest[what] = max(seconds, self.longest.get(what, 0.0))
        self.told.setdefault(what, set()).add(status)

    @property
    def statuses(self) -> str:
        """What was told, in one line."""
        return ", ".join(f"{what} {sorted(told)}" for what, told in self.told.items())


FAULTS: Final[dict[str, Callable[[Troubled], None]]] = {
    "refuses": Troubled.refuse,
    "hangs": Troubled.hang,
    "is slow": Troubled.delay,
    "is cut": Troubled.cut,
}


def soak(place: Place) -> None:
    """Break it in each way for half a minute, with a server running and somebody writing."""
    for name in FAULTS:
        break_it(place, name, place.times(30, 9))


def break_it(place: Place, name: str, seconds: float, *, callers: int = _CALLERS) -> None:
    """Break it in one way while people ask and somebody writes; where it hangs, for many callers at once."""
    url = place.url(POSTGRESQL)
    with Troubled(url) as way, Server(way.url, place.new_folder()) as server, used(url) as world:
        scene = world.group("Ann", "Bo", "Cy")
        token = world.device(scene.owner)
        writing = writing_into(way.url, scene, "way")
        writing.start()
        writing.until_done()
        FAULTS[name](way)
        watch = _asked_for(server, token, scene, seconds)
        watch.longest["everybody"] = _crowd(server, token, scene, callers) if name == "hangs" else 0.0
        way.mend()
        back = _back(server, writing)
        writing.stop()
        found = compared(world.database, writing)
        said = server.unforeseen()
    longest = {**watch.longest, "writing": writing.longest_try}
    told = f"{writing.acknowledged:,} writes, {writing.again} tried again; statuses {watch.statuses}"
    if name == "hangs":
        place.note(
            PART,
            f"hangs: longest of {callers} at once",
            longest["everybody"],
            _ACTION_SECONDS,
            POSTGRESQL,
            unit="s",
        )
    for what, limit in _LIMITS.items():
        place.note(PART, f"{name}: longest for {what}", longest[what], limit, POSTGRESQL, unit="s")
    place.note(PART, f"{name}: until all is well again", back, _BACK_SECONDS, POSTGRESQL, unit="s")
    place.note(PART, f"{name}: lost, doubled, half or odd", found.wrong, 0, POSTGRESQL, told=told)
    place.note(PART, f"{name}: errors that nobody expected", len(said), 0, POSTGRESQL)


def _asked_for(server: Server, token: str, scene: Scene, seconds: float) -> Watch:
    """Let three people ask for different things all the time."""
    watch, over = Watch(), threading.Event()
    paths = {"/health": "/health", "/livez": "/livez", "a page": f"/groups/{scene.id}"}
    threads = [
        threading.Thread(target=_ask_again, args=(server, token, what, path, watch, over))
        for what, path in paths.items()
    ]
    for thread in threads:
        thread.start()
    over.wait(seconds)
    over.set()
    for thread in threads:
        thread.join()
    return watch


def _ask_again(server: Server, token: str, what: str, path: str, watch: Watch, over: threading.Event) -> None:
    while not over.is_set():
        watch.asked(what, *_asked(server, token, path))
        over.wait(0.2)


def _asked(server: Server, token: str, path: str) -> tuple[float, int]:
    begun, status = time.monotonic(), 0
    with suppress(httpx.HTTPError):
        status = ask(f"{server.address}{path}", cookies={"mycount_session": token}).status_code
    return time.monotonic() - begun, status


def _crowd(server: Server, token: str, scene: Scene, callers: int) -> float:
    """Let many ask for a page at the same moment; gives the seconds until the last of them has an answer."""
    with ThreadPoolExecutor(callers) as threads:
        waits = threads.map(lambda _: _asked(server, token, f"/groups/{scene.id}")[0], range(callers))
        return max(waits)


def _back(server: Server, writing: Writing) -> float:
    """Wait until it is healthy and somebody has written again; gives the seconds."""
    begun = time.monotonic()
    until(lambda: server.status("/health") == 200, "healthy again")
    writing.until_done()
    return time.monotonic() - begun
