"""How I stand in a group, per currency: one large true number that counts to its new value."""

from nicegui import ui

from mycount.services.views import GroupView, Money
from pages import balance_words
from pages.elements import Amount, amount, caption
from pages.elements.words import AmountSize, Text
from pages.words import _, money


class Standing(ui.element):
    """A line for each currency in which I am not even, or one that says that I am; amounts change in place."""

    def __init__(self) -> None:
        super().__init__("div")
        self.classes("mc-standings")
        self._lines: dict[str, tuple[Text, Amount]] = {}
        self._shown: tuple[Money, ...] | None = None

    def show(self, group: GroupView) -> None:
        """Show how I stand now."""
        now = _ordered(group)
        if now == self._shown:
            return
        if self._shown is None or [sum_.currency for sum_ in now] != [*self._lines] or not now:
            self._rebuild(now)
        for sum_ in now:
            label, shown = self._lines[sum_.currency]
            label.set_text(balance_words.standing(sum_.amount))
            shown.show(money(abs(sum_.amount), sum_.currency), balance_words.tint(sum_.amount))
        self._shown = now

    def _rebuild(self, now: tuple[Money, ...]) -> None:
        self.clear()
        self._lines = {}
        with self:
            for sum_ in now:
                with ui.element("div"):
                    size: AmountSize = "large" if len(now) == 1 else "card"
                    self._lines[sum_.currency] = caption(""), amount("", size=size)
            if not now:
                with ui.element("div"):
                    caption(_("Your balance"))
                    amount(_("You are even"), size="card")


def _ordered(group: GroupView) -> tuple[Money, ...]:
    """Give my balances, that in the group's own currency first."""
    return tuple(
        sorted(group.my_balances(), key=lambda sum_: (sum_.currency != group.currency, sum_.currency))
    )
