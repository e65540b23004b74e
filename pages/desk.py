"""A group as it is open in one browser: who looks, what was read last, and where its sheets open."""

from collections.abc import Awaitable, Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from nicegui import ui
from nicegui.element import Element

from mycount.domain.ids import GroupId, UserId
from mycount.services import groups
from mycount.services.views import GroupView
from pages.calls import call, refusals_shown
from pages.elements import Button, Sheet, sheets_opened
from pages.expense_form import reopen_unfinished


class Desk:
    """What every part of a group's page works with. `seen` is replaced at each reading, never changed.

    Whoever makes the group go away from this page leaves word: `has_deleted`, or a `farewell` to say elsewhere.
    """

    def __init__(self, user_id: UserId, group_id: GroupId, seen: GroupView) -> None:
        self.user_id = user_id
        self.group_id = group_id
        self.seen = seen
        self.has_deleted = False
        self.farewell = ""
        # Sheets live here and not in what is redrawn, so that no news from elsewhere closes a form.
        self._sheets = ui.element("div")
        self._unfinished = ui.element("div")
        self._presses: dict[Hashable, _Press] = {}

    async def look(self) -> None:
        """Read the group again, so that everybody in what was read before is known."""
        self.seen = await call(groups.see, self.user_id, self.group_id)

    def reopen_unfinished(self) -> None:
        """Open the form again in which something was typed when the page went away."""
        with self._unfinished:
            reopen_unfinished(lambda: self.seen)

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
        """Open a sheet, unless that of the same thing is open or about to be: a double press opens one.

        One that is closed is in nobody's way, also while it is still being read for or is just leaving the screen.
        """
        before = self._presses.get(what)
        if before is not None and before.is_answered:
            return
        self._tidy()
        press = self._presses[what] = _Press()
        try:
            with self._sheets, refusals_shown(), sheets_opened(press.sheets):
                await sheet()
        finally:
            press.is_under_way = False

    def _tidy(self) -> None:
        """Each sheet leaves an empty element where it was opened; deleted before it is gone it would not tell so."""
        under_way = any(press.is_under_way for press in self._presses.values())
        if not under_way and not any(isinstance(child, Sheet) for child in ui.context.client.layout):
            self._sheets.clear()
            self._presses.clear()


@dataclass
class _Press:
    """What has come of a press so far."""

    sheets: list[Sheet] = field(default_factory=list)
    is_under_way: bool = True

    @property
    def is_answered(self) -> bool:
        """Whether another press would open the same once more."""
        return any(sheet.is_open for sheet in self.sheets) if self.sheets else self.is_under_way


def _switch(pressed: Element | None, *, on: bool) -> None:
    if isinstance(pressed, Button) and not pressed.is_deleted:
        pressed.set_enabled(on)
