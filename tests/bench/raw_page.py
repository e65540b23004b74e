"""A page that is open somewhere, without a browser: all that a server notices of NiceGUI's script."""

import asyncio
import html
import json
import re
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

_ACK_SECONDS = 3.0
Element = dict[str, Any]


class RawPage:
    """Opens a page by HTTP and then its socket, and answers pings until it is closed.

    With `knows` it keeps what is on the page, so that fields can be filled in and buttons be pressed.
    """

    def __init__(self, address: str, path: str, token: str, *, knows: bool = False) -> None:
        self.address = address
        self.path = path
        self.heard = 0
        self._cookie = f"mycount_session={token}"
        self._knows = knows
        self._elements: dict[str, Element] = {}
        self._changed = asyncio.Event()
        self._next_message = 0
        self._key = ""
        self._socket: ClientConnection
        self._tasks: list[asyncio.Task[None]] = []

    async def open(self, client: httpx.AsyncClient) -> None:
        """Fetch the page and make the handshake."""
        headers = {"Cookie": self._cookie, "Accept": "text/html", "Accept-Encoding": "gzip"}
        answer = await client.get(self.address + self.path, headers=headers)
        answer.raise_for_status()
        found = re.search(r"'client_id': '([0-9a-f-]+)'", answer.text)
        assert found, "this is no page"
        self._key = found[1]
        number = re.search(r"'next_message_id': (\d+)", answer.text)
        self._next_message = int(number[1]) if number else 0
        if self._knows:
            parts = re.search(r"String\.raw`(.*?)`", answer.text, re.DOTALL)
            assert parts
            self._elements = json.loads(html.unescape(parts[1]))
        await self._connect()

    async def close(self) -> None:
        """Go away, as when a tab is closed."""
        for task in self._tasks:
            task.cancel()
        with suppress(ConnectionClosed):
            await self._socket.close()

    async def until(self, tag: str, props: dict[str, object], *, seconds: float = 20.0) -> str:
        """Wait for the one element with these properties; gives its number."""
        async with asyncio.timeout(seconds):
            while (found := next(self._with(tag, props), None)) is None:
                self._changed.clear()
                await self._changed.wait()
        return found

    async def until_said(self, words: str, *, seconds: float = 20.0) -> float:
        """Wait until the server has sent these words; gives when."""
        self._awaited, self._said_at = words, 0.0
        async with asyncio.timeout(seconds):
            while not self._said_at:
                self._changed.clear()
                await self._changed.wait()
        return self._said_at

    _awaited: str = ""
    _said_at: float = 0.0

    async def tell(self, number: str, event: str, *args: object) -> None:
        """Let an element tell the server of an event."""
        listener = next(one for one in self._elements[number]["events"] if one["type"] == event)
        message = {
            "id": int(number),
            "client_id": self._key,
            "listener_id": listener["listener_id"],
            "args": [json.dumps(arg) for arg in args],
        }
        await self._emit("event", message)

    def _with(self, tag: str, props: dict[str, object]) -> Iterator[str]:
        for number, element in self._elements.items():
            has = element.get("props", {})
            if element["tag"] == tag and all(has.get(name) == value for name, value in props.items()):
                yield number

    async def _connect(self) -> None:
        url = self.address.replace("http", "ws", 1) + "/_nicegui_ws/socket.io/?EIO=4&transport=websocket"
        self._socket = await connect(
            f"{url}&client_id={self._key}&tab_id={uuid.uuid4()}&document_id={uuid.uuid4()}"
            f"&next_message_id={self._next_message}&implicit_handshake=true",
            additional_headers={"Cookie": self._cookie},
            origin=self.address,  # type: ignore[arg-type]
            compression=None,
            max_size=None,
            ping_interval=None,
        )
        await self._socket.recv()
        await self._socket.send("40")
        while not (answer := str(await self._socket.recv())).startswith("40"):
            assert not answer.startswith("44"), answer
        self._tasks = [asyncio.create_task(self._listen()), asyncio.create_task(self._acknowledge())]

    async def _emit(self, name: str, message: object) -> None:
        await self._socket.send("42" + json.dumps([name, message]))

    async def _listen(self) -> None:
        with suppress(ConnectionClosed):
            async for said in self._socket:
                text = str(said)
                if text == "2":
                    await self._socket.send("3")
                elif text.startswith("42"):
                    self._hear(text)

    def _hear(self, text: str) -> None:
        self.heard += 1
        if self._awaited and not self._said_at and self._awaited in text:
            self._said_at = time.perf_counter()
        if (number := re.search(r'"_id":(\d+)\}\]$', text)) is not None:
            self._next_message = int(number[1]) + 1
        if self._knows and text.startswith('42["update"'):
            for number_, element in json.loads(text[2:])[1].items():
                if element is None:
                    self._elements.pop(number_, None)
                elif number_ != "_id":
                    self._elements[number_] = element
        self._changed.set()

    async def _acknowledge(self) -> None:
        told = -1
        while True:
            await asyncio.sleep(_ACK_SECONDS)
            if self._next_message > told:
                told = self._next_message
                await self._emit("ack", {"client_id": self._key, "next_message_id": told})
