"""What a person gets and pays over all groups: one large true number for each currency."""

from collections.abc import Sequence
from typing import Final

from nicegui import ui

from mycount.domain.words import N_
from mycount.services.views import Money
from pages.elements import Amount, amount, caption
from pages.elements.words import Tint
from pages.words import _, money


class Totals(ui.element):
    """A card with the sum of all groups; amounts that are there already count to their new value."""

    def __init__(self) -> None:
        super().__init__("section")
        self.classes("mc-card mc-totals")
        self.props["aria-label"] = _("All together")
        self._drawn: list[object] | None = None
        self._net: dict[str, Amount] = {}
        self._gross: dict[tuple[str, str], Amount] = {}

    def show(self, to_get: Sequence[Money], to_pay: Sequence[Money]) -> None:
        """Show what there is to get and to pay, per currency."""
        get = {sum_.currency: sum_.amount for sum_ in to_get}
        pay = {sum_.currency: sum_.amount for sum_ in to_pay}
        net = {code: get.get(code, 0) - pay.get(code, 0) for code in sorted({*get, *pay})}
        shape: list[object] = [(code, _way(net[code]), code in get, code in pay) for code in net]
        if shape != self._drawn:
            self._drawn = shape
            self.clear()
            with self:
                self._draw(net, get, pay)
            return
        for code, sum_ in net.items():
            self._net[code].show(money(abs(sum_), code), _tint(sum_))
        for (kind, code), shown in self._gross.items():
            shown.show(*_gross(kind, (get if kind == "get" else pay)[code], code))

    def _draw(self, net: dict[str, int], get: dict[str, int], pay: dict[str, int]) -> None:
        self._net, self._gross = {}, {}
        if len(net) != 1:
            caption(_("All together"))
        if not net:
            amount(_("You are even"), size="card")
        with ui.element("div").classes("mc-totals-in"):
            for code, sum_ in net.items():
                with ui.element("div"):
                    self._draw_net(code, sum_, is_only=len(net) == 1)
                    if code in get and code in pay:
                        self._draw_gross(code, get[code], pay[code])

    def _draw_net(self, code: str, sum_: int, *, is_only: bool) -> None:
        caption(_(_WHOLE[_way(sum_)] if is_only else _SHORT[_way(sum_)]))
        self._net[code] = amount(money(abs(sum_), code), _tint(sum_), size="large" if is_only else "card")

    def _draw_gross(self, code: str, get: int, pay: int) -> None:
        with ui.element("div").classes("mc-row mc-row--wrap mc-totals-gross"):
            self._gross["get", code] = amount(*_gross("get", get, code))
            self._gross["pay", code] = amount(*_gross("pay", pay, code))


_WHOLE: Final = {
    "get": N_("All together, you get"),
    "pay": N_("All together, you pay"),
    "even": N_("All together, you are even"),
}
_SHORT: Final = {"get": N_("you get"), "pay": N_("you pay"), "even": N_("you are even")}


def _way(sum_: int) -> str:
    return "get" if sum_ > 0 else "pay" if sum_ < 0 else "even"


def _gross(kind: str, sum_: int, code: str) -> tuple[str, Tint]:
    if kind == "get":
        return _("{money} to get", money=Money(sum_, code)), "owed"
    return _("{money} to pay", money=Money(sum_, code)), "owe"


def _tint(sum_: int) -> Tint:
    return "owed" if sum_ > 0 else "owe" if sum_ < 0 else None
