"""Headings, texts, amounts and icons."""

from typing import Literal

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from pages.addresses import inside
from pages.elements.components import COMPONENTS
from pages.elements.html import Draw, Html, Mark, said, tag
from pages.theme import icon_url

Tint = Literal["owed", "owe", None]
AmountSize = Literal["text", "card", "large"]
TileTint = Literal["plain", "gold", "brand", "owe", "quiet"]
TileSize = Literal["small", "plain", "group", "large"]


class Text(TextElement):
    """A piece of text in the HTML element that says what it is; `set_text` changes it in place."""

    def __init__(self, tag: str, content: str) -> None:
        super().__init__(tag=tag, text=content)


class Amount(ui.element, component=COMPONENTS / "amount.js"):
    """An amount that counts to its new value when `show` gives it one."""

    def __init__(self, content: str, tint: Tint) -> None:
        super().__init__()
        self.show(content, tint)

    def show(self, content: str, tint: Tint = None) -> None:
        """Shows another amount; colour goes by `tint`, and the words or sign are in `content`."""
        self.props["text"] = content
        self.classes(add=f"mc-{tint}" if tint else "", remove="mc-owed mc-owe")

    def plain(self, mark: Mark, draw: Draw) -> Html:
        """Writes the amount as it is drawn."""
        return tag("span", mark("mc-amount"), said(self.props["text"]))


def heading(level: int, content: str, look: int | None = None) -> Text:
    """A heading; each page has one of level 1. `look` is the level it looks like, if another."""
    element = Text(f"h{level}", content)
    return element.classes(f"mc-h{look}") if look else element


def given(content: str, tag: str = "span") -> Text:
    """What a person has typed, a name or a title, in whatever direction its own letters run."""
    return Text(tag, content).classes("mc-given")


def text(content: str, *, muted: bool = False) -> Text:
    """A paragraph."""
    element = Text("p", content)
    return element.classes("mc-muted") if muted else element


def caption(content: str) -> Text:
    """A small, muted line."""
    return Text("div", content).classes("mc-caption")


def amount(content: str, tint: Tint = None, size: AmountSize = "text") -> Amount:
    """An amount with tabular figures; the caller writes sign or word, `tint` only colours it."""
    element = Amount(content, tint)
    return element if size == "text" else element.classes(f"mc-amount--{size}")


def link(content: str, href: str) -> ui.link:
    """A link inside the program, in the brand's colour."""
    return ui.link(content, inside(href)).classes("mc-link", remove="nicegui-link")


def icon(name: str, label: str | None = None) -> ui.element:
    """An icon of the sprite; without a label it is decoration and hidden from screen readers."""
    element = ui.element("q-icon")
    element.props["name"] = svg(name)
    if label:
        element.props["role"] = "img"
        element.props["aria-label"] = label
        element.props["aria-hidden"] = "false"
    return element


def tile(name: str, tint: TileTint = "plain", size: TileSize = "plain") -> ui.element:
    """An icon on a small rounded square, as categories and groups have it."""
    element = ui.element("div").classes("mc-tile")
    if tint != "plain":
        element.classes(f"mc-tile--{tint}")
    if size != "plain":
        element.classes(f"mc-tile--{size}")
    with element:
        icon(name)
    return element


def here(content: str) -> Text:
    """Who else is looking, with the live dot: "Bo and Cy are here"; announced politely when it changes."""
    element = Text("div", content).classes("mc-here")
    element.props["role"] = "status"
    return element


def svg(name: str) -> str:
    """The sprite's icon in the notation of Quasar's `icon` properties."""
    return f"svguse:{icon_url(name)}"
