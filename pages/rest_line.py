"""One line that says by how much numbers are off, and offers to give the rest to somebody."""

from collections.abc import Callable, Sequence

from nicegui import ui

from mycount.domain.ids import MemberId
from pages.elements import button
from pages.elements.words import Text
from pages.words import _

Taker = tuple[MemberId, str]


class RestLine(ui.element):
    """A sentence, read out when it changes, with a button beside it while there is somebody to take the rest."""

    def __init__(self, on_give: Callable[[MemberId], None]) -> None:
        super().__init__("div")
        self.classes("mc-rest")
        self._on_give = on_give
        self._takers: tuple[Taker, ...] = ()
        with self:
            self._sentence = Text("span", "")
            self._sentence.props["role"] = "status"
            self._button = button("", kind="text", on_click=self._pressed)
            with self._button:
                self._menu = ui.menu().props("no-parent-event")
            self._button.set_visibility(False)

    def show(self, sentence: str, takers: Sequence[Taker] = (), *, is_wrong: bool = False) -> None:
        """Show a sentence; `takers` are those whom the rest can be given, by name."""
        if sentence != self._sentence.text:
            self._sentence.set_text(sentence)
        self._sentence.classes(add="mc-owe" if is_wrong else "", remove="" if is_wrong else "mc-owe")
        if tuple(takers) == self._takers:
            return
        self._takers = tuple(takers)
        self._button.set_visibility(bool(takers))
        one = len(self._takers) == 1
        self._button.set_text(_("Give it to {name}", name=takers[0][1]) if one else _("Give the rest to …"))
        self._button.props["aria-haspopup"] = "false" if one else "menu"

    def _pressed(self) -> None:
        if len(self._takers) == 1:
            self._on_give(self._takers[0][0])
            return
        self._menu.clear()
        with self._menu:
            for member, name in self._takers:
                ui.menu_item(name, on_click=lambda _event, member=member: self._on_give(member))
        self._menu.open()
