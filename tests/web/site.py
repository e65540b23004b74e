"""A server under test: its process, its log, and people who visit it."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import httpx

from tests.asking import ask, client
from tests.waiting import PATIENCE

ROOT = Path(__file__).parents[2]
T = TypeVar("T")


def eventually(look: Callable[[], T], seconds: float = PATIENCE) -> T:
    """Look until there is something to see, and give it."""
    end = time.monotonic() + seconds
    while not (seen := look()):
        assert time.monotonic() < end, "was not seen in time"
        time.sleep(0.02)
    return seen


class Site:
    """A server in a process of its own, on a free port, with its own data folder."""

    def __init__(self, folder: Path, settings: dict[str, object]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._log = folder / "log"
        given = {
            "port": 0,
            "data_dir": folder / "data",
            "log_format": "json",
            "pages_per_second": 0,
            "sockets_per_second": 0,
            **settings,
        }
        environ = {name: text for name, text in os.environ.items() if "MYCOUNT" not in name}
        environ |= {f"MYCOUNT_{name.upper()}": str(value) for name, value in given.items()}
        with self._log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.web.small_site"], cwd=ROOT, env=environ, stderr=log, stdout=log
            )

    @property
    def url(self) -> str:
        """The address that the server says it listens on."""
        return str(self.event("listening")["address"])

    def ready(self) -> "Site":
        """Wait until people can work."""
        self.event("database_ready")
        return self

    def log(self) -> str:
        """Everything that was logged so far."""
        return self._log.read_text()

    def events(self, name: str) -> list[dict[str, Any]]:
        """The events of that name so far."""
        lines = (line for line in self.log().splitlines(keepends=True) if line.endswith("}\n"))
        return [event for event in map(json.loads, lines) if event["event"] == name]

    def event(self, name: str) -> dict[str, Any]:
        """Wait for an event of that name, and give the first."""

        def look() -> list[dict[str, Any]]:
            found = self.events(name)
            assert found or self.process.poll() is None, self.log()
            return found

        return eventually(look)[0]

    def metric(self, name: str, **labels: str) -> float:
        """One figure from /metrics; 0 where there is none."""
        for line in ask(f"{self.url}/metrics").text.splitlines():
            found = re.fullmatch(r"(\w+)(?:\{(.*)\})? (\S+)", line)
            if found and found[1] == name and dict(re.findall(r'(\w+)="([^"]*)"', found[2] or "")) == labels:
                return float(found[3])
        return 0.0

    def visitor(self, **options: Any) -> httpx.Client:
        """Somebody with a browser: keeps cookies, follows nothing by itself."""
        headers = {"Accept": "text/html", "Sec-Fetch-Site": "same-origin", "X-MyCount": "1"}
        return client(base_url=self.url, headers=headers, **options)

    def signed_in(self, name: str) -> httpx.Client:
        """Somebody who has just made an account."""
        visitor = self.visitor()
        ticket = visitor.get(f"/join/ticket/{name}").json()["ticket"]
        assert visitor.post("/auth/session", json={"ticket": ticket}).status_code == 200
        return visitor

    def stop(self, by: signal.Signals = signal.SIGTERM) -> int:
        """Ask the server to stop; gives its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(by)
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
