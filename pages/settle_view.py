"""The tab for settling up: who pays whom how much, so that everybody is even."""

from functools import partial

from nicegui import ui

from mycount.services.views import CurrencyBalances
from pages.balance_words import shown_currencies
from pages.desk import Desk
from pages.elements import button, empty_state, stack
from pages.group_actions import record_payment
from pages.settle_plan import SettlePlan
from pages.words import _


class SettleView:
    """A part for each currency that is not even; a payment that is made goes, the others stay as they are."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._box: ui.element | None = None
        self._parts: dict[str, SettlePlan] = {}
        self._shape: tuple[object, ...] | None = None

    def draw(self) -> None:
        """Build the plans where one stands."""
        self._box, self._shape = stack(wide=True), None
        self.show()

    def show(self) -> None:
        """Show the plans read last, changing only what has changed."""
        if self._box is None or self._box.is_deleted:
            return
        group = self._desk.seen
        plans = {kept.currency: kept for kept in shown_currencies(group) if kept.plan.transfers}
        shape = (*plans, group.can_change, [member.name for member in group.members], bool(group.money))
        if shape != self._shape:
            self._shape = shape
            self._box.clear()
            with self._box:
                self._draw(plans)
        for currency, part in self._parts.items():
            part.show(plans[currency])

    def _draw(self, plans: dict[str, CurrencyBalances]) -> None:
        self._parts = {}
        if not plans and any(any(kept.balances.values()) for kept in self._desk.seen.money):
            empty_state(
                "lost", _("The balances do not add up. Ask whoever runs this server to check the books.")
            )
            return
        if not plans:
            with empty_state("even", _("Everybody is even. Nobody owes anybody anything.")):
                self._draw_record(_("Record a payment"))
            return
        for currency in plans:
            self._parts[currency] = SettlePlan(self._desk, currency, named=len(plans) > 1)
        self._draw_record(_("Record another payment"))

    def _draw_record(self, text: str) -> None:
        if self._desk.seen.can_change and len(self._desk.seen.people) > 1:
            button(text, "add", "quiet", partial(record_payment, self._desk), wide=True)
