"""Whether an export takes as long for each expense of a large group as of a small one, and what it costs the server."""

import csv
import io
import json
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import httpx

from tests.bench.figures import Figure, middle
from tests.bench.sites import COOKIE, id_of, memory_kb, processor_seconds, served
from tests.bench.stores import Run, Store
from tests.bench.turns import in_turns
from tests.server import Server

PART = "Export"
MOST = 1.3
_MOST_MB = 16.0
_FORMS = ("csv", "json")


@dataclass
class Costs:
    """What the downloads of one group took so far, of the server's processor and beyond what it had of memory."""

    processor: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)


def measure(run: Run) -> None:
    """Download groups of every size from the real server, in turns, compressed as browsers want it."""
    for kind in run.kinds:
        store = run.filled(kind)
        with served(run, store) as server:
            for form in _FORMS:
                _measure(run, store, server, form)


def _measure(run: Run, store: Store, server: Server, form: str) -> None:
    sizes = [size for size in run.sizes if size >= 1_000]
    costs = {size: Costs() for size in sizes}
    works = {size: _download(store, server, size, form, costs[size]) for size in sizes}
    works[sizes[0]]()  # once for whatever is only done once
    costs[sizes[0]].processor.clear()
    found = in_turns(works, run.times(12), seconds=60)
    each = {size: middle(values) for size, values in found.items()}
    large = sizes[-1]
    told = " / ".join(f"{each[size]:.0f}" for size in sizes) + " ms for each 1,000"
    name = f"{form.upper()} of {large:,} expenses, for each of them, as a multiple of the least at any size"
    note = partial(Figure, PART, database=store.kind)
    run.notebook.note(note(name, each[large] / min(each.values()), "×", MOST, told=told))
    spent = {size: middle(costs[size].processor) for size in sizes}
    told = " / ".join(f"{spent[size]:.0f}" for size in sizes) + " ms for each 1,000"
    run.notebook.note(
        note(f"{name}, processor time", spent[large] / min(spent.values()), "×", MOST, told=told)
    )
    grown = max(costs[large].megabytes)
    name = f"Memory that the server takes on for the {form.upper()} of {large:,} expenses"
    run.notebook.note(note(name, grown, "MB", _MOST_MB))


def _download(store: Store, server: Server, size: int, form: str, costs: Costs) -> Callable[[], float]:
    """Prepare what downloads a group, and gives the milliseconds for each 1,000 of its expenses."""
    store.use()
    scene = store.groups[size]
    cookies = {COOKIE: store.world.device(scene.owner)}
    process = id_of(server)

    def work() -> float:
        before, held = processor_seconds(process), memory_kb(process)
        most, arrived, begun = held, bytearray(), time.perf_counter()
        headers = {"Accept-Encoding": "gzip"}
        with (
            httpx.Client(cookies=cookies, headers=headers, timeout=60) as client,
            client.stream("GET", f"{server.address}/groups/{scene.id}/export.{form}") as answer,
        ):
            assert answer.status_code == 200, answer.status_code
            for piece in answer.iter_raw():
                arrived += piece
                most = max(most, memory_kb(process))
        taken = time.perf_counter() - begun
        costs.processor.append((processor_seconds(process) - before) * 1_000_000 / size)
        costs.megabytes.append((most - held) / 1024)
        _check(zlib.decompress(arrived, wbits=31).decode(), form, size)
        return taken * 1_000_000 / size

    return work


def _check(text: str, form: str, size: int) -> None:
    """Assert that a download is whole: or nothing would have been measured."""
    if form == "json":
        found = json.loads(text)
        assert found["is_whole"] and len(found["expenses"]) == size
        return
    lines = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert [line["Kind"] for line in lines] == ["expense"] * size + ["balance"]
