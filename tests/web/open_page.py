"""A page that is open in a browser: what NiceGUI's script does with its socket, in a few lines."""

import html
import json
import re
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress
from types import TracebackType
from typing import Any

import httpx
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.waiting import PATIENCE


class RefusedError(Exception):
    """The server did not take the socket; the text is what it said."""


class OpenPage:
    """Fetches a page as a visitor and connects its socket, with the visitor's cookies unless others are given."""

    def __init__(
        self, visitor: httpx.Client, path: str, *, cookies: str | None = None, origin: str | None = None
    ):
        answer = visitor.get(path)
        assert answer.status_code == 200, answer.text
        elements = re.search(r"String\.raw`(.*?)`", answer.text, re.DOTALL)
        assert elements
        self.key = key_of(answer)
        self.elements: dict[str, Any] = json.loads(html.unescape(elements[1]))
        self.visitor = visitor
        self._tab = str(uuid.uuid4())
        self.socket = socket(visitor, self.key, cookies=cookies, origin=origin, tab=self._tab)

    def __enter__(self) -> "OpenPage":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.socket.close()

    def pressing(self) -> dict[str, Any]:
        """The event that a press of the page's button sends."""
        number, button = next(item for item in self.elements.items() if item[1]["tag"] == "q-btn")
        listener = button["events"][0]["listener_id"]
        return {"id": int(number), "client_id": self.key, "listener_id": listener, "args": ["{}"]}

    def come_back(self) -> None:
        """Connect again, as the page does by itself when its connection was lost."""
        self.socket.close()
        self.socket = socket(self.visitor, self.key, tab=self._tab)

    def press(self) -> None:
        """Press the page's button."""
        emit(self.socket, "event", self.pressing())

    def sees(self, text: str, seconds: float = PATIENCE) -> bool:
        """Wait until a message that holds this text arrives; False if none does, or the socket is closed."""
        try:
            return any(text in message for message in self._messages(seconds))
        except ConnectionClosed:
            return False

    def is_closed(self, seconds: float = PATIENCE) -> bool:
        """Wait until the server closes the socket, or tells the browser to do so; False if it does neither."""
        try:
            return any(message == "1" for message in self._messages(seconds))
        except ConnectionClosed:
            return True

    def _messages(self, seconds: float) -> Iterator[str]:
        """Give what arrives within a time, and answer the server when it asks whether somebody is there."""
        end = time.monotonic() + seconds
        with suppress(TimeoutError):
            while True:
                message = str(self.socket.recv(timeout=max(0, end - time.monotonic())))
                if message == "2":
                    self.socket.send("3")
                yield message


def key_of(page: httpx.Response) -> str:
    """The key that NiceGUI has given a page."""
    key = re.search(r"'client_id': '([0-9a-f-]+)'", page.text)
    assert key
    return key[1]


def socket(
    visitor: httpx.Client,
    key: str,
    *,
    cookies: str | None = None,
    origin: str | None = None,
    tab: str | None = None,
) -> ClientConnection:
    """Connect a socket for the page of this key; RefusedError if the server does not take it."""
    own = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
    url = str(visitor.base_url).rstrip("/")
    made = connect(
        url.replace("http", "ws", 1) + "/_nicegui_ws/socket.io/?EIO=4&transport=websocket"
        f"&client_id={key}&tab_id={tab or uuid.uuid4()}&document_id={uuid.uuid4()}"
        "&next_message_id=0&implicit_handshake=true",
        additional_headers={"Cookie": own if cookies is None else cookies},
        origin=origin or url,  # type: ignore[arg-type]
        compression=None,
        open_timeout=PATIENCE,
        legacy=True,
    )
    made.recv(timeout=PATIENCE)
    made.send("40")
    while not (answer := str(made.recv(timeout=PATIENCE))).startswith("40"):
        if answer.startswith("44"):
            made.close()
            raise RefusedError(answer)
    return made


def emit(to: ClientConnection, name: str, *data: object) -> None:
    """Send an event as the browser does."""
    to.send("42" + json.dumps([name, *data]))
