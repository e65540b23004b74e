"""The day of an expense."""

from collections.abc import Callable

from mycount.domain.errors import Invalid
from mycount.domain.ledger import Kind
from pages.elements import date_field
from pages.form_state import FormState
from pages.words import _, brief_day, refusal


class DaySection:
    """Writes the day into a form, and calls `changed`."""

    def __init__(self, form: FormState, changed: Callable[[], None]) -> None:
        self._form = form
        self._changed = changed
        self._field = date_field(_("Date"), form.day, brief_day, on_change=self._chosen)
        self._field.props["data-draft"] = "day"

    def show(self) -> None:
        """Write what the form holds into the field."""
        self._field.value = self._form.day.isoformat() if self._form.day else ""

    def refresh(self) -> None:
        """Take the place that is left beside who paid, or below who paid whom."""
        is_payment = self._form.kind is Kind.PAYMENT
        self._field.classes(add="mc-span" if is_payment else "", remove="" if is_payment else "mc-span")

    def show_error(self, error: Invalid | None) -> None:
        """Say below the field what is wrong with it."""
        self._field.error = refusal(error) if error else None

    def focus(self) -> None:
        """Put the cursor into the field."""
        self._field.focus()

    def _chosen(self) -> None:
        if self._field.day != self._form.day:
            self._form.day = self._field.day
            self._form.chosen.add("day")
            self._changed()
