"""The tab with the balances: everybody's bar in every currency, and why it is as long as it is."""

from functools import partial

from nicegui import ui

from mycount.domain.ids import MemberId
from pages import balance_words
from pages.desk import Desk
from pages.elements import BalanceBars, Bar, card, empty_state, heading, stack, text
from pages.why_sheet import open_why
from pages.words import _


class BalancesView:
    """Built once for the currencies there are; balances change in place."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._shown: dict[str, list[Bar]] | None = None
        self._bars: dict[str, BalanceBars] = {}
        self._box: ui.element | None = None

    def draw(self) -> None:
        """Build the bars where one stands."""
        self._box, self._shown = stack(wide=True), None
        self.show()

    def show(self) -> None:
        """Show the balances read last; nothing is sent for those that have not changed."""
        group = self._desk.seen
        now = {
            kept.currency: balance_words.bars(group, kept) for kept in balance_words.shown_currencies(group)
        }
        if self._box is None or self._box.is_deleted or now == self._shown:
            return
        if self._shown is None or [*now] != [*self._shown]:
            self._rebuild(now)
        else:
            for currency in [currency for currency in now if now[currency] != self._shown[currency]]:
                self._bars[currency].show(now[currency])
        self._shown = now

    def _rebuild(self, now: dict[str, list[Bar]]) -> None:
        assert self._box is not None
        self._box.clear()
        with self._box:
            if not now:
                empty_state("even", _("Nothing has been shared yet, so everybody is even."))
                return
            text(_("Press a balance to see the expenses that make it."), muted=True)
            for currency, bars in now.items():
                self._draw_currency(currency, bars, named=len(now) > 1)

    def _draw_currency(self, currency: str, bars: list[Bar], *, named: bool) -> None:
        with card(wide=True):
            if named:
                heading(2, currency)
            self._bars[currency] = BalanceBars(
                bars,
                label=_("Balances in {currency}", currency=currency),
                on_open=partial(self._why, currency),
            )

    async def _why(self, currency: str, member_id: int) -> None:
        await self._desk.open(
            ("why", member_id, currency), lambda: open_why(self._desk, MemberId(member_id), currency)
        )
