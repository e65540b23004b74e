"""The sheet: from below on a phone, a dialog in the middle on a desktop."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final, Self

from nicegui import ui

from pages.elements.buttons import icon_button
from pages.elements.components import COMPONENTS
from pages.elements.told import Listening, truth
from pages.elements.words import given

_opened: Final[ContextVar[list["Sheet"] | None]] = ContextVar("sheets opened by one press", default=None)


class Sheet(Listening, ui.dialog, component=COMPONENTS / "sheet.js"):
    """A sheet that is open when it is made and gone when it is closed, by its button, Esc, or a press beside it.

    `with sheet(…) as it:` fills its body; `with it.foot:` what stays at thumb height; `with it.act:` a word at the
    upper end of a full sheet on a phone. `await it` waits for `it.submit(result)`; closing gives None. The browser
    closes it at once, without asking; going back does so too.
    """

    def __init__(
        self, title: str, close_label: str, *, full: bool, on_close: Callable[[], Any] | None
    ) -> None:
        super().__init__(value=True)
        self.readers = {"update:modelValue": truth}
        self._on_close = on_close
        self.classes("mc-dialog")
        self.props["aria-label"] = title
        self.props["transition-show"] = self.props["transition-hide"] = "mc-sheet"
        self.props["transition-duration"] = 200
        with self.default_slot, ui.element("div").classes("mc-sheet") as frame:
            with ui.element("div").classes("mc-sheet-head"):
                self._title = given(title, "h2").classes("mc-sheet-title")
                # Always in sight and therefore first: what Tab leads out of the sheet is brought back to the first.
                closer = icon_button("close", close_label).classes("mc-sheet-close")
                closer.on("click", js_handler=f"() => getElement({self.id}).close()")
                self.act = ui.element("div").classes("mc-sheet-act")
            self.body = ui.element("div").classes("mc-sheet-body")
            self.foot = ui.element("div").classes("mc-sheet-foot")
        if full:
            frame.classes("mc-sheet--full")
        self.on("hide", self._gone, args=[])
        if (opened := _opened.get()) is not None:
            opened.append(self)

    @property
    def is_open(self) -> bool:
        """Whether it is neither closed nor closing: what is going is on the screen for a moment yet."""
        return self.value and not self.is_deleted

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


@contextmanager
def sheets_opened(opened: list[Sheet]) -> Iterator[None]:
    """Adds to a list, as they are opened, the sheets that the work inside the block opens, and no others."""
    before = _opened.set(opened)
    try:
        yield
    finally:
        _opened.reset(before)


def once(open_sheet: Callable[[], Any]) -> Callable[[], None]:
    """Gives a handler that opens a sheet, unless that which it opened last is still open: a double press opens one."""
    opened: list[Sheet] = []

    def press() -> None:
        if not any(sheet.is_open for sheet in opened):
            opened.clear()
            with sheets_opened(opened):
                open_sheet()

    return press


def sheet(
    title: str, close_label: str, *, full: bool = False, on_close: Callable[[], Any] | None = None
) -> Sheet:
    """Opens a sheet; `full` takes the whole height of a phone. `on_close` is called once it is gone from the screen."""
    return Sheet(title, close_label, full=full, on_close=on_close)
