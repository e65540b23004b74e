"""What a page says while the database cannot be reached."""

from nicegui import ui

from pages.elements import icon, text
from pages.words import _


class Away(ui.element):
    """A notice that `show` makes appear and go; made where it is to stand. What is shown below it stays."""

    def __init__(self) -> None:
        super().__init__("div")
        self.classes("mc-card mc-row mc-notice")
        self.props["role"] = "status"
        self.set_visibility(False)

    def show(self, is_away: bool) -> None:
        """Say it, or stop saying it. What it says is not built before it is needed: that hardly ever happens."""
        if is_away and not self.default_slot.children:
            with self:
                icon("cloud_off").classes("mc-muted")
                text(_("The database does not answer right now. This page tries again by itself."))
        self.set_visibility(is_away)
