"""One line that says what numbers come to, or by how much they are off, and who could take the rest."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from nicegui import ui

from mycount.domain.ids import MemberId
from pages.elements import button
from pages.elements.words import Text
from pages.words import _


@dataclass(frozen=True)
class Rest:
    """What is to be said; `takers` are those to whom the rest can be given (or from whom it can be taken), by name.

    `me` is who is looking: languages say "to me" in other words than "to Bo".
    """

    sentence: str
    takers: tuple[tuple[MemberId, str], ...] = ()
    is_too_much: bool = False
    me: MemberId | None = None


_STEP: Final = """(event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const items = [...event.currentTarget.querySelectorAll("[role=menuitem]")];
    event.preventDefault();
    items.at((items.indexOf(document.activeElement) + step) % items.length).focus();
}"""


class RestLine(ui.element):
    """A sentence, read out when it changes, with a button beside it while there is somebody to take the rest."""

    def __init__(self, on_give: Callable[[MemberId], None]) -> None:
        super().__init__("div")
        self.classes("mc-rest")
        self._on_give = on_give
        self._rest = Rest("")
        with self:
            self.sentence = Text("span", "")
            self.sentence.props["role"] = "status"
            self.sentence.props["tabindex"] = "-1"  # where the focus goes when the button has done its work
            self._button = button("", kind="text", on_click=self._pressed)
            with self._button:
                self._menu = ui.menu().props("no-parent-event").on("keydown", js_handler=_STEP)
            self._button.set_visibility(False)

    def show(self, rest: Rest, *, is_wrong: bool = False) -> None:
        """Say something; `is_wrong` in the colour of what has to be put right, and aloud even if it was said before."""
        self.sentence.classes(add="mc-owe" if is_wrong else "", remove="" if is_wrong else "mc-owe")
        if rest == self._rest:
            if is_wrong:
                ui.run_javascript(f"mycount.say({json.dumps(rest.sentence)})")
            return
        self._rest = rest
        self.sentence.set_text(rest.sentence)
        self._button.set_visibility(bool(rest.takers))
        self._button.set_text(self._offer())
        self._button.props["aria-haspopup"] = "menu" if len(rest.takers) > 1 else "false"

    def _offer(self) -> str:
        takers = self._rest.takers
        if len(takers) != 1:
            return _("Take it from …") if self._rest.is_too_much else _("Give the rest to …")
        member, name = takers[0]
        if member == self._rest.me:
            return _("Take it from me") if self._rest.is_too_much else _("Give the rest to me")
        return (
            _("Take it from {name}", name=name)
            if self._rest.is_too_much
            else _("Give the rest to {name}", name=name)
        )

    def _pressed(self) -> None:
        if len(self._rest.takers) == 1:
            self._give(self._rest.takers[0][0])
            return
        self._menu.clear()
        with self._menu:
            for member, name in self._rest.takers:
                item = ui.menu_item(name, on_click=lambda _event, member=member: self._give(member))
                item.props["role"] = "menuitem"
        next(iter(self._menu)).props["data-autofocus"] = True
        self._menu.open()

    def _give(self, member: MemberId) -> None:
        self._on_give(member)
        ui.run_javascript(f"mycount.focus({json.dumps(self.sentence.html_id)})")
