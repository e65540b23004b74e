"""Waits only so long for what a client has to send, and keeps room for those who ask something.

Uvicorn waits for ever for a request's first bytes, and for its last: a thousand connections that say nothing would
use up the files that a process may have open, and nobody else could come in.
"""

import asyncio
import sys
import time
from typing import Any, ClassVar

import structlog
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_log = structlog.stdlib.get_logger("mycount.web.patience")

_ENOUGH_FILES = 65_536
_FILES_OF_OURS = 100  # the program's own, logs, what a library opens for a moment
_FILES_OF_A_DATABASE_CONNECTION = 3  # of SQLite: the file, its log, and the log's index
_FEWEST = 16
_SAY_AGAIN_SECONDS = 60.0


def raise_file_limit() -> int:
    """Let this process open as many files as it may; gives how many that are."""
    if sys.platform == "win32":
        return _ENOUGH_FILES
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _ENOUGH_FILES if hard == resource.RLIM_INFINITY else min(hard, _ENOUGH_FILES)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return wanted
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return wanted


def room(files: int, pool_size: int) -> int:
    """Say how many connections of clients leave files enough for the program and its database."""
    return max(_FEWEST, files - _FILES_OF_OURS - _FILES_OF_A_DATABASE_CONNECTION * pool_size)


def patient(most: int, *, head_seconds: float = 20.0, body_seconds: float = 60.0) -> type["Patient"]:
    """Make the protocol of one server, which takes `most` connections at once.

    Whoever has not sent a request's head, or the rest of it, in so many seconds is cut off. Where there are too
    many, the one goes that has been silent for longest; open pages and requests that run are never cut off.
    """
    limits = {"most": most, "head_seconds": head_seconds, "body_seconds": body_seconds, "silent": {}}
    return type("PatientOfOneServer", (Patient,), limits)


class Patient(HttpToolsProtocol):
    """One connection of a client; made by `patient`."""

    most: ClassVar[int]
    head_seconds: ClassVar[float]
    body_seconds: ClassVar[float]
    silent: ClassVar[dict["Patient", None]]  # those that have no request running, the longest silent first
    said_at: ClassVar[float | None] = None

    _due: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request, and make room for it."""
        super().connection_made(transport)
        self._wait(self.head_seconds)
        self._be_silent()
        if len(self.connections) > self.most:
            self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._stop_waiting()
        self.silent.pop(self, None)
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        """Wait for the rest of a head that has begun."""
        self._wait(self.head_seconds)
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Wait for the body, where there is one."""
        self.silent.pop(self, None)
        self._wait(self.body_seconds)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Wait no more: it is our turn."""
        self._stop_waiting()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Be silent until the next request, for as long as Uvicorn keeps the connection."""
        super().on_response_complete()
        if not self.pipeline:
            self._be_silent()

    def handle_websocket_upgrade(self) -> None:
        """Leave the connection to the socket of a page."""
        self._stop_waiting()
        super().handle_websocket_upgrade()

    def _wait(self, seconds: float) -> None:
        self._stop_waiting()
        self._due = self.loop.call_later(seconds, self._give_up)

    def _stop_waiting(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None

    def _be_silent(self) -> None:
        self.silent.pop(self, None)
        self.silent[self] = None

    def _give_up(self) -> None:
        self._due = None
        self.transport.abort()

    def _make_room(self) -> None:
        longest = next(iter(self.silent))
        del self.silent[longest]
        longest.transport.abort()
        kind: Any = type(self)
        now = time.monotonic()
        if kind.said_at is None or now - kind.said_at > _SAY_AGAIN_SECONDS:
            kind.said_at = now
            _log.warning(
                "connections_full",
                message="too many connections at once: those that have been silent for longest are cut off",
                most=self.most,
            )
