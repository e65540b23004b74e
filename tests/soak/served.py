"""The server is killed while people press Save: what a page has shown as stored is stored, once, after each restart."""

import asyncio
import random
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field

import httpx
from sqlalchemy import select

from mycount.db.tables import ExpenseRow
from mycount.services import books
from tests.bench.crowd import add_one
from tests.bench.figures import SQLITE
from tests.bench.raw_page import RawPage
from tests.server import Server
from tests.soak.places import KINDS, Place
from tests.soak.writing import used
from tests.waiting import PATIENCE

PART = "Server killed"
_PEOPLE = 4


@dataclass
class _Seen:
    """What the people have seen on their screens after pressing Save, and what they had begun."""

    stored: list[str] = field(default_factory=list)
    begun: list[str] = field(default_factory=list)
    more: asyncio.Event = field(default_factory=asyncio.Event)


def soak(place: Place) -> None:
    """Kill it 30 times on SQLite and 15 times on PostgreSQL."""
    for kind in KINDS:
        kill_again_and_again(place, kind, place.times(30 if kind == SQLITE else 15, 2))


def kill_again_and_again(place: Place, kind: str, rounds: int) -> None:
    """Let people add, kill the server, start it again; notes what was seen and is not there, or twice."""
    url = place.url(kind)
    seen = _Seen()
    with used(url) as world, Server(url, place.new_folder()) as server:
        scene = world.group("Ann", "Bo", "Cy")
        token = world.device(scene.owner)
        for number in range(rounds):
            asyncio.run(_until_killed(server, f"/groups/{scene.id}", token, seen, number))
            server.start()
        unforeseen = server.unforeseen()
        with world.database.reading() as session:
            there = Counter(session.scalars(select(ExpenseRow.title)))
        faults = len(books.audit())
    told = f"{rounds} kills, {len(seen.stored):,} expenses seen, {len(seen.begun):,} begun"
    place.note(
        PART, "seen as stored, and not there", sum(not there[one] for one in seen.stored), 0, kind, told=told
    )
    place.note(PART, "stored twice", sum(count - 1 for count in there.values()), 0, kind)
    place.note(PART, "stored, and never begun", len(there.keys() - set(seen.begun)), 0, kind)
    place.note(PART, "faults in the books", faults, 0, kind)
    place.note(PART, "errors that nobody expected", len(unforeseen), 0, kind)


async def _until_killed(server: Server, path: str, token: str, seen: _Seen, number: int) -> None:
    """Let all open the group and add, one expense after the other; kill the server in the middle of it."""
    pages = [RawPage(server.address, path, token, knows=True) for _ in range(_PEOPLE)]
    async with httpx.AsyncClient(timeout=60) as client:
        for page in pages:
            await page.open(client)
    seen.more = asyncio.Event()
    adding = [asyncio.create_task(_add(page, f"{number}-{who}", seen)) for who, page in enumerate(pages)]
    async with asyncio.timeout(2 * PATIENCE):
        await seen.more.wait()
    await asyncio.sleep(random.random())  # the kill may come at any moment
    await asyncio.to_thread(server.kill)
    for task in adding:
        task.cancel()
    await asyncio.gather(*adding, return_exceptions=True)
    for page in pages:
        await page.close()


async def _add(page: RawPage, name: str, seen: _Seen) -> None:
    turn = 0
    with suppress(Exception):  # of a page whose server was killed
        while True:
            turn += 1
            title = f"Round {name} turn {turn} end"
            seen.begun.append(title)
            await add_one(page, title)
            seen.stored.append(title)
            seen.more.set()
