"""What is chosen above the insights: whose spending, in which period, in which currency."""

from collections.abc import Callable
from datetime import date

from nicegui import ui

from pages.elements import Choice, choice, date_field, segments
from pages.insights_period import Period, names
from pages.insights_reading import InsightsReading
from pages.words import _, brief_day


class InsightsChoices:
    """Drawn where one stands, and written into a reading; `changed` hears whether something must be read for it."""

    def __init__(self, reading: InsightsReading, changed: Callable[[bool], object]) -> None:
        self._reading = reading
        self._changed = changed
        self._currencies: dict[str, str] = {}
        with ui.element("div") as self._box:
            with ui.element("div").classes("mc-insights-choices"):
                self._draw_whose()
                self._period = self._chip(
                    choice(_("Period"), names(), reading.period.which, lambda e: self._choose_period(e.value))
                )
                self._currency = self._chip(
                    choice(_("Currency"), {}, "", lambda e: self._choose_currency(e.value))
                )
            with ui.element("div").classes("mc-pair mc-insights-days") as self._days:
                since, until = reading.period.days()
                self._since = date_field(_("First day"), since, brief_day, on_change=self._choose_days)
                self._until = date_field(_("Last day"), until, brief_day, on_change=self._choose_days)

    def show(self, *, anything: bool) -> None:
        """Show what is chosen, if there is anything to choose from."""
        self._box.set_visibility(anything)
        self._days.set_visibility(self._reading.period.which == "own")
        found = self._reading.seen.spending if self._reading.seen else ()
        currencies = {one.currency: one.currency for one in found}
        spending = self._reading.spending
        if spending and currencies != self._currencies:
            self._currencies = currencies
            self._currency.set_options(currencies)
            self._currency.set_value(spending.currency)
        self._currency.set_visibility(len(currencies) > 1)

    def choose_all(self) -> None:
        """Choose all the time there is."""
        self._period.set_value("all")

    def _draw_whose(self) -> None:
        whose = segments(
            {"everyone": _("Everyone"), "mine": _("My share")},
            "mine" if self._reading.mine else "everyone",
            lambda e: self._choose_whose(e.value),
            label=_("Whose spending"),
        )
        whose.classes("mc-seg--chips")

    def _chip(self, element: Choice[str]) -> Choice[str]:
        element.props["quiet-label"] = True
        return element.classes("mc-field--chip")

    def _choose_whose(self, whose: str) -> None:
        self._reading.mine = whose == "mine"
        self._changed(False)

    def _choose_currency(self, currency: str) -> None:
        shown = self._reading.spending
        if shown is not None and currency != shown.currency:
            self._reading.currency = currency
            self._changed(False)

    def _choose_period(self, which: str) -> None:
        self._reading.period = self._reading.period.become(which)
        for field, day in zip((self._since, self._until), self._reading.period.days(), strict=True):
            field.set_value(day.isoformat() if day else "")
        self._changed(True)

    def _choose_days(self) -> None:
        since, until = self._since.day, self._until.day
        wrong = since is not None and until is not None and since > until
        self._until.error = _("This is before the first day.") if wrong else None
        if not wrong and self._reading.period.which == "own":
            self._take_days(since, until)

    def _take_days(self, since: date | None, until: date | None) -> None:
        period = Period("own", since, until)
        if period != self._reading.period:
            self._reading.period = period
            self._changed(True)
