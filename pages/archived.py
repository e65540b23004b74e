"""What a page of an archived group says, and how an administrator brings the group back."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from mycount.services.views import GroupView
from pages.elements import Button, button, icon, text
from pages.words import _


class Archived(ui.element):
    """A notice that `show` makes appear and go; built when first needed. `bring_back` is given what was pressed."""

    def __init__(self, bring_back: Callable[[ui.element], Awaitable[None]]) -> None:
        super().__init__("div")
        self.classes("mc-card mc-row mc-notice")
        self.set_visibility(False)
        self._act = bring_back
        self._button: Button | None = None

    def show(self, group: GroupView) -> None:
        """Say it while the group is archived; only administrators can bring it back."""
        self.set_visibility(group.is_archived)
        if not group.is_archived:
            return
        if self._button is None:
            self._button = self._draw()
        self._button.set_visibility(group.is_administrator)

    def _draw(self) -> Button:
        with self:
            icon("archive").classes("mc-muted")
            said = text(_("This group is archived. You can look at everything, and change nothing."))
            said.classes("mc-grow")
            return button(_("Bring back"), None, "soft", lambda event: self._act(event.sender))
