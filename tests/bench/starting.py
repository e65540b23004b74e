"""How long it takes until a server that is started answers, and until the command line has said what it can do."""

import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import httpx

from tests.bench.figures import Figure, written
from tests.bench.stores import Run
from tests.bench.turns import medians
from tests.server import Server

PART = "Start"
_ROOT = Path(__file__).parents[2]
_COMMAND = Path(sys.executable).parent / "mycount"


def measure(run: Run) -> None:
    """Start servers on an empty database that is up to date, and run the command line, in turns."""
    servers = {kind: Server(run.new(kind).url, run.place("start")) for kind in run.kinds}
    works = {kind: lambda server=server: _until_it_answers(server) for kind, server in servers.items()}
    found = medians({**works, "help": _help}, run.times(9), seconds=60)
    for kind in run.kinds:
        name = "From the start of the process until /health says that all is well"
        run.notebook.note(Figure(PART, name, found[kind], "s", 1.5, database=kind))
    told = f"Python alone {written(_median_of_python(run), 's')}"
    run.notebook.note(Figure(PART, "`mycount --help`", found["help"], "s", 0.3, told=told))


def _until_it_answers(server: Server) -> float:
    """Give the seconds by the clock."""
    begun = time.perf_counter()
    server.start(ready=False)
    try:
        while time.perf_counter() < begun + 60:
            with suppress(httpx.HTTPError):
                if httpx.get(f"{server.address}/health", timeout=10).status_code == 200:
                    return time.perf_counter() - begun
            time.sleep(0.01)
        raise RuntimeError("the server did not answer within a minute")
    finally:
        server.stop()


def _help() -> float:
    return _seconds([str(_COMMAND), "--help"])


def _median_of_python(run: Run) -> float:
    return medians({"": lambda: _seconds([sys.executable, "-c", ""])}, run.times(9))[""]


def _seconds(command: list[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, cwd=_ROOT, check=True, capture_output=True)
    return time.perf_counter() - begun
