"""What is served: MyCount from a filled database, the bare page of the framework, and what their processes use."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.bench import hello
from tests.bench.filling import latest
from tests.bench.stores import Run, Store
from tests.server import Server, _free_port
from tests.waiting import until
from tests.world import Scene

_ROOT = Path(__file__).parents[2]
_TICK, _PAGE = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGESIZE")
COOKIE = "mycount_session"


@dataclass(frozen=True)
class Screen:
    """A page that is looked at: where it is, with which cookie, and what it says once it is there."""

    url: str
    says: tuple[str, ...]
    cookie: tuple[str, str] | None = None

    def client(self) -> httpx.Client:
        """Give a client that keeps its connection, as a browser does."""
        cookies = dict([self.cookie]) if self.cookie else {}
        return httpx.Client(cookies=cookies, headers={"Accept": "text/html"}, timeout=60)


@contextmanager
def served(run: Run, store: Store, **settings: str) -> Iterator[Server]:
    """Serve a database by the real program, in a process of its own."""
    settings = {
        "MYCOUNT_PAGES_PER_SECOND": "0",
        "MYCOUNT_SOCKETS_PER_SECOND": "0",
        **settings,
    }  # one visitor asks here for what many do
    with Server(store.url, run.place("server"), **settings) as server:
        yield server


@contextmanager
def hello_served() -> Iterator[tuple[Screen, int]]:
    """Serve the bare page of the framework; gives it, and the id of its process."""
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.hello", str(port)], cwd=_ROOT, stderr=subprocess.DEVNULL
    )
    try:
        screen = Screen(f"http://127.0.0.1:{port}/", (hello.WORDS,))
        until(lambda: answers(screen.url), "the bare page is served", seconds=60)
        yield screen, process.pid
    finally:
        process.terminate()
        process.wait(20)


def group_screen(server: Server, store: Store, scene: Scene, size: int, view: str = "") -> Screen:
    """Give a group's page as its owner sees it: the latest expense, a balance, and how to settle up."""
    store.use()
    token = store.world.device(scene.owner)
    return Screen(f"{server.address}/groups/{scene.id}{view}", (latest(size), "Settle up"), (COOKIE, token))


def answers(url: str) -> bool:
    """Say whether a GET is answered well."""
    try:
        return httpx.get(url, timeout=10).status_code == 200
    except httpx.HTTPError:
        return False


def processor_seconds(process_id: int) -> float:
    """Give the processor time that a process has used so far."""
    fields = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICK


def memory_kb(process_id: int) -> float:
    """Give the memory of a process that is in use now, in KB."""
    return int(Path(f"/proc/{process_id}/statm").read_text().split()[1]) * _PAGE / 1024


def id_of(server: Server) -> int:
    """Give the id of the process of a running server."""
    assert server.process is not None
    return server.process.pid
