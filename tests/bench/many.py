"""What 500 people with open pages of groups cost one process, and whether it gives back what they have taken."""

import json
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.bench.audience import gathered
from tests.bench.figures import Figure, share
from tests.bench.filling import crowd
from tests.bench.sites import id_of, memory_kb, processor_seconds
from tests.bench.stores import Run
from tests.server import Server
from tests.waiting import until

PART = "Many"
_PEOPLE, _WAVES = 500, 3
_AWAY_SECONDS = 3
_IDLE_SECONDS = 15.0


@dataclass(frozen=True)
class Wave:
    """What was seen while a crowd came, stayed and went."""

    memory: float
    """Of the process in KB, with everybody there."""
    memory_after: float
    opening: float
    """Seconds of the processor."""
    wall: float
    idle: float
    """Part of a core."""
    lags: list[float]
    """Of the event loop, in milliseconds, while nobody does anything."""
    lags_opening: list[float]
    collections: list[tuple[float, float]]
    """Each stop for the garbage collector, in milliseconds: by the clock, and of the processor."""


def measure(run: Run) -> None:
    """Let a crowd come and go three times."""
    for kind in run.kinds:
        store = run.new(kind)
        store.use()
        count = run.times(_PEOPLE)
        people = crowd(store.world, count, 60)
        folder = run.place("server")
        notes = folder / "notes.json"
        server = Server(
            store.url, folder, program=("-m", "tests.bench.watched"),
            BENCH_NOTES=str(notes), BENCH_AWAY=str(_AWAY_SECONDS),
        )  # fmt: skip
        with server:
            with gathered(server.address, people[:20]) as few:  # what is only done once
                few.done()
            _until_empty(server)
            before = memory_kb(id_of(server))
            idle = 3.0 if run.quick else _IDLE_SECONDS
            waves = [_wave(server, people, notes, idle) for _ in range(_WAVES)]
        _note(run, kind, count, before, waves)


def _wave(server: Server, people: list[tuple[str, str]], notes: Path, idle: float) -> Wave:
    process = id_of(server)
    _noted(server, notes)
    used = processor_seconds(process)
    with gathered(server.address, people) as everybody:
        opening = processor_seconds(process) - used
        while_opening = _noted(server, notes)
        memory = memory_kb(process)
        used, begun = processor_seconds(process), time.monotonic()
        time.sleep(idle)
        share_of_core = (processor_seconds(process) - used) / (time.monotonic() - begun)
        at_rest = _noted(server, notes)
        wall = everybody.open_seconds
        everybody.done()
    _until_empty(server)
    collections = while_opening["collections"] + at_rest["collections"] + _noted(server, notes)["collections"]
    return Wave(
        memory, memory_kb(process), opening, wall, share_of_core, at_rest["lags"], while_opening["lags"],
        collections,
    )  # fmt: skip


def _noted(server: Server, notes: Path) -> dict[str, list[Any]]:
    """Give what the server has noted since it was asked last."""
    notes.unlink(missing_ok=True)
    assert server.process
    server.process.send_signal(signal.SIGUSR1)
    until(notes.exists, "the server writes down what it has noted", seconds=30)
    found: dict[str, list[Any]] = json.loads(notes.read_text())
    return found


def _until_empty(server: Server) -> None:
    """Wait until the server holds no page any more."""

    def is_empty() -> bool:
        return "\nmycount_pages 0.0" in httpx.get(f"{server.address}/metrics", timeout=30).text

    until(is_empty, "all pages are forgotten", seconds=120)


def _note(run: Run, kind: str, count: int, before: float, waves: list[Wave]) -> None:
    def note(name: str, value: float, unit: str, most: float | None, told: str = "") -> None:
        run.notebook.note(
            Figure(PART, f"{name}, {count} open pages", value, unit, most, database=kind, told=told)
        )

    first, second, third = waves
    each = " / ".join(f"{wave.memory / 1024:.0f}" for wave in waves)
    after = " / ".join(f"{wave.memory_after / 1024:.0f}" for wave in waves)
    note("Memory of each", (first.memory - before) / count, "KB", 400, f"{before / 1024:.0f} MB without")
    told = f"{each} MB in three waves; {after} MB when all have gone"
    note(
        "Memory in the third wave as a multiple of the second", third.memory / second.memory, "×", 1.05, told
    )
    opening = _PEOPLE / count * sum(wave.opening for wave in waves) / len(waves)
    note("Processor time of opening", opening, "s", 8, f"for {_PEOPLE}; by the clock {first.wall:.1f} s")
    note("Processor at rest", 100 * max(wave.idle for wave in waves), "% of a core", 15)
    at_rest = [lag for wave in waves for lag in wave.lags]
    coming = [lag for wave in waves for lag in wave.lags_opening]
    told = f"longest {max(at_rest):.0f} ms"
    note("Lag of the event loop at rest, p99", share(at_rest, 0.99), "ms", 50, told)
    told = f"longest {max(coming):.0f} ms"
    note("Lag of the event loop while they come, 8 at a time, p99", share(coming, 0.99), "ms", None, told)
    collections = [one for wave in waves for one in wave.collections]
    longest, of_processor = max(collections)
    told = f"{of_processor:.0f} ms of the processor; {len(collections)} stops"
    note("Longest stop for the garbage collector", longest, "ms", 50, told)
