"""What a browser tells with an event: read once, at the boundary, before any handler sees it.

A browser may tell anything, and one that was tampered with does. What an element cannot read is refused like every
other malformed message: the event is dropped and counted, nobody is told, and nothing is logged as an error.
"""

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, TypeVar

from nicegui import ui

T = TypeVar("T")
Reader = Callable[[Any], T]

_LARGEST: Final = 2**63 - 1  # a database knows no larger id


class MalformedError(ValueError):
    """Raised for what no page of ours would have told."""


def number(said: object) -> int:
    """Reads an id or a place."""
    if type(said) is int and 0 <= said <= _LARGEST:
        return said
    raise MalformedError


def words(said: object) -> str:
    """Reads a text."""
    if isinstance(said, str):
        return _encodable(said)
    raise MalformedError


def words_or_none(said: object) -> str | None:
    """Reads the text of a field, None for one that was emptied."""
    return None if said is None else words(said)


def truth(said: object) -> bool:
    """Reads a yes or no."""
    if isinstance(said, bool):
        return said
    raise MalformedError


def record(said: object) -> dict[str, Any]:
    """Reads several things under their names; each of them is still to be read."""
    if isinstance(said, dict):
        return _encodable(said)
    raise MalformedError


class Listening(ui.element):
    """An element whose events carry something. `readers` says, by event, how that is read."""

    readers: Mapping[str, Reader[Any]] = MappingProxyType({})

    def hears(self, event: str, read: Reader[T], handler: Callable[[T], Any]) -> None:
        """Calls `handler` with what is told at an event, as it was read."""
        self.readers = {**self.readers, event: read}
        self.on(event, lambda heard: handler(heard.args))

    def _handle_delete(self) -> None:
        super()._handle_delete()
        self.readers = MappingProxyType(
            {}
        )  # these and who hears of changes know the element, and would keep it
        if "_change_handlers" in vars(self):
            self._change_handlers: list[Any] = []

    def _handle_event(self, msg: dict[str, Any]) -> None:
        event = self._event_listeners[msg["listener_id"]].type
        read = self.readers.get(event)
        super()._handle_event({**msg, "args": read(msg["args"])} if read else msg)


def _encodable(said: T) -> T:
    """Refuses halves of characters: neither a database nor a browser can be sent them."""
    json.dumps(said, ensure_ascii=False).encode()
    return said
