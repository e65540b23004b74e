"""What the program says by itself: toasts, empty states, the connection."""

import inspect
from collections.abc import Callable
from typing import Any, Final, Literal

from nicegui import ui

from pages.elements.components import COMPONENTS
from pages.elements.words import text as paragraph
from pages.theme import static_url

Picture = Literal["groups", "expenses", "even", "invites", "history", "search", "lost", "offline"]

_MOST_TOASTS: Final = 3


class _Toasts(ui.element):
    """Where the toasts of one page stand."""


class _Toast(ui.element, component=COMPONENTS / "toast.js"):
    """One toast."""


def toast(
    text: str, undo: Callable[[], Any] | None = None, undo_label: str = "", *, seconds: float = 6.0
) -> None:
    """Says shortly what was done; with `undo` (and its word) there is a way back while it is shown, and a bit longer.

    It stays while focus is on it and longer under a pointer, is read out politely, and outlives the part of the page
    that made it. The same words replace those that are still shown, and only a few are shown at a time.
    """
    place = _toasts()
    _make_way(place, text)
    with place:
        element = _Toast()
    element.props["text"] = text
    element.props["seconds"] = seconds if undo is None else max(seconds, 8.0)
    if undo is not None:
        element.props["undo"] = undo_label

        async def undone() -> None:
            element.delete()
            outcome = undo()
            if inspect.isawaitable(outcome):
                await outcome

        element.on("undo", undone, args=[])
    element.on("gone", element.delete, args=[])


def empty_state(picture: Picture, sentence: str) -> ui.element:
    """A picture and a sentence where nothing is yet; `with empty_state(…):` puts a button below."""
    element = ui.element("div").classes("mc-empty")
    with element:
        ui.icon(f"svguse:{static_url('pictures.svg')}#{picture}|0 0 168 112").classes("mc-picture")
        paragraph(sentence)
    return element


def connection_bar(lost: str, back: str, waits: str) -> ui.element:
    """A slim bar that says when the connection is lost and when it is back; once on a page, in its frame.

    `waits` is what a press is answered with meanwhile.
    """
    element = ui.element("div").classes("mc-connection")
    element.props["role"] = "status"
    element.props["data-lost"] = lost
    element.props["data-back"] = back
    element.props["data-unheard"] = waits
    return element


def _make_way(place: _Toasts, text: str) -> None:
    shown = place.default_slot.children
    same = [one for one in shown if one.props["text"] == text]
    others = [one for one in shown if one not in same]
    for one in same + others[: 1 - _MOST_TOASTS]:
        one.delete()


def _toasts() -> _Toasts:
    layout = ui.context.client.layout
    for child in layout.default_slot.children:
        if isinstance(child, _Toasts):
            return child
    with layout:
        return _Toasts().classes("mc-toasts")
