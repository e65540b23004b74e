"""Waits only so long for what a client has to send or to take, and keeps room for those who ask something.

Uvicorn waits for ever for a request's first bytes, for its last, and for an answer to be taken: a thousand connections
that do nothing would use up the files that a process may have open, and nobody else could come in. It also keeps
whatever a head holds, however long that is.
"""

import asyncio
import sys
import time
from collections.abc import Callable
from typing import Any, ClassVar

import structlog
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_log = structlog.stdlib.get_logger("mycount.web.patience")

_ENOUGH_FILES = 65_536
_FILES_OF_OURS = 100  # the program's own, logs, what a library opens for a moment
_FILES_OF_A_DATABASE_CONNECTION = 3  # of SQLite: the file, its log, and the log's index
_FEWEST = 16
_SAY_AGAIN_SECONDS = 60.0
_LONGEST_HEAD = 65_536  # bytes
_LONGEST_REQUEST = 2_000_000  # bytes; what asks for more has had its answer long ago
_SLOWEST = 500  # bytes a second


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


def patient(
    most: int,
    refused: Callable[[str], None],
    *,
    head_seconds: float = 20.0,
    body_seconds: float = 60.0,
    take_seconds: float = 60.0,
) -> type["Patient"]:
    """Make the protocol of one server, which takes `most` connections at once.

    Whoever has not sent a request's head, or the rest of it, in so many seconds is cut off, and so is who takes next
    to nothing of an answer in so many, or sends what is endless. Where there are too many, the one goes that has
    been silent for longest, or has let its answer lie; open pages and requests that run are never cut off.
    `refused` counts them: "slow", "too_long" and "crowd".
    """
    limits = {"most": most, "head_seconds": head_seconds, "body_seconds": body_seconds, "silent": {}}
    limits |= {"take_seconds": take_seconds, "refused": staticmethod(refused)}
    return type("PatientOfOneServer", (Patient,), limits)


class Patient(HttpToolsProtocol):
    """One connection of a client; made by `patient`."""

    most: ClassVar[int]
    head_seconds: ClassVar[float]
    body_seconds: ClassVar[float]
    take_seconds: ClassVar[float]
    refused: ClassVar[Callable[[str], None]]
    silent: ClassVar[dict["Patient", None]]  # those that have no request running, the longest silent first
    said_at: ClassVar[float | None] = None

    _due: asyncio.TimerHandle | None = None
    _taking: asyncio.TimerHandle | None = None
    _in_head = False
    _received = 0  # bytes of this request, those of the piece aside in which it began

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
        self._stop_watching()
        self.silent.pop(self, None)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what has come, unless it is a head or a request without an end."""
        self._received += len(data)
        was_in_head = self._in_head
        super().data_received(data)
        too_long = self._received > (_LONGEST_HEAD if self._in_head and was_in_head else _LONGEST_REQUEST)
        if too_long and not self.transport.is_closing():
            self._cut_off("too_long")

    def pause_writing(self) -> None:
        """Watch whether the answer is taken: what there is of it fills the buffers."""
        super().pause_writing()
        self._be_silent()
        self._watch(self.transport.get_write_buffer_size())

    def resume_writing(self) -> None:
        """Watch no more: it was taken."""
        super().resume_writing()
        self._stop_watching()
        if self.cycle is not None and not self.cycle.response_complete:
            self.silent.pop(self, None)

    def on_message_begin(self) -> None:
        """Wait for the rest of a head that has begun."""
        self._in_head, self._received = True, 0
        self._wait(self.head_seconds)
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Wait for the body, where there is one."""
        self._in_head = False
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
        self._cut_off("slow")

    def _watch(self, left: int) -> None:
        self._stop_watching()
        self._taking = self.loop.call_later(self.take_seconds, self._look, left)

    def _look(self, left_then: int) -> None:
        left = self.transport.get_write_buffer_size()
        if left > left_then - _SLOWEST * self.take_seconds:
            self._cut_off("slow")
        else:
            self._watch(left)

    def _stop_watching(self) -> None:
        if self._taking is not None:
            self._taking.cancel()
            self._taking = None

    def _cut_off(self, why: str) -> None:
        kind: Any = type(self)
        kind.refused(why)
        self.transport.abort()

    def _make_room(self) -> None:
        longest = next(iter(self.silent))
        del self.silent[longest]
        longest._cut_off("crowd")
        kind: Any = type(self)
        now = time.monotonic()
        if kind.said_at is None or now - kind.said_at > _SAY_AGAIN_SECONDS:
            kind.said_at = now
            _log.warning(
                "connections_full",
                message="too many connections at once: those that have been silent for longest are cut off",
                most=self.most,
            )
