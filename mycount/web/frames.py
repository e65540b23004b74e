"""Lets only sensible frames through from browsers, and no more of them than a person can cause.

What is no Socket.IO message would end in a traceback deep inside a library, and leave its page connected for good.
Frames that come too fast wait, and with them whoever sends them; none is lost. A socket names its page soon, and
once: one that says nothing would be held for as long as it answers pings, and one that repeats it holds more each time.
"""

import asyncio
import re
import time
from collections.abc import Callable
from urllib.parse import parse_qs

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SENSIBLE = re.compile(r"[12356]|4[0-3](?!/)")  # Engine.IO's packets; messages to pages, without attachments
_PER_SECOND = 50.0
_AT_ONCE = 200.0
_SILENT_SECONDS = 20.0
_NAMES_ITS_PAGE = "40"
_SOCKETS = "/_nicegui_ws/socket.io/"


class Frames:
    """Filters what arrives on sockets; `refused` counts what is dropped ("malformed") and delayed ("flood").

    A socket that has not named its page in `silent_seconds` is closed ("unknown_page"). Whoever would talk to a page
    in requests instead is turned away ("polling").
    """

    def __init__(
        self, app: ASGIApp, *, refused: Callable[[str], None], silent_seconds: float = _SILENT_SECONDS
    ) -> None:
        self.app = app
        self._refused = refused
        self._silent_seconds = silent_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with the frames of a socket filtered."""
        if scope["type"] == "http" and scope["path"].startswith("/_nicegui_ws/"):
            self._refused("polling")  # Socket.IO without a websocket: what it brings would not be filtered
            await PlainTextResponse("Only websockets are spoken here.", 400)(scope, receive, send)
            return
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        if not _is_of_a_page(scope):
            self._refused("unknown_page")  # no page of ours; taking it in first would cost ten times as much
            await receive()
            await send({"type": "websocket.close", "code": 1008})
            return
        await self.app(scope, _Filtered(receive, self._refused, self._silent_seconds), send)


def _is_of_a_page(scope: Scope) -> bool:
    """Say whether a socket can be one that a page opens; all others would end in an error, or be held for nothing."""
    query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    return scope["path"] == _SOCKETS and "client_id" in query and query.get("transport") == ["websocket"]


class _Filtered:
    """What arrives on one socket."""

    def __init__(self, receive: Receive, refused: Callable[[str], None], silent_seconds: float) -> None:
        self._receive = receive
        self._refused = refused
        self._pace = _Pace()
        self._named = False
        self._until = asyncio.get_running_loop().time() + silent_seconds

    async def __call__(self) -> Message:
        """Give the next sensible frame."""
        while True:
            message = await self._next()
            if message["type"] != "websocket.receive":
                return message
            if wait := self._pace.wait():
                self._refused("flood")
                await asyncio.sleep(wait)
            if self._is_sensible(message.get("text") or ""):
                return message
            self._refused("malformed")

    async def _next(self) -> Message:
        if self._named:
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._until):
                return await self._receive()
        except TimeoutError:
            self._refused("unknown_page")
            return {"type": "websocket.disconnect", "code": 1008}

    def _is_sensible(self, text: str) -> bool:
        if not _SENSIBLE.match(text) or (self._named and text.startswith(_NAMES_ITS_PAGE)):
            return False
        self._named = self._named or text.startswith(_NAMES_ITS_PAGE)
        return True


class _Pace:
    """How fast one socket sends: so many frames at once, then so many a second."""

    def __init__(self) -> None:
        self._left = _AT_ONCE
        self._at = time.monotonic()

    def wait(self) -> float:
        """Take one frame; gives the seconds to wait before it is handled."""
        now = time.monotonic()
        self._left = min(_AT_ONCE, self._left + (now - self._at) * _PER_SECOND) - 1
        self._at = now
        return max(0.0, -self._left / _PER_SECOND)
