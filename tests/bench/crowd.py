"""Many people with open pages, in a process of their own: `python -m tests.bench.crowd`, led by lines of JSON.

Reads {"address", "people": [[path, token], …], "adders", "every"} and opens all pages; then says so, and adds until
it reads another line; says what it has done, closes all pages, and ends.
"""

import asyncio
import json
import random
import sys
import time
from typing import Any

import httpx

from tests.bench.raw_page import RawPage

_AT_ONCE = 8


async def main() -> None:
    """Open, say so, add, say what was done, close."""
    wish = json.loads(await _line())
    adders = wish["adders"]
    pages = [
        RawPage(wish["address"], path, token, knows=number < adders)
        for number, (path, token) in enumerate(_spread(wish["people"]))
    ]
    begun = time.perf_counter()
    await _open_all(pages)
    _say(opened=len(pages), seconds=time.perf_counter() - begun)
    waits: list[float] = []
    faults: list[str] = []
    adding = [
        asyncio.create_task(_add(page, number, wish["every"], waits, faults))
        for number, page in enumerate(pages[:adders])
    ]
    await _line()
    for task in adding:
        task.cancel()
    await asyncio.gather(*adding, return_exceptions=True)
    _say(waits=waits, faults=faults[:5], failed=len(faults), heard=sum(page.heard for page in pages))
    await asyncio.gather(*(page.close() for page in pages))


def _spread(people: list[list[str]]) -> list[list[str]]:
    """Order people so that the first of them are of as many groups as there are."""
    by_group: dict[str, list[list[str]]] = {}
    for one in people:
        by_group.setdefault(one[0], []).append(one)
    longest = max(map(len, by_group.values()), default=0)
    return [group[turn] for turn in range(longest) for group in by_group.values() if turn < len(group)]


async def _open_all(pages: list[RawPage]) -> None:
    waiting = iter(pages)
    limits = httpx.Limits(max_connections=_AT_ONCE)

    async def work() -> None:
        for page in waiting:
            await page.open(client)

    async with httpx.AsyncClient(timeout=60, limits=limits) as client:
        await asyncio.gather(*(work() for _ in range(_AT_ONCE)))


async def _add(page: RawPage, number: int, every: float, waits: list[float], faults: list[str]) -> None:
    """Add an expense every so often, at moments of one's own, as one does in a browser; note how long it took."""
    await asyncio.sleep(every * random.random())
    turn = 0
    while True:
        begun = time.perf_counter()
        turn += 1
        try:
            waits.append(await add_one(page, f"Crowd {number}, {turn}"))
        except Exception as error:
            faults.append(f"{type(error).__name__}: {error}"[:200])
        await asyncio.sleep(max(0.0, begun + every - time.perf_counter()))


async def add_one(page: RawPage, title: str) -> float:
    """Open the form, fill it in, press Save; gives the milliseconds until the page was told of the new row."""
    await page.tell(await page.until("q-btn", {"aria-label": "Add expense"}), "click", {})
    await page.tell(await page.until("nicegui-field", {"data-draft": "amount"}), "update:value", "12.50")
    await page.tell(await page.until("nicegui-field", {"data-draft": "title"}), "update:value", title)
    await asyncio.sleep(0.6)  # a person needs longer; it is over when suggestions have come
    sheet = await page.until("nicegui-sheet", {"model-value": True})
    told = asyncio.create_task(page.until_said(title + '","caption"'))
    begun = time.perf_counter()
    await page.tell(await page.until("q-btn", {"type": "submit"}), "click", {})
    wait = (await told - begun) * 1000
    await page.until("nicegui-sheet", {"model-value": False})
    await page.tell(sheet, "hide")
    return wait


async def _line() -> str:
    return await asyncio.to_thread(sys.stdin.readline)


def _say(**what: Any) -> None:
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
