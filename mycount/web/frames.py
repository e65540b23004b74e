"""Lets only sensible frames through from browsers, and no more of them than a person can cause.

What is no Socket.IO message would end in a traceback deep inside a library, and leave its page connected for good.
Frames that come too fast wait, and with them whoever sends them; none is lost.
"""

import asyncio
import re
import time
from collections.abc import Callable

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SENSIBLE = re.compile(r"[12356]|4[0-3]")  # Engine.IO's packets from browsers; messages without attachments
_PER_SECOND = 50.0
_AT_ONCE = 200.0


class Frames:
    """Filters what arrives on sockets; `refused` counts what is dropped ("malformed") and delayed ("flood").

    Whoever would talk to a page in requests instead is turned away ("polling").
    """

    def __init__(self, app: ASGIApp, *, refused: Callable[[str], None]) -> None:
        self.app = app
        self._refused = refused

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with the frames of a socket filtered."""
        if scope["type"] == "http" and scope["path"].startswith("/_nicegui_ws/"):
            self._refused("polling")  # Socket.IO without a websocket: what it brings would not be filtered
            await PlainTextResponse("Only websockets are spoken here.", 400)(scope, receive, send)
            return
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        pace = _Pace()

        async def filtered() -> Message:
            while True:
                message = await receive()
                if message["type"] != "websocket.receive":
                    return message
                if wait := pace.wait():
                    self._refused("flood")
                    await asyncio.sleep(wait)
                if _SENSIBLE.match(message.get("text") or ""):
                    return message
                self._refused("malformed")

        await self.app(scope, filtered, send)


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
