"""Floods of pages, events, half-sent requests and sockets: somebody else's page stays usable, and memory bounded."""

import asyncio
import json
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import httpx

from tests.asking import ask
from tests.bench.crowd import add_one
from tests.bench.figures import POSTGRESQL, SQLITE, share
from tests.bench.raw_page import RawPage
from tests.server import Server
from tests.soak.flooder import COMING, EVENTS, HALF, KINDS, PAGES, PAGES_SIGNED_IN, SOCKETS
from tests.soak.places import Place
from tests.soak.writing import used
from tests.waiting import PATIENCE, until

PART = "Floods"
REASONS: Final = {
    PAGES: "too_fast",
    PAGES_SIGNED_IN: "too_fast",
    EVENTS: "flood",
    HALF: "slow",
    SOCKETS: "unknown_page",
    COMING: "sockets_too_fast",
}
"""What the server counts while each is going on."""

_ROOT = Path(__file__).parents[2]
_MORE_SLOWLY, _MORE_MEGABYTES = 5.0, 150.0
_BEFORE_CUT_OFF = 22.0  # seconds: then half-sent requests and silent sockets are cut off


def soak(place: Place) -> None:
    """Flood a server in each way, while somebody else works; then once without what holds floods back."""
    for kind in KINDS:
        flood(place, kind, place.times(60, 25), clicks=place.times(60, 12))
        flood(place, kind, place.times(30, 25), clicks=place.times(60, 12), database=POSTGRESQL)
    notice(place, place.times(30, 10))
    notice_sockets(place, place.times(30, 10))


def flood(place: Place, kind: str, seconds: float, *, clicks: int = 0, database: str = SQLITE) -> None:
    """Flood in one way; with `clicks`, time as many of somebody else's before, meanwhile and afterwards."""
    url = place.url(database)
    pace = (
        {"MYCOUNT_PAGES_PER_SECOND": "1"} if place.quick else {}
    )  # else a slow machine is not flooded by so few
    with used(url) as world, Server(url, place.new_folder(), **pace) as server:
        scene, other = world.group("Ann", "Bo"), world.group("Eve", "Mallory")
        mine, path = world.device(scene.owner), f"/groups/{scene.id}"
        asyncio.run(_timed(server, path, mine, 3))  # what is made once is made
        quiet = asyncio.run(_timed(server, path, mine, clicks))
        memory = _memory(server)
        harm = _begin(server, kind, world.device(other.owner), f"/groups/{other.id}", seconds)
        until(lambda: _refused(server, REASONS[kind]) > 0, "the server notices", seconds=PATIENCE + seconds)
        flooded = asyncio.run(_timed(server, path, mine, clicks))
        counted = _ended(harm)
        grown = _memory(server) - memory
        after = asyncio.run(_timed(server, path, mine, max(1, clicks)))
        errors = len(server.unforeseen())
    told = ", ".join(f"{name} {value:,.0f}" for name, value in counted.items())
    place.note(PART, f"{kind}: memory grew by", grown, _MORE_MEGABYTES, database, unit="MB", told=told)
    place.note(PART, f"{kind}: errors that nobody expected", errors, 0, database)
    if clicks:
        for when, waits in (("meanwhile", flooded), ("afterwards", after)):
            times = share(waits, 0.95) / share(quiet, 0.95)
            told = f"p95 {share(waits, 0.95):.0f} ms, {share(quiet, 0.95):.0f} in quiet"
            place.note(
                PART, f"{kind}: clicks of others, {when}", times, _MORE_SLOWLY, database, unit="x", told=told
            )


def notice(place: Place, seconds: float) -> None:
    """See that too many pages are noticed where nothing holds them back, and only there."""
    made = {pace: _pages_over(place, pace, seconds) for pace in (1, 0)}
    _note_over(place, "pages made", made)


def notice_sockets(place: Place, seconds: float) -> None:
    """See the same of sockets."""
    opened = {pace: _sockets_over(place, pace, seconds) for pace in (1, 0)}
    _note_over(place, "sockets opened", opened)


def _note_over(place: Place, what: str, over: dict[int, float]) -> None:
    place.note(PART, f"{what} beyond what is allowed", over[1], 0, SQLITE)
    place.note(
        PART, f"{what} without a limit: the same, which must be noticed", over[0], 1, SQLITE, at_least=True
    )


def _pages_over(place: Place, pace: int, seconds: float) -> float:
    """Say how many more pages a flood got than one page a second, and twelve at once, make."""
    counted = _counted(place, PAGES, seconds, MYCOUNT_PAGES_PER_SECOND=str(pace))
    return max(0.0, counted.get("200", 0) + counted.get("303", 0) - (12 + counted["seconds"] + 4))


def _sockets_over(place: Place, pace: int, seconds: float) -> float:
    """Say how many more sockets a flood got than one a second, and five at once, make."""
    counted = _counted(place, COMING, seconds, MYCOUNT_SOCKETS_PER_SECOND=str(pace))
    return max(0.0, counted.get("101", 0) - (5 + counted["seconds"] + 4))


def _counted(place: Place, kind: str, seconds: float, **settings: str) -> dict[str, float]:
    url = place.url(SQLITE)
    with used(url) as world, Server(url, place.new_folder(), **settings) as server:
        world.user("Ann")
        return _ended(_begin(server, kind, "", "/", seconds))


async def _timed(server: Server, path: str, token: str, clicks: int) -> list[float]:
    """Add expenses one after the other, each on a page of its own; gives the milliseconds from each press on."""
    return [await _click(server, path, token, number) for number in range(clicks)]


async def _click(server: Server, path: str, token: str, number: int) -> float:
    page = RawPage(server.address, path, token, knows=True)
    async with httpx.AsyncClient(timeout=PATIENCE) as client:
        await page.open(client)
    try:
        return await add_one(page, f"Click {number} at {time.monotonic()}")
    finally:
        await page.close()


def _begin(server: Server, kind: str, token: str, path: str, seconds: float) -> "subprocess.Popen[bytes]":
    seconds = max(seconds, _BEFORE_CUT_OFF) if kind in (HALF, SOCKETS) else seconds
    command = [sys.executable, "-m", "tests.soak.flooder", kind, server.address, token, path, str(seconds)]
    return subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE)


def _ended(harm: "subprocess.Popen[bytes]") -> dict[str, float]:
    said = harm.communicate(timeout=4 * PATIENCE)[0]
    return {name: float(value) for name, value in json.loads(said).items()}


def _refused(server: Server, reason: str) -> float:
    found = re.search(
        rf'mycount_refusals_total\{{reason="{reason}"\}} (\S+)', ask(f"{server.address}/metrics").text
    )
    return float(found[1]) if found else 0.0


def _memory(server: Server) -> float:
    """Give what the server holds, in megabytes."""
    assert server.process is not None
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024
