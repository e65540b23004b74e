"""The sheet: from below on a phone, a dialog in the middle on a desktop."""

from collections.abc import Callable
from typing import Any, Self

from nicegui import ui

from pages.elements.buttons import icon_button
from pages.elements.words import heading


class Sheet(ui.dialog):
    """A sheet that is open when it is made and gone when it is closed, by its button, Esc, or a press beside it.

    `with sheet(…) as it:` fills its body; `with it.foot:` what stays at thumb height; `with it.act:` a word at the
    upper end of a full sheet on a phone. `await it` waits for `it.submit(result)`; closing gives None.
    """

    def __init__(
        self, title: str, close_label: str, *, full: bool, on_close: Callable[[], Any] | None
    ) -> None:
        super().__init__(value=True)
        self._on_close = on_close
        self.classes("mc-dialog")
        self.props["aria-label"] = title
        self.props["transition-show"] = self.props["transition-hide"] = "mc-sheet"
        self.props["transition-duration"] = 200
        with self.default_slot, ui.element("div").classes("mc-sheet") as frame:
            with ui.element("div").classes("mc-sheet-head"):
                self._title = heading(2, title).classes("mc-sheet-title")
                # Always in sight and therefore first: what Tab leads out of the sheet is brought back to the first.
                icon_button("close", close_label, self.close).classes("mc-sheet-close")
                self.act = ui.element("div").classes("mc-sheet-act")
            self.body = ui.element("div").classes("mc-sheet-body")
            self.foot = ui.element("div").classes("mc-sheet-foot")
        if full:
            frame.classes("mc-sheet--full")
        self.on("hide", self._gone, args=[])

    def __enter__(self) -> Self:
        self.body.__enter__()
        return self

    def __exit__(self, *exception: object) -> None:
        self.body.__exit__(*exception)

    def entitle(self, title: str) -> None:
        """Gives it another title."""
        if self.props["aria-label"] != title:
            self.props["aria-label"] = title
            self._title.set_text(title)

    def _gone(self) -> None:
        if self._on_close:
            self._on_close()
        if not self.is_deleted:
            self.delete()


def sheet(
    title: str, close_label: str, *, full: bool = False, on_close: Callable[[], Any] | None = None
) -> Sheet:
    """Opens a sheet; `full` takes the whole height of a phone. `on_close` is called once it is gone from the screen."""
    return Sheet(title, close_label, full=full, on_close=on_close)
