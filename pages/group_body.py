"""What is drawn of a group once it is known: head, balance, tabs, the tab that is open, and what stays beside it."""

from functools import partial
from typing import Final, Protocol

from nicegui import ui
from nicegui.events import ValueChangeEventArguments

from mycount.services import groups
from pages.away import Away
from pages.balances_view import BalancesView
from pages.calls import call
from pages.desk import Desk
from pages.elements import button, card, icon, tabs, text
from pages.expense_list_view import ExpenseListView
from pages.frame import Bar
from pages.group_actions import add_expense
from pages.group_aside import Aside
from pages.group_head import GroupHead
from pages.more_view import MoreView
from pages.settle_view import SettleView
from pages.standing import Standing
from pages.stretches import Stretches
from pages.words import _

VIEWS: Final = ("expenses", "balances", "settle", "more")


class View(Protocol):
    """What a tab shows: `draw` builds it where one stands, `show` changes in place what has changed."""

    def draw(self) -> None:
        """Build it anew, with what was read last."""

    def show(self) -> None:
        """Show what was read last."""


class GroupBody:
    """Built once; `show` hands what was read last to every part, and each changes only what has changed."""

    def __init__(self, desk: Desk, bar: Bar, lines: Stretches, view: str) -> None:
        self._desk = desk
        self.view = view
        self._views: dict[str, View] = {
            "expenses": ExpenseListView(desk, lines),
            "balances": BalancesView(desk),
            "settle": SettleView(desk),
            "more": MoreView(desk),
        }
        self.head = GroupHead(desk, bar)
        self._draw_notices()
        self._draw_standing()
        self._tabs = tabs(_names(), view, self._switch, label=_("What to show"))
        with ui.element("div").classes("mc-columns mc-group-columns"):
            self._panel = ui.element("div")
            self._panel.props["role"] = "tabpanel"
            self._aside = Aside(desk, self.go)
        self._add = button(_("Expense"), "add", on_click=partial(add_expense, desk))
        self._add.classes("mc-fab mc-phone-only")
        self._add.props["aria-label"] = _("Add expense")
        self._draw_view()
        self.show()

    def show(self) -> None:
        """Show what was read last."""
        group = self._desk.seen
        self.head.show()
        self._standing.show(group)
        self._to_settle.set_visibility(any(kept.plan.transfers for kept in group.money))
        self._archived.set_visibility(group.is_archived)
        self._bring_back.set_visibility(group.is_administrator)
        self._add.set_visibility(group.can_change and self.view in ("expenses", "balances"))
        self._views[self.view].show()
        self._aside.show(self.view)

    def show_away(self, is_away: bool) -> None:
        """Say that the database cannot be reached, while that is so."""
        self._away.show(is_away)

    def go(self, view: str) -> None:
        """Open another tab."""
        self._tabs.set_value(view)

    def _switch(self, event: ValueChangeEventArguments[str]) -> None:
        self.view = event.value
        self._draw_view()
        self.show()
        address = f"/groups/{self._desk.group_id}" + ("" if self.view == "expenses" else f"/{self.view}")
        ui.run_javascript(
            f"history.replaceState(history.state, '', (window.path_prefix ?? '') + '{address}')"
        )

    def _draw_view(self) -> None:
        self._panel.clear()
        self._panel.props["aria-label"] = _names()[self.view]
        with self._panel:
            self._views[self.view].draw()

    def _draw_notices(self) -> None:
        with card().classes("mc-row mc-notice") as self._archived:
            icon("archive").classes("mc-muted")
            text(_("This group is archived. You can look at everything, and change nothing.")).classes(
                "mc-grow"
            )
            self._bring_back = button(_("Bring back"), None, "soft", lambda e: self._unarchive(e.sender))
        self._away = Away()

    def _draw_standing(self) -> None:
        with card().classes("mc-row mc-row--between mc-narrow-only mc-standing"):
            self._standing = Standing()
            self._to_settle = button(_("Settle up"), None, "soft", lambda: self.go("settle"))

    async def _unarchive(self, pressed: ui.element) -> None:
        with self._desk.at_work(pressed):
            await call(groups.unarchive, self._desk.user_id, self._desk.group_id)


def _names() -> dict[str, str]:
    return {
        "expenses": _("Expenses"),
        "balances": _("Balances"),
        "settle": _("Settle up"),
        "more": _("More"),
    }
