"""A group as it is open in one browser: who looks, what was read last, and where its sheets open."""

from collections.abc import Iterator
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
        self._sheets = ui.element("div").classes("mc-sheets")

    @contextmanager
    def at_work(self, pressed: Element | None = None) -> Iterator[None]:
        """Run a handler: what was pressed hears no second press meanwhile, refusals are shown as a notice.

        Whatever is made inside, a sheet or a toast, outlives the redrawing of what was pressed.
        """
        _switch(pressed, on=False)
        try:
            with self._sheets, refusals_shown():
                yield
        finally:
            _switch(pressed, on=True)


def _switch(pressed: Element | None, *, on: bool) -> None:
    if isinstance(pressed, ui.button) and not pressed.is_deleted:
        pressed.set_enabled(on)
