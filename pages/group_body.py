"""What is drawn of a group once it is known: head, balance, tabs, the tab that is open, and what stays beside it."""

import json
from functools import partial
from typing import Final, Protocol

from nicegui import ui
from nicegui.events import ValueChangeEventArguments

from mycount.services import groups
from mycount.services.views import Filter
from pages.archived import Archived
from pages.away import Away
from pages.balances_view import BalancesView
from pages.calls import call
from pages.desk import Desk
from pages.elements import button, card, icon_button, tabs
from pages.expense_list_view import ExpenseListView
from pages.finder import Finder, ReadFiltered
from pages.frame import Bar
from pages.group_actions import add_expense
from pages.group_aside import Aside
from pages.group_head import GroupHead
from pages.insights_reading import InsightsReading
from pages.insights_view import InsightsView
from pages.more_view import MoreView
from pages.search import Search
from pages.settle_view import SettleView
from pages.standing import Standing
from pages.stretches import Stretches
from pages.weakly import weakly
from pages.words import _

VIEWS: Final = ("expenses", "balances", "settle", "insights", "more")


class View(Protocol):
    """What a tab shows: `draw` builds it where one stands, `show` changes in place what has changed."""

    def draw(self) -> None:
        """Build it anew, with what was read last."""

    def show(self) -> None:
        """Show what was read last."""


class GroupBody:
    """Built once; `show` hands what was read last to every part, and each changes only what has changed."""

    def __init__(
        self,
        desk: Desk,
        bar: Bar,
        lines: Stretches,
        view: str,
        search: Search,
        read: ReadFiltered,
        insights: InsightsReading,
    ) -> None:
        """`read` reads the list for what is looked for in `search`."""
        self._desk = desk
        self._insights = insights
        self._finder = Finder(desk, search, lines, read, changed=weakly(self._looks), found=weakly(self.show))
        self.view = view
        self._list = ExpenseListView(desk, lines, self._finder)
        self._views: dict[str, View] = {
            "expenses": self._list,
            "balances": BalancesView(desk),
            "settle": SettleView(desk),
            "insights": InsightsView(desk, insights, weakly(self._write_address)),
            "more": MoreView(desk),
        }
        self._draw_search(bar)
        self.head = GroupHead(desk, bar)
        self._draw_notices()
        self._draw_standing()
        self._tabs = tabs(_names(), view, self._switch, label=_("What to show"))
        with ui.element("div").classes("mc-finder-phone mc-phone-only") as self._field:
            self._field.props["role"] = "search"
            self._finder.draw_field(_("Search expenses, people, amounts"))
        with ui.element("div").classes("mc-columns mc-group-columns"):
            self._panel = ui.element("div")
            self._panel.props["role"] = "tabpanel"
            self._aside = Aside(desk, weakly(self.go))
        self._add = button(_("Expense"), "add", on_click=partial(add_expense, desk))
        self._add.classes("mc-fab mc-phone-only")
        self._add.props["aria-label"] = _("Add expense")
        self._draw_view()
        self._show_around()

    def show(self) -> None:
        """Show what was read last."""
        self._views[self.view].show()
        self._show_around()

    def show_away(self, is_away: bool) -> None:
        """Say that the database cannot be reached, while that is so."""
        self._away.show(is_away)

    def go(self, view: str) -> None:
        """Open another tab."""
        self._tabs.set_value(view)

    def _switch(self, event: ValueChangeEventArguments[str]) -> None:
        self.view = event.value
        self._draw_view()
        self._show_around()
        self._write_address()

    def _write_address(self) -> None:
        """Let the address say what is shown, so that it is shown again after a reload or on the way back."""
        rest = self._finder.search.query if self.view == "expenses" else f"/{self.view}"
        if self.view == "insights":
            rest += self._insights.query
        address = json.dumps(f"/groups/{self._desk.group_id}{rest}")
        ui.run_javascript(f"mycount.address({address})")

    def _looks(self) -> None:
        """Follow what is looked for, which is in the list of expenses."""
        if self.view == "expenses":
            self._list.show_search()
            self._write_address()
        else:
            self.go("expenses")

    def find(self, wanted: Filter) -> None:
        """Go to the expenses that are wanted, and to no others."""
        self._finder.look_for(chosen=wanted, text="")

    def _draw_search(self, bar: Bar) -> None:
        with bar.search:
            bar.search.props["role"] = "search"
            on_desktop = self._finder.draw_field(_("Search expenses, people, amounts"))
            on_desktop.props["shortcut"] = "/"
        with bar.end:
            opener = icon_button("search", _("Search"))
        opener.props["data-searches"] = True
        opener.props["aria-expanded"] = "true" if self._finder.search.text else "false"

    def _draw_view(self) -> None:
        self._panel.clear()
        self._panel.props["aria-label"] = _names()[self.view]
        with self._panel:
            self._views[self.view].draw()

    def _show_around(self) -> None:
        group = self._desk.seen
        self.head.show()
        self._standing.show(group)
        self._to_settle.set_visibility(
            self.view != "settle" and any(kept.plan.transfers for kept in group.money)
        )
        self._archived.show(group)
        self._add.set_visibility(group.can_change and self.view in ("expenses", "balances"))
        self._aside.show(self.view)
        self._field.classes(**{"add" if self._finder.search.text else "remove": "mc-shown"})

    def _draw_notices(self) -> None:
        self._archived = Archived(partial(_unarchive, self._desk))
        self._away = Away()

    def _draw_standing(self) -> None:
        with card().classes("mc-row mc-row--between mc-narrow-only mc-standing"):
            self._standing = Standing()
            self._to_settle = button(_("Settle up"), None, "soft", lambda: self.go("settle"))


async def _unarchive(desk: Desk, pressed: ui.element) -> None:
    with desk.at_work(pressed):
        await call(groups.unarchive, desk.user_id, desk.group_id)


def _names() -> dict[str, str]:
    return {
        "expenses": _("Expenses"),
        "balances": _("Balances"),
        "settle": _("Settle up"),
        "insights": _("Insights"),
        "more": _("More"),
    }
