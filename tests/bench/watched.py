"""MyCount that notes how late its event loop is and how long the garbage collector holds it up.

Run as `python -m tests.bench.watched serve`; at SIGUSR1 it writes what it has noted since the last time into the file
that BENCH_NOTES names. BENCH_AWAY is for how many seconds pages wait for a lost connection to come back.
"""

import asyncio
import gc
import json
import os
import signal
import time
from pathlib import Path

_EVERY = 0.025
_lags: list[float] = []
_collections: list[tuple[float, float]] = []  # by the clock and of the processor, in milliseconds


def main() -> None:
    """Watch, and serve as the command line does."""
    gc.callbacks.append(_collected)
    signal.signal(signal.SIGUSR1, lambda *_: _write())
    from nicegui import app, core

    async def begin() -> None:
        core.app.config.reconnect_timeout = float(os.environ.get("BENCH_AWAY", "60"))
        begin.task = asyncio.create_task(_measure_lag())  # type: ignore[attr-defined]

    app.on_startup(begin)
    from mycount.__main__ import main as serve

    serve()


async def _measure_lag() -> None:
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + _EVERY
        await asyncio.sleep(_EVERY)
        _lags.append(max(0.0, loop.time() - due) * 1000)


_begun = (0.0, 0.0)


def _collected(phase: str, _about: dict[str, int]) -> None:
    global _begun
    now = (time.perf_counter(), time.thread_time())
    if phase == "start":
        _begun = now
    else:
        _collections.append(((now[0] - _begun[0]) * 1000, (now[1] - _begun[1]) * 1000))


def _write() -> None:
    file = Path(os.environ["BENCH_NOTES"])
    part = file.with_suffix(".part")
    part.write_text(json.dumps({"lags": _lags, "collections": _collections}))
    part.rename(file)
    _lags.clear()
    _collections.clear()


if __name__ == "__main__":
    main()
