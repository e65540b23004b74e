"""What stays in view beside the list on a desktop: my balance with everybody's bars, and how to settle up."""

from collections.abc import Callable
from functools import partial
from typing import Final

from nicegui import ui

from mycount.domain.ids import MemberId
from mycount.domain.settle import Transfer
from mycount.services.views import GroupView
from pages import balance_words, expense_words
from pages.desk import Desk
from pages.elements import BalanceBars, Bar, Button, TransferRow, Transfers, button, caption, card, heading
from pages.group_actions import record_payment
from pages.settle_plan import mine_first
from pages.standing import Standing
from pages.why_sheet import open_why
from pages.words import _, money, ngettext

_MOST_BARS: Final = 8
_MOST_TRANSFERS: Final = 6


class Aside:
    """The two cards; each is left out beside the tab that shows the same at length."""

    def __init__(self, desk: Desk, go: Callable[[str], object]) -> None:
        """`go` leads to another tab."""
        with ui.element("aside").classes("mc-aside mc-wide-only"):
            self._balance = _BalanceCard(desk, go)
            self._settle = _SettleCard(desk, go)

    def show(self, view: str) -> None:
        """Show what was read last, beside this tab."""
        self._balance.show(with_bars=view != "balances")
        self._settle.show(wanted=view != "settle")


class _BalanceCard:
    """How I stand, and everybody's bars, as far as there is room; or that everybody is even."""

    def __init__(self, desk: Desk, go: Callable[[str], object]) -> None:
        self._desk = desk
        self._go = go
        with card(wide=True):
            self._standing = Standing()
            self._box = ui.element("div").classes("mc-aside-bars")
            self._even = caption(_("Everybody is even"))
        self._bars: dict[str, BalanceBars] = {}
        self._more: dict[str, Button] = {}
        self._shown: dict[str, list[Bar]] = {}

    def show(self, *, with_bars: bool) -> None:
        """Show the balances read last; what has not changed is left alone."""
        group = self._desk.seen
        self._standing.show(group)
        kept = balance_words.shown_currencies(group) if with_bars else []
        uneven = {one.currency: sum(map(bool, one.balances.values())) for one in kept}
        now = {
            one.currency: balance_words.bars(group, one, _MOST_BARS) for one in kept if uneven[one.currency]
        }
        even = with_bars and not now
        if [*now] != [*self._bars]:
            self._rebuild([*now])
        self._even.set_visibility(even)
        for currency, bars in now.items():
            if bars != self._shown.get(currency):
                self._bars[currency].show(bars)
            left_out = uneven[currency] - sum(1 for bar in bars if bar.balance)
            self._more[currency].set_text(ngettext("and {n} more", "and {n} more", left_out))
            self._more[currency].set_visibility(left_out > 0)
        self._shown = now

    def _rebuild(self, currencies: list[str]) -> None:
        self._box.clear()
        self._bars, self._more, self._shown = {}, {}, {}
        with self._box:
            for currency in currencies:
                self._draw(currency)

    def _draw(self, currency: str) -> None:
        label = _("Balances in {currency}", currency=currency)
        self._bars[currency] = BalanceBars(label=label, on_open=partial(self._why, currency))
        self._more[currency] = button("", None, "text", lambda: self._go("balances")).classes("mc-start")

    async def _why(self, currency: str, member_id: int) -> None:
        await self._desk.open(
            ("why", member_id, currency), lambda: open_why(self._desk, MemberId(member_id), currency)
        )


class _SettleCard:
    """Who pays whom, in short."""

    def __init__(self, desk: Desk, go: Callable[[str], object]) -> None:
        self._desk = desk
        self._shown: object = None
        with card(wide=True) as self._box:
            with ui.element("div").classes("mc-row mc-row--between mc-row--base"):
                heading(2, _("Settle up"))
                self._claim = caption("")
            self._transfers = Transfers()
            self._all = button(_("Show all"), None, "text", lambda: go("settle"))
            self._record = button(
                _("Record a payment"), None, "soft", partial(record_payment, desk), wide=True
            )

    def show(self, *, wanted: bool) -> None:
        """Show the plans read last; nothing is sent if they are what is shown."""
        group = self._desk.seen
        planned = [
            (one, kept.currency)
            for kept in balance_words.shown_currencies(group)
            for one in mine_first(group, kept.plan.transfers)
        ]
        self._box.set_visibility(wanted and bool(planned))
        now = (planned, group.can_change, group.members, _claim(group))
        if now == self._shown:
            return
        self._shown = now
        self._claim.set_text(_claim(group))
        self._transfers.show([_row(group, one, currency) for one, currency in planned[:_MOST_TRANSFERS]])
        self._all.set_visibility(len(planned) > _MOST_TRANSFERS)
        self._record.set_visibility(group.can_change)


def _row(group: GroupView, transfer: Transfer, currency: str) -> TransferRow:
    payer, payee = group.named(transfer.payer), group.named(transfer.payee)
    return TransferRow(
        (payer.name, payer.id),
        (payee.name, payee.id),
        expense_words.pays(group, transfer.payer, transfer.payee),
        money(transfer.amount, currency),
    )


def _claim(group: GroupView) -> str:
    """Say how many payments there are, and that it is the fewest, where that is proven for all currencies."""
    plans = [kept.plan for kept in group.money if kept.plan.transfers]
    n = sum(len(plan.transfers) for plan in plans)
    if all(plan.fewest for plan in plans):
        return ngettext("{n} payment, the fewest possible", "{n} payments, the fewest possible", n)
    return ngettext("{n} payment", "{n} payments", n)
