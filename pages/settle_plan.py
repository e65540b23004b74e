"""The payments that make everybody even in one currency, as cards; each can be marked as paid."""

from collections.abc import Awaitable, Callable, Iterable
from functools import partial

from nicegui import ui

from mycount.domain.ids import MemberId
from mycount.domain.settle import Transfer
from mycount.services.views import CurrencyBalances, GroupView
from pages import expense_words, group_actions
from pages.desk import Desk
from pages.elements import amount, avatar, button, caption, card, heading, icon, stack, text
from pages.why_sheet import open_why
from pages.words import _, money, ngettext

Pair = tuple[MemberId, MemberId]


class SettlePlan:
    """The plan in one currency."""

    def __init__(self, desk: Desk, currency: str, *, named: bool) -> None:
        self._desk = desk
        self._currency = currency
        self._named = named
        self._cards: dict[Pair, _Card] = {}
        with stack(tight=True):
            self._heading = heading(2, "", look=1).classes("mc-h1--view")
            self._claim = text("", muted=True)
        self._box = stack()
        self._why = button("", "receipt_long", "text", self._open_why).classes("mc-start")

    def show(self, kept: CurrencyBalances) -> None:
        """Show the plan: cards that stay are left alone, their amounts change in place."""
        transfers = {(one.payer, one.payee): one for one in mine_first(self._desk.seen, kept.plan.transfers)}
        self._heading.set_text(self._title(len(transfers)))
        self._claim.set_text(_claim(kept))
        self._claim.set_visibility(bool(_claim(kept)))
        if not _is_rest(list(transfers), list(self._cards)):
            self._rebuild(transfers)
        for pair in [pair for pair in self._cards if pair not in transfers]:
            self._cards.pop(pair).box.delete()
        for pair, card_ in self._cards.items():
            card_.show(transfers[pair])
        mine = kept.balances.get(self._desk.seen.me.id, 0)
        self._why.set_visibility(mine != 0)
        self._why.set_text(_question(mine, self._currency))

    def _rebuild(self, transfers: dict[Pair, Transfer]) -> None:
        self._box.clear()
        with self._box:
            self._cards = {
                pair: _Card(self._desk.seen, transfer, self._currency, self._pay(pair))
                for pair, transfer in transfers.items()
            }

    def _pay(self, pair: Pair) -> Callable[[], Awaitable[None]] | None:
        if not self._desk.seen.can_change:
            return None

        async def pay() -> None:
            await group_actions.pay(self._desk, self._cards[pair].transfer, self._currency)

        return pay

    def _title(self, n: int) -> str:
        if self._named:
            return ngettext(
                "{n} payment makes everybody even in {currency}",
                "{n} payments make everybody even in {currency}",
                n,
                currency=self._currency,
            )
        return ngettext("{n} payment makes everybody even", "{n} payments make everybody even", n)

    async def _open_why(self) -> None:
        me, currency = self._desk.seen.me.id, self._currency
        await self._desk.open(("why", me, currency), partial(open_why, self._desk, me, currency))


class _Card:
    """One payment of the plan."""

    def __init__(
        self,
        group: GroupView,
        transfer: Transfer,
        currency: str,
        pay: Callable[[], Awaitable[None]] | None,
    ) -> None:
        self.transfer, self.currency = transfer, currency
        said = expense_words.pays(group, transfer.payer, transfer.payee)
        with card() as self.box:
            with ui.element("div").classes("mc-row mc-row--tight mc-row--wrap"):
                _draw_pair(group, transfer)
                with ui.element("div").classes("mc-end mc-transfer"):
                    self.amount = amount(money(transfer.amount, currency), size="card")
                    caption(said)
            if pay is not None:
                concerns_me = group.me.id in (transfer.payer, transfer.payee)
                paid = button(_("Mark as paid"), None, "soft" if concerns_me else "quiet", pay, wide=True)
                paid.props["aria-label"] = f"{_('Mark as paid')}: {said}"

    def show(self, transfer: Transfer) -> None:
        """Show another amount."""
        if transfer.amount != self.transfer.amount:
            self.amount.show(money(transfer.amount, self.currency))
        self.transfer = transfer


def mine_first(group: GroupView, transfers: Iterable[Transfer]) -> list[Transfer]:
    """Give the payments of a plan with those first that I make or get, each part in the order of the plan."""
    return sorted(transfers, key=lambda one: group.me.id not in (one.payer, one.payee))


def _draw_pair(group: GroupView, transfer: Transfer) -> None:
    """Draw who pays and who is paid, as initials with an arrow."""
    avatar(group.named(transfer.payer).name, transfer.payer)
    icon("arrow_forward").classes("mc-muted")
    avatar(group.named(transfer.payee).name, transfer.payee)


def _is_rest(now: list[Pair], before: list[Pair]) -> bool:
    """Whether what is shown only has to lose something to be what is wanted."""
    return bool(now) and [pair for pair in before if pair in now] == now


def _claim(kept: CurrencyBalances) -> str:
    return _("That is the fewest possible.") if kept.plan.fewest else ""


def _question(mine: int, currency: str) -> str:
    if mine > 0:
        return _("Why do I get {amount}?", amount=money(mine, currency))
    return _("Why do I owe {amount}?", amount=money(-mine, currency))
