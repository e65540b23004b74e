"""A group as it is open in one browser: who looks, what was read last, and where its sheets open."""

from collections.abc import Awaitable, Callable, Hashable, Iterator
from contextlib import contextmanager

from nicegui import ui
from nicegui.element import Element

from mycount.domain.ids import GroupId, UserId
from mycount.services import groups
from mycount.services.views import GroupView
from pages.calls import call, refusals_shown
from pages.elements import Sheet
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
        self._opening: set[Hashable] = set()
        self._open: dict[Hashable, Sheet] = {}

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
        """Open a sheet, unless that of the same thing is open already: a double press opens one.

        One that is just closing is on the screen for a moment yet, and no longer open.
        """
        before = self._open.get(what)
        if what in self._opening or (before is not None and before.value and not before.is_deleted):
            return
        if not self._opening and all(opened.is_deleted for opened in self._open.values()):
            self._sheets.clear()  # each sheet leaves an empty element where it was opened
        known = _sheets_of_page()
        self._opening.add(what)
        try:
            with self._sheets, refusals_shown():
                await sheet()
                self._open.update((what, opened) for opened in _sheets_of_page() if opened not in known)
        finally:
            self._opening.discard(what)


def _sheets_of_page() -> list[Sheet]:
    """Give the sheets there are: wherever they are opened, they stand at the top of the page."""
    return [child for child in ui.context.client.layout.default_slot.children if isinstance(child, Sheet)]


def _switch(pressed: Element | None, *, on: bool) -> None:
    if isinstance(pressed, ui.button) and not pressed.is_deleted:
        pressed.set_enabled(on)
