"""What is seen of a page before the browser has fetched and run what makes it live: the same, as plain HTML.

It stands in the page from the first byte, so that the list and the balance are read at once, also on a slow phone.
app.js takes it away in the moment in which the live page is built, leaves the focus where it was, and then presses
what was pressed meanwhile.
Elements that have no plain form yet leave a gap: a page that calls `show_at_first` is to consist of those that have.
"""

from collections.abc import Iterable
from typing import Final, cast

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from pages.addresses import root
from pages.elements import Button
from pages.elements.html import NOTHING, Html, Plain, joined, said, span, tag


def show_at_first() -> None:
    """Write everything that the current page shows into its HTML; to be called once it is built."""
    ui.add_body_html(tag("div", {"id": "mc-first"}, _drawn([ui.context.client.layout])))


_FRAME: Final = {
    "q-layout": ("div", "q-layout q-layout--standard"),
    "q-page-container": ("div", "q-page-container"),
    "q-page": ("main", "q-page"),
}
_BUTTON: Final = (
    "q-btn q-btn-item non-selectable no-outline q-btn--unelevated q-btn--rectangle q-btn--actionable"
    " q-focusable q-hoverable q-btn--no-uppercase"
)
_BUTTON_CONTENT: Final = "q-btn__content text-center col items-center q-anchor--skip justify-center row"
_PLAIN: Final = frozenset(
    ("a", "aside", "div", "h1", "h2", "h3", "header", "li", "main", "nav", "ol", "p", "section", "span", "ul")
)


def _drawn(elements: Iterable[ui.element]) -> Html:
    return joined(_element(one) for one in elements if one.visible)


def _element(element: ui.element) -> Html:
    mark = _Mark(element)
    if hasattr(element, "plain"):  # quicker than asking the protocol, and every element is asked
        return cast(Plain, element).plain(mark, _drawn)
    if isinstance(element, Button):
        return _button(element, mark)
    if element.tag == "q-icon":
        return tag("i", {**mark("q-icon"), "aria-hidden": "true"}, _drawing(element.props["name"]))
    if isinstance(element, ui.link):
        address = {**_attributes(element), "href": root() + str(element.props["href"])}
        return tag("a", {**mark(""), **address}, said(element.text), _drawn(element.default_slot))
    name, look = _FRAME.get(element.tag, (element.tag, ""))
    if name not in _PLAIN:
        return NOTHING  # it shows nothing by itself
    text = element.text if isinstance(element, TextElement) else ""
    return tag(name, {**mark(look), **_attributes(element)}, said(text), _drawn(element.default_slot))


def _button(button: Button, mark: "_Mark") -> Html:
    content = [_part_icon(button, "icon", "on-left"), _part_icon(button, "icon-right", "on-right")]
    if button.text:
        content.insert(1, span("block", button.text))
    inside = tag("span", {"class": _BUTTON_CONTENT}, *content)
    return tag("button", {**mark(_BUTTON), "type": "button", **_attributes(button)}, inside)


def _part_icon(button: Button, prop: str, side: str) -> Html:
    name = button.props.get(prop)
    look = f"q-icon {side}" if button.text else "q-icon"
    return tag("i", {"class": look, "aria-hidden": "true"}, _drawing(name)) if name else NOTHING


def _drawing(name: object) -> Html:
    address, _bar, box = str(name).removeprefix("svguse:").partition("|")
    return tag("svg", {"viewBox": box or "0 0 24 24"}, tag("use", {"href": address}))


def _attributes(element: ui.element) -> dict[str, object]:
    """Give what an element tells screen readers, and its address; scripts are not to find anything."""
    return {
        name: value
        for name, value in element.props.items()
        if name in ("role", "title", "tabindex") or name.startswith("aria-")
    }


class _Mark:
    """Gives an element's classes, and its name by which what is pressed in it is found in the live page."""

    def __init__(self, element: ui.element) -> None:
        self._element = element

    def __call__(self, look: str) -> dict[str, object]:
        classes = f"{look} {' '.join(self._element.classes)}".strip()
        return {"data-first": self._element.html_id, "class": classes or None}
