"""The keys that do something by themselves: what they are, and a switch for whoever wants none of them."""

from typing import Final

from nicegui import ui

from mycount.domain.words import N_
from pages.elements import Button, icon_button, sheet
from pages.elements.components import COMPONENTS
from pages.elements.sheet import once
from pages.elements.words import Text
from pages.words import _

_KEYS: Final = (
    ("n", N_("Add an expense")),
    ("/", N_("Search the expenses of the group")),
    ("u", N_("Undo what was done last")),
    ("Esc", N_("Close a sheet, clear the search")),
    ("?", N_("Show this help")),
)


class _Switch(ui.element, component=COMPONENTS / "shortcut_switch.js"):
    """The switch; the browser keeps it."""


def shortcuts_button() -> Button:
    """Build the button that opens the help: for the key ?, and for whoever comes to it by Tab."""
    button = icon_button("keyboard", _("Keyboard shortcuts"), once(open_shortcuts)).classes("mc-on-focus")
    button.props["aria-keyshortcuts"] = "?"
    return button


def open_shortcuts() -> None:
    """Open the sheet that says which key does what."""
    with sheet(_("Keyboard shortcuts"), _("Close")):
        with ui.element("dl").classes("mc-shortcuts"):
            for key, meaning in _KEYS:
                with ui.element("div"):
                    with ui.element("dt"):
                        Text("kbd", key)
                    Text("dd", _(meaning))
        _Switch().props["label"] = _("Use these keys in this browser")
