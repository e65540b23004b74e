"""A group as it is open in one browser: who looks, what was read last, and where its sheets open."""

from collections.abc import Awaitable, Callable, Hashable, Iterator
from contextlib import contextmanager

from nicegui import ui
from nicegui.element import Element

from mycount.domain.ids import GroupId, UserId
from mycount.services.views import GroupView
from pages.calls import refusals_shown


class Desk:
    """What every part of a group's page works with. `seen` is replaced at each reading, never changed."""

    def __init__(self, user_id: UserId, group_id: GroupId, seen: GroupView) -> None:
        self.user_id = user_id
        self.group_id = group_id
        self.seen = seen
        # Sheets live here and not in what is redrawn, so that no news from elsewhere closes a form.
        self._sheets = ui.element("div")
        self._opening: set[Hashable] = set()
        self._open: dict[Hashable, Element] = {}

    @contextmanager
    def at_work(self, pressed: Element | None = None) -> Iterator[None]:
        """Run a handler: what was pressed hears no second press meanwhile, refusals are shown as a notice.

        A toast made inside outlives the redrawing of what was pressed.
        """
        _switch(pressed, on=False)
        try:
            with self._sheets, refusals_shown():
                yield
        finally:
            _switch(pressed, on=True)

    async def open(self, what: Hashable, sheet: Callable[[], Awaitable[object]]) -> None:
        """Open a sheet, unless that of the same thing is open already: a double press opens one."""
        if what in self._opening or (what in self._open and not self._open[what].is_deleted):
            return
        self._opening.add(what)
        known = set(self._sheets.default_slot.children)
        try:
            with self._sheets, refusals_shown():
                await sheet()
        finally:
            self._opening.discard(what)
        for child in self._sheets.default_slot.children:
            if child not in known:
                self._open[what] = child


def _switch(pressed: Element | None, *, on: bool) -> None:
    if isinstance(pressed, ui.button) and not pressed.is_deleted:
        pressed.set_enabled(on)
