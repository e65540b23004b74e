"""MyCount in a process of its own, as it is really run; for tests of the web layer and in browsers."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

from tests.asking import ask
from tests.waiting import PATIENCE, until
from tests.world import SECRET


class Server:
    """A running server; its port stays the same when it is stopped and started again.

    `program` is how Python is told to run it, if not as usual; `below` is the path that it is known to lie below.
    """

    def __init__(
        self,
        database_url: str,
        folder: Path,
        *,
        program: Sequence[str] = ("-m", "mycount"),
        below: str = "",
        **settings: str,
    ) -> None:
        self.port = _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.database_url = database_url
        self._folder = folder
        self._program = [sys.executable, *program]
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("MYCOUNT_")},
            "MYCOUNT_DATABASE_URL": database_url,
            "MYCOUNT_DATA_DIR": str(folder / "data"),
            "MYCOUNT_SECRET_KEY": SECRET.decode(),
            "MYCOUNT_PORT": str(self.port),
            "MYCOUNT_LOG_FORMAT": "json",
            **({"MYCOUNT_PUBLIC_URL": self.address + below} if below else {}),
            **settings,
        }
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.kill()  # nobody else would
            print(self.log()[-5000:])
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        if kind is not None:
            print(self.log()[-5000:])

    def start(self, *, ready: bool = True) -> None:
        """Start it; with `ready`, wait until it can be worked with."""
        with (self._folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [*self._program, "serve"],
                env=self._environment,
                cwd=self._root(),
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        if ready:
            until(self._is_ready, "the server is ready")

    def stop(self, how: int = signal.SIGTERM) -> int:
        """End it with a signal and give its exit code."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            return self.process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise

    def kill(self) -> None:
        """End it at once, as a power failure would."""
        self.stop(signal.SIGKILL)

    def status(self, path: str) -> int:
        """Give the status of a GET, 0 when nothing listens."""
        with suppress(httpx.HTTPError):
            return ask(f"{self.address}{path}").status_code
        return 0

    def log(self) -> str:
        """Give what it has logged so far."""
        return (self._folder / "server.log").read_text(errors="replace")

    def unforeseen(self) -> list[str]:
        """Give the lines of its log that tell of an error which nobody expected."""
        return [
            line for line in self.log().splitlines() if '"unexpected_error"' in line or "Traceback" in line
        ]

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run another command of the command line with the same settings."""
        return subprocess.run(
            [*self._program, *arguments],
            env=self._environment,
            cwd=self._root(),
            capture_output=True,
            text=True,
            timeout=3 * PATIENCE,
            check=False,
        )

    def _is_ready(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, "it has ended by itself"
        return self.status("/health") == 200

    @staticmethod
    def _root() -> Path:
        return Path(__file__).parent.parent


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
