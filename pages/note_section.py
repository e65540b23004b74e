"""The note of a form: a chip until it is wanted, then a field."""

from collections.abc import Callable

from nicegui.events import ValueChangeEventArguments

from mycount.domain.errors import Invalid
from pages.elements import chip, field
from pages.form_state import FormState
from pages.words import _, refusal


class NoteSection:
    """Writes the note into a form, and calls `changed`. The chip stands where `draw_chip` is called."""

    def __init__(self, form: FormState, changed: Callable[[], None]) -> None:
        self._form = form
        self._changed = changed
        self.field = field(_("Note"), form.note, "note", max_length=2000, on_change=self._typed)
        self.field.props["data-draft"] = "note"

    def draw_chip(self) -> None:
        """Make the chip that opens the field."""
        self._chip = chip(_("Note"), "notes", self._open)
        self.show()

    def show(self) -> None:
        """Write what the form holds into the field; without a note there is only the chip."""
        self.field.value = self._form.note
        self._show_field(bool(self._form.note))

    def show_error(self, error: Invalid | None) -> None:
        """Say below the field what is wrong with it."""
        self.field.error = refusal(error) if error else None

    def focus(self) -> None:
        """Put the cursor into the field."""
        self.field.focus()

    def _open(self) -> None:
        self._show_field(True)
        self.field.focus()

    def _show_field(self, on: bool) -> None:
        self.field.set_visibility(on)
        self._chip.set_visibility(not on)

    def _typed(self, event: ValueChangeEventArguments[str | None]) -> None:
        if (event.value or "") != self._form.note:
            self._form.note = event.value or ""
            self._changed()
