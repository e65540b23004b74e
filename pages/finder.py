"""Looking for expenses in a group: the fields to type in, and what happens then."""

import asyncio
from collections.abc import Callable
from typing import Final

from nicegui import background_tasks
from nicegui.events import ValueChangeEventArguments

from mycount.services.views import Filter
from pages.desk import Desk
from pages.elements import Button, Field, field, icon, icon_button
from pages.filter_address import LONGEST
from pages.search import Search
from pages.stretches import Count, ReadStretch, Stretches
from pages.words import _

ReadFiltered = Callable[[Filter], tuple[ReadStretch, Count | None]]

_PAUSE_SECONDS: Final = 0.2
_ESCAPE: Final = """(event) => {
    if (!event.target.value) return event.target.blur();
    event.target.value = "";
    event.target.dispatchEvent(new Event("input", { bubbles: true }));
}"""


class Finder:
    """Holds the fields of one page together: one in the header of a desktop, one above the list on a phone.

    `changed` is called at once when something else is looked for, `found` when it has been read.
    """

    def __init__(
        self,
        desk: Desk,
        search: Search,
        lines: Stretches,
        read: ReadFiltered,
        *,
        changed: Callable[[], object],
        found: Callable[[], object],
    ) -> None:
        self.search = search
        self._desk, self._lines, self._read = desk, lines, read
        self._changed, self._found = changed, found
        self._fields: list[tuple[Field, Button]] = []
        self._typed, self._typing = 0, search.text

    def draw_field(self, label: str) -> Field:
        """Build a field to type in where one stands."""
        it = field(label, self.search.text, "search", placeholder=label, max_length=LONGEST, quiet_label=True)
        it.classes("mc-field--search").on("keydown.escape", js_handler=_ESCAPE)
        it.props["enterkeyhint"] = "search"
        with it.add_slot("before"):
            icon("search")
        with it.add_slot("after"):
            wipe = icon_button("close", _("Clear the search"), lambda: self.look_for(text=""))
        self._fields.append((it, wipe))
        it.on_value_change(self._hear)
        self._mirror()
        return it

    def look_for(self, *, chosen: Filter | None = None, text: str | None = None) -> None:
        """Look for something else in the list; what is not given stays."""
        self._typed += 1  # nothing is waited for any more: what was typed last is looked for now
        self.search.change(chosen=chosen, text=self._typing if text is None else text)
        self._typing = self.search.text
        self._lines.turn_to(*self._read(self.search.wanted))
        with self._fields[0][0]:  # it stays, whereas the button that was pressed may go
            self._mirror()
            self._changed()
        background_tasks.create(self._look(), name="look for expenses")

    def clear(self) -> None:
        """Show everything again."""
        self.look_for(chosen=Filter(), text="")

    async def _look(self) -> None:
        with self._desk.at_work():
            await self._lines.refresh(seen=self._found)
            self._found()

    async def _hear(self, event: ValueChangeEventArguments[str | None]) -> None:
        """Wait until nothing more is typed for a moment: each letter would be asked for otherwise."""
        self._typed, self._typing = self._typed + 1, (event.value or "").strip()[:LONGEST]
        mine = self._typed
        if self._typing != self.search.text:
            await asyncio.sleep(_PAUSE_SECONDS)
            if mine == self._typed and not event.sender.is_deleted:
                self.look_for()

    def _mirror(self) -> None:
        """Write into the fields what is looked for; the one that is being typed in has it already."""
        for it, wipe in self._fields:
            if it.text != self.search.text:
                it.set_value(self.search.text)
            wipe.set_visibility(bool(self.search.text))
