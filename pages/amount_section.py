"""The amount of a form: the large field, its currency, and what a calculation comes to."""

from collections.abc import Callable
from typing import Final

from nicegui import ui
from nicegui.events import ValueChangeEventArguments

from mycount.domain.currency import COMMON, CURRENCIES
from mycount.domain.errors import Invalid
from mycount.domain.words import N_
from mycount.services.views import GroupView
from pages.elements import amount_field, choice
from pages.elements.components import COMPONENTS
from pages.elements.words import Text
from pages.form_state import FormState
from pages.words import _, currency_comes_after, currency_name, currency_symbol, money, refusal

_KEYS: Final = (("+", N_("plus")), ("−", N_("minus")), ("×", N_("times")), ("÷", N_("divided by")))

# Enter goes on to the title, as the key is labelled; there it saves.
_ONWARD: Final = """(event) => {
  const title = event.target.closest("form")?.querySelector("[data-draft=title] input");
  if (title?.offsetParent && !event.ctrlKey && !event.metaKey) { event.preventDefault(); title.focus(); }
}"""


class _SumKeys(ui.element, component=COMPONENTS / "sum_keys.js"):
    """The signs that a phone's number pad lacks."""


class AmountSection:
    """Writes amount and currency into a form, and calls `changed`. `top` has room beside the currency."""

    def __init__(self, form: FormState, changed: Callable[[], None], *, autofocus: bool) -> None:
        self._form = form
        self._changed = changed
        with ui.element("div").classes("mc-sum"):
            with ui.element("div").classes("mc-sum-top"):
                self.top = ui.element("div")
                self._draw_currency()
            self.field = amount_field(_("Amount"), form.amount, autofocus=autofocus, on_change=self._typed)
            self.field.props["quiet-label"] = True
            self.field.props["data-draft"] = "amount"
            self.field.props["enterkeyhint"] = "next"
            self.field.on("keydown.enter", js_handler=_ONWARD)
            with ui.element("div").classes("mc-sum-line"):
                self._told = Text("span", "").classes("mc-num")
                self._told.props["role"] = "status"
                self._draw_keys()
        self._show_sign()
        self.refresh()

    def show(self) -> None:
        """Write what the form holds into the fields."""
        self.field.value = self._form.amount
        self._currency.value = self._form.currency
        self._show_sign()

    def refresh(self) -> None:
        """Tell what the text comes to, where that is not plain to see."""
        form = self._form
        amount = form.understood()
        plain = amount is None or form.notation.is_plain(form.amount)
        self._told.set_text("" if plain or amount is None else f"= {money(amount, form.currency)}")

    def show_error(self, error: Invalid | None) -> None:
        """Say below the field what is wrong with it."""
        self.field.error = refusal(error) if error else None

    def focus(self) -> None:
        """Put the cursor into the field."""
        self.field.focus()

    def _typed(self, event: ValueChangeEventArguments[str | None]) -> None:
        text = event.value or ""
        if text != self._form.amount:
            self._form.amount = text
            self._changed()

    def _draw_currency(self) -> None:
        codes = _codes(self._form.group)
        with ui.element("div").classes("mc-sum-currency"):
            options = {code: f"{code} – {currency_name(code)}" for code in codes}
            self._currency = choice(
                _("Currency"), options, self._form.currency, self._chosen, quiet_label=True
            )
            with self._currency.add_slot("before"):
                self._code = Text("span", self._form.currency)
                self._code.props["aria-hidden"] = "true"

    def _chosen(self, event: ValueChangeEventArguments[str]) -> None:
        if event.value != self._form.currency:
            self._form.currency = event.value
            self._show_sign()
            self._changed()

    def _show_sign(self) -> None:
        code = self._form.currency
        self._code.set_text(code)
        self.field.props["sign"] = currency_symbol(code)
        self.field.props["sign-after"] = currency_comes_after()
        self.field.props["placeholder"] = self._form.notation.write_amount(0, code)

    def _draw_keys(self) -> None:
        keys = _SumKeys()
        keys.props["label"] = _("Calculate")
        keys.props["field"] = self.field.html_id
        keys.props["keys"] = tuple({"sign": sign, "name": _(name)} for sign, name in _KEYS)


def _codes(group: GroupView) -> list[str]:
    """The group's own currencies first, then the most used ones, then all others."""
    used = [group.usual.currency, group.currency, *(kept.currency for kept in group.money)]
    return list(dict.fromkeys([*used, *COMMON, *CURRENCIES]))
