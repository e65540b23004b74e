"""Choosing a currency by typing a few letters of its code or name."""

from nicegui.events import Handler, ValueChangeEventArguments

from mycount.domain.currency import COMMON, CURRENCIES
from pages.elements.picking import SearchChoice
from pages.words import _, currency_name


def currency_choice(
    label: str, value: str, on_change: Handler[ValueChangeEventArguments[str]] | None = None
) -> SearchChoice[str]:
    """A field for one of all the currencies there are, the most used ones first; `.value` is its ISO 4217 code."""
    codes = dict.fromkeys([value, *COMMON, *CURRENCIES])
    options = {code: f"{code} · {currency_name(code)}" for code in codes}
    return SearchChoice(label, options, value, on_change, nothing=_("There is no such currency"))
