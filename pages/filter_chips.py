"""The buttons above the list that narrow it, and how much is left; what is on goes with one press."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from nicegui import ui

from mycount.services.views import Filter, Tally
from pages.desk import Desk
from pages.elements import Button, button, chip, set_on
from pages.elements.words import Text, svg
from pages.expense_words import category_name
from pages.filter_sheets import choose_category, choose_days
from pages.filter_words import KINDS, days, name, tally
from pages.words import _

Choose = Callable[[Filter], object]


class FilterChips:
    """Drawn where one stands; `show` brings it up to what is looked for. `choose` hears what is chosen."""

    def __init__(self, desk: Desk, choose: Choose, clear: Callable[[], object]) -> None:
        self._desk = desk
        self._choose = choose
        self._now = Filter()
        with ui.element("div").classes("mc-finder") as self._box:
            with ui.element("div").classes("mc-chips") as chips:
                chips.props["role"] = "group"
                chips.props["aria-label"] = _("Show only some")
                self._all = chip(_("All"), on_click=clear, on=True)
                self._mine = chip(_("I'm in"), on_click=lambda: self._set(mine=not self._now.mine), on=False)
                self._paid = chip(
                    _("Paid by me"), on_click=lambda: self._set(paid=not self._now.paid), on=False
                )
                self._category = chip("", on_click=self._press_category, on=False, opens=True)
                self._days = chip("", on_click=self._press_days, on=False, opens=True)
                self._more = ui.element("div").classes("mc-finder-more")
            with ui.element("div").classes("mc-finder-found") as self._sums:
                self._tally = Text("span", "").classes("mc-num")
                self._tally.props["role"] = "status"
                button(_("Clear"), kind="text", on_click=clear)
        self._named: list[tuple[str, Filter]] = []

    def show(
        self, chosen: Filter, *, is_active: bool, found: tuple[Tally, ...] | None, anything: bool
    ) -> None:
        """Show what is chosen and how much was found; with neither `anything` to look through nor a filter, nothing."""
        self._now = chosen
        self._box.set_visibility(anything or is_active)
        (self._box.classes(add="mc-shown") if is_active else self._box.classes(remove="mc-shown"))
        set_on(self._all, not is_active)
        set_on(self._mine, chosen.mine)
        set_on(self._paid, chosen.paid)
        category = category_name(chosen.category) if chosen.category else ""
        _opener(self._category, category or _("Category"), on=bool(category))
        _opener(self._days, days(chosen.since, chosen.until), on=bool(chosen.since or chosen.until))
        self._show_named(chosen)
        self._sums.set_visibility(is_active and found is not None)
        if found is not None:
            self._tally.set_text(tally(found))

    def _show_named(self, chosen: Filter) -> None:
        """Show what no button is for, but an address may ask for."""
        named = list(self._rest(chosen))
        if named != self._named:
            self._named = named
            self._more.clear()
            with self._more:
                for label, without in named:
                    chip(label, on_click=partial(self._choose, without), on=True).props["icon-right"] = svg(
                        "close"
                    )

    def _rest(self, chosen: Filter) -> list[tuple[str, Filter]]:
        group = self._desk.seen
        rest: list[tuple[str, Filter]] = []
        if chosen.person is not None:
            rest.append((name(group, chosen.person), replace(chosen, person=None)))
        if chosen.payer is not None:
            label = _("Paid by {name}", name=name(group, chosen.payer))
            rest.append((label, replace(chosen, payer=None)))
        if chosen.currency:
            rest.append((chosen.currency, replace(chosen, currency="")))
        if chosen.kind:
            rest.append((_(KINDS[chosen.kind]), replace(chosen, kind=None)))
        if chosen.spending:
            rest.append((_("Without payments"), replace(chosen, spending=False)))
        return rest

    async def _press_category(self) -> None:
        if self._now.category:
            self._set(category="")
        else:
            await self._desk.open(
                "category to look for",
                partial(choose_category, lambda key: self._set(category=key)),
            )

    async def _press_days(self) -> None:
        if self._now.since or self._now.until:
            self._set(since=None, until=None)
        else:
            await self._desk.open(
                "days to look for",
                partial(choose_days, None, None, lambda since, until: self._set(since=since, until=until)),
            )

    def _set(self, **changed: object) -> None:
        self._choose(replace(self._now, **changed))  # type: ignore[arg-type]


def _opener(element: Button, label: str, *, on: bool) -> None:
    """Show a button that opens a choice; once something is chosen it says what, and takes it away."""
    if element.text != label:
        element.set_text(label)
    set_on(element, on)
    element.props["icon-right"] = svg("close" if on else "expand_more")
