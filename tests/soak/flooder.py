"""Somebody who means harm, in a process of their own: `python -m tests.soak.flooder KIND ADDRESS TOKEN PATH SECONDS`.

Goes on for so long, then says as JSON how often it tried, and how often it got what it wanted.
"""

import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from urllib.parse import urlsplit

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from tests.bench.raw_page import RawPage

PAGES, PAGES_SIGNED_IN, EVENTS = "pages for strangers", "pages for one session", "events on one socket"
HALF, SOCKETS, COMING = "half-sent requests", "sockets without a page", "sockets that come and go"
KINDS = (PAGES, PAGES_SIGNED_IN, EVENTS, HALF, SOCKETS, COMING)
_LOOPS, _HALF_SENT, _SOCKETS, _COMING = 4, 300, 200, 50
_BEGIN = b"GET / HTTP/1.1\r\nHost: x\r\n"
_SOCKET = (
    "/_nicegui_ws/socket.io/?EIO=4&transport=websocket&client_id=none"  # without any it is not even opened
)
_UPGRADE = (
    "Connection: Upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


class Flooder:
    """Does one kind of harm; `counted` has what came of it, by the answer's status or by name."""

    def __init__(self, address: str, token: str, path: str) -> None:
        self.counted: Counter[str] = Counter()
        self._address = address
        self._token = token
        self._path = path

    async def flood(self, kind: str, seconds: float) -> None:
        """Go on for so long."""
        ways: dict[str, tuple[Callable[[], Awaitable[None]], int]] = {
            PAGES: (lambda: self._ask("/sign-up", ""), _LOOPS),
            PAGES_SIGNED_IN: (lambda: self._ask(self._path, self._token), _LOOPS),
            EVENTS: (self._press, 1),
            HALF: (self._dawdle, _HALF_SENT),
            SOCKETS: (self._hold, _SOCKETS),
            COMING: (self._come_and_go, _COMING),
        }
        way, loops = ways[kind]
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await asyncio.gather(*(way() for _ in range(loops)))

    async def _ask(self, path: str, token: str) -> None:
        cookies = {"mycount_session": token} if token else {}
        async with httpx.AsyncClient(base_url=self._address, cookies=cookies, timeout=60) as client:
            while True:
                with suppress(httpx.HTTPError):
                    answer = await client.get(path, headers={"Accept": "text/html"})
                    self.counted[str(answer.status_code)] += 1

    async def _press(self) -> None:
        page = RawPage(self._address, self._path, self._token, knows=True)
        async with httpx.AsyncClient(timeout=60) as client:
            await page.open(client)
        number = await page.until("q-btn", {"aria-label": "Add expense"})
        with suppress(ConnectionClosed):
            while True:
                await page.tell(number, "click", {})
                self.counted["sent"] += 1

    async def _dawdle(self) -> None:
        """Begin a request, and send a letter more of it every second; again when it is cut off."""
        at = urlsplit(self._address)
        while True:
            with suppress(OSError):
                _, writer = await asyncio.open_connection(at.hostname, at.port)
                self.counted["opened"] += 1
                writer.write(_BEGIN)
                while not writer.is_closing():
                    await asyncio.sleep(1)
                    writer.write(b"X")
                    await writer.drain()

    async def _hold(self) -> None:
        """Open a socket, say nothing on it, and answer its pings; again when it is closed."""
        url = self._address.replace("http", "ws", 1) + _SOCKET
        while True:
            with suppress(OSError, ConnectionClosed, InvalidHandshake, TimeoutError):
                async with connect(url, origin=self._address, ping_interval=None) as socket:  # type: ignore[arg-type]
                    self.counted["opened"] += 1
                    async for said in socket:
                        if said == "2":
                            await socket.send("3")
                    self.counted["closed"] += 1

    async def _come_and_go(self) -> None:
        """Open a socket by no more than has to be sent, and leave it; again and again, as fast as it goes."""
        at = urlsplit(self._address)
        asked = f"GET {_SOCKET} HTTP/1.1\r\nHost: {at.netloc}\r\nOrigin: {self._address}\r\n" + _UPGRADE
        while True:
            with suppress(OSError, asyncio.IncompleteReadError):
                reader, writer = await asyncio.open_connection(at.hostname, at.port)
                writer.write(asked.encode())
                self.counted[(await reader.readuntil(b"\r\n")).split()[1].decode()] += 1
                writer.transport.abort()


def main() -> None:
    """Flood, then tell."""
    kind, address, token, path, seconds = sys.argv[1:]
    flooder, begun = Flooder(address, token, path), time.monotonic()
    asyncio.run(flooder.flood(kind, float(seconds)))
    print(json.dumps({**flooder.counted, "seconds": time.monotonic() - begun}))


if __name__ == "__main__":
    main()
