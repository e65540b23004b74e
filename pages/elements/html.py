"""Plain HTML, written so that nothing a person has typed can be anything but text in it."""

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Final, NewType, Protocol

from nicegui import ui

from pages.scripts import MARK

Html = NewType("Html", str)
"""HTML in which everything is escaped that has to be; only made here."""

Mark = Callable[[str], dict[str, object]]
"""Gives the attributes of an element's outermost tag: the classes named and those it was given, and which it is."""

Draw = Callable[[Iterable[ui.element]], Html]
"""Writes the elements that stand inside another."""


class Plain(Protocol):
    """An element of ours that can be written as plain HTML, exactly as its component draws it."""

    def plain(self, mark: Mark, draw: Draw) -> Html:
        """Writes it."""


NOTHING: Final = Html("")
_VOID: Final = {"br", "hr", "img", "input", "use"}


def said(text: str) -> Html:
    """Write what is to be read."""
    return Html(escape(text))


def joined(parts: Iterable[Html]) -> Html:
    """Write one after the other."""
    return Html("".join(parts))


def tag(name: str, attributes: Mapping[str, object], *content: Html) -> Html:
    """Write an element; an attribute of None or False is left out, one of True stands for itself."""
    written = "".join(map(_attribute, attributes, attributes.values()))
    if name in _VOID:
        return Html(f"<{name}{written}>")
    return Html(f"<{name}{written}>{''.join(content)}</{name}>")


def span(classes: str, text: str) -> Html:
    """Write a piece of text."""
    return tag("span", {"class": classes}, said(text))


def widths(shares: Iterable[int]) -> Html:
    """Write how wide things with `data-share` are, in hundredths: a style in a tag would not be followed."""
    rules = (f"[data-share='{int(share)}']{{width:{int(share)}%}}" for share in sorted({*shares}))
    return tag("style", {"nonce": MARK}, Html("".join(rules)))


def sprite_icon(url: str, classes: str = "mc-i") -> Html:
    """Write an icon as our own components draw it."""
    return tag("svg", {"class": classes, "aria-hidden": "true"}, tag("use", {"href": url}))


def _attribute(name: str, value: object) -> str:
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
