"""What a person gets and pays over all groups: one large true number for each currency."""

from collections.abc import Sequence

from nicegui import ui

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
        shape: list[object] = [(code, _sentence(net[code]), code in get, code in pay) for code in net]
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
        if not net:
            caption(_("All together"))
            amount(_("You are even"), size="card")
            return
        with ui.element("div").classes("mc-totals-in"):
            for code, sum_ in net.items():
                with ui.element("div"):
                    self._draw_one(code, sum_, len(net) == 1)
                    if code in get and code in pay:
                        with ui.element("div").classes("mc-row mc-row--wrap mc-totals-gross"):
                            for kind, side in (("get", get), ("pay", pay)):
                                self._gross[kind, code] = amount(*_gross(kind, side[code], code))

    def _draw_one(self, code: str, sum_: int, is_only: bool) -> None:
        caption(_sentence(sum_))
        self._net[code] = amount(money(abs(sum_), code), _tint(sum_), size="large" if is_only else "card")


def _sentence(sum_: int) -> str:
    if not sum_:
        return _("All together, you are even")
    return _("All together, you get") if sum_ > 0 else _("All together, you pay")


def _gross(kind: str, sum_: int, code: str) -> tuple[str, Tint]:
    if kind == "get":
        return _("{money} to get", money=Money(sum_, code)), "owed"
    return _("{money} to pay", money=Money(sum_, code)), "owe"


def _tint(sum_: int) -> Tint:
    return "owed" if sum_ > 0 else "owe" if sum_ < 0 else None
