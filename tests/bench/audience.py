"""Starts a crowd in a process of its own, and hears what it has done."""

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parents[2]


class Crowd:
    """People whose pages are all open; `done` lets them stop, and gives what they have done."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        self.open_seconds = 0.0

    def tell(self, line: str) -> None:
        """Tell the crowd something."""
        assert self._process.stdin
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()

    def hear(self, seconds: float = 180.0) -> dict[str, Any]:
        """Wait for what the crowd says next."""
        said: dict[str, Any] = json.loads(self._lines.get(timeout=seconds) or '{"gone": true}')
        if "gone" in said:
            raise RuntimeError("the crowd went away; see what it has printed")
        return said

    def done(self) -> dict[str, Any]:
        """Let everybody stop and close their page; gives what was done, once all are gone."""
        self.tell("")
        said = self.hear()
        self._process.wait(60)
        return said

    def _read(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self._lines.put(line)
        self._lines.put("")


@contextmanager
def gathered(
    address: str, people: Sequence[tuple[str, str]], *, adders: int = 0, every: float = 5.0
) -> Iterator[Crowd]:
    """Let people open their pages, and so many of them add an expense every so many seconds."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.crowd"],
        cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        crowd = Crowd(process)
        crowd.tell(json.dumps({"address": address, "people": people, "adders": adders, "every": every}))
        crowd.open_seconds = crowd.hear()["seconds"]
        yield crowd
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(20)
