"""Everything that is pressed."""

from collections.abc import Callable
from typing import Any, Final, Literal

from nicegui import ui
from nicegui.elements.mixins.disableable_element import DisableableElement
from nicegui.events import ClickEventArguments, Handler, handle_event

from pages.addresses import inside
from pages.elements.words import icon, svg

Kind = Literal["primary", "soft", "quiet", "text", "danger-text"]
OnClick = Handler[ClickEventArguments] | None

_LOOK: Final = {"unelevated": True, "no-caps": True, "ripple": False}


class Button(DisableableElement):
    """Something to press. NiceGUI's own button can be bound to data and awaited, which costs three times as much time.

    Of these a page has twenty; none of ours is bound or awaited.
    """

    def __init__(self, text: str, icon: str | None, on_click: OnClick) -> None:
        super().__init__(tag="q-btn")
        self.props.update(_LOOK)
        if text:
            self.props["label"] = text
        if icon:
            self.props["icon"] = svg(icon)
        if on_click:
            self.on(
                "click",
                lambda: handle_event(on_click, ClickEventArguments(sender=self, client=self.client)),
                [],
            )

    @property
    def text(self) -> str:
        """What is written on it."""
        return str(self.props.get("label", ""))

    def set_text(self, text: str) -> None:
        """Writes something else on it."""
        if text != self.text:
            self.props["label"] = text


def button(
    text: str,
    icon: str | None = None,
    kind: Kind = "primary",
    on_click: OnClick = None,
    *,
    wide: bool = False,
    tall: bool = False,
) -> Button:
    """A button; `wide` fills its row, `tall` is the one action of a sheet or form."""
    element = Button(text, icon, on_click).classes(f"mc-btn mc-btn--{kind}")
    if wide:
        element.classes("mc-btn--wide")
    return element.classes("mc-btn--tall") if tall else element


def icon_button(icon: str, label: str, on_click: OnClick = None) -> Button:
    """A button that is only an icon; `label` names it for screen readers and as a tooltip."""
    element = Button("", icon, on_click).classes("mc-icon-btn")
    element.props["aria-label"] = label
    element.props["title"] = label
    return element


def button_link(
    text: str,
    href: str,
    icon_name: str | None = None,
    kind: Kind = "primary",
    *,
    wide: bool = False,
    tall: bool = False,
) -> ui.link:
    """A link that looks like a button, for what has an address of its own."""
    element = ui.link("", inside(href)).classes(f"mc-btn mc-btn--{kind}", remove="nicegui-link")
    if wide:
        element.classes("mc-btn--wide")
    if tall:
        element.classes("mc-btn--tall")
    with element:
        if icon_name:
            icon(icon_name)
        ui.label(text)
    return element


def chip(
    text: str,
    icon: str | None = None,
    on_click: OnClick = None,
    *,
    on: bool | None = None,
    opens: bool = False,
) -> Button:
    """A small button for a filter or an extra; with `on` it is a switch (see `set_on`); `opens` shows an arrow."""
    element = Button(text, icon, on_click).classes("mc-chip")
    if opens:
        element.props["icon-right"] = svg("expand_more")
    if on is not None:
        set_on(element, on)
    return element


def set_on(element: Button, on: bool) -> None:
    """Switches a chip on or off."""
    element.classes(add="mc-on" if on else "", remove="" if on else "mc-on")
    element.props["aria-pressed"] = "true" if on else "false"


def copy_button(
    label: str,
    copied: str,
    kind: Kind = "text",
    on_copied: Callable[[], Any] | None = None,
    icon: str | None = None,
) -> Button:
    """Copies `copied` in the browser, inside the press itself, as browsers want it; then calls `on_copied`."""
    element = button(label, icon, kind)
    element.props["data-copy"] = copied
    return element.on("copied", on_copied, args=[]) if on_copied else element


def share_button(
    label: str,
    url: str,
    title: str,
    text: str = "",
    kind: Kind = "primary",
    on_copied: Callable[[], Any] | None = None,
    *,
    tall: bool = False,
) -> Button:
    """Hands an address to the phone's share sheet; where there is none it is copied, and `on_copied` is called."""
    element = button(label, "ios_share", kind, tall=tall)
    element.props["data-share"] = url
    element.props["data-share-title"] = title
    element.props["data-share-text"] = text
    return element.on("copied", on_copied, args=[]) if on_copied else element
