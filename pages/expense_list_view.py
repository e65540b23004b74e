"""The tab with the expenses: a list by days, the latest first, that grows as one scrolls."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

from nicegui import ui

from mycount.domain.ids import ExpenseId
from mycount.services.views import Filter
from pages import expense_words
from pages.desk import Desk
from pages.elements import Day, ExpenseList, button, empty_state
from pages.expense_sheet import open_expense_sheet
from pages.filter_chips import FilterChips
from pages.finder import Finder
from pages.group_actions import add_expense, invite
from pages.speech import speech
from pages.stretches import Stretches
from pages.weakly import weakly
from pages.words import _

_FRESH: Final = timedelta(seconds=10)


class ExpenseListView:
    """Shows what has been read of the list; `draw` builds it, `show` updates it in place."""

    def __init__(self, desk: Desk, lines: Stretches, finder: Finder) -> None:
        self._desk = desk
        self._lines = lines
        self._finder = finder
        self._opened_at = datetime.now(UTC)
        self._shown: tuple[list[Day], bool, bool, bool] | None = None
        self._written = expense_words.written(desk.user_id, desk.group_id, speech())
        self._chips: FilterChips | None = None
        self._box: ui.element | None = None
        self._list: ExpenseList | None = None

    def draw(self) -> None:
        """Build the list where one stands; what was read before is there at once."""
        self._chips = FilterChips(self._desk, weakly(self._choose), self._finder.clear)
        self._box, self._list, self._shown = ui.element("div"), None, None
        self.show()

    def show(self) -> None:
        """Show what has been read; nothing is sent if it is what is shown."""
        days = self._written.days(self._desk.seen, self._lines.lines, self._fresh())
        now = (days, self._lines.more, self._desk.seen.can_change, self._is_part)
        if self._box is None or self._box.is_deleted:
            return
        self.show_search()
        if now == self._shown:
            return
        self._shown = now
        if not days:
            self._draw_nothing()
        elif self._list is None:
            self._draw_list(days)
        else:
            self._list.show(days, more=self._lines.more)

    def _draw_list(self, days: list[Day]) -> None:
        assert self._box is not None
        self._box.clear()
        with self._box:
            self._list = ExpenseList(days, more=self._lines.more, on_open=self._open, on_more=self._grow)

    def _draw_nothing(self) -> None:
        assert self._box is not None
        self._box.clear()
        self._list = None
        if self._is_part:
            with self._box, empty_state("search", _("Try other words or fewer filters.")):
                button(_("Show all expenses"), None, "soft", self._finder.clear)
            return
        with self._box, empty_state("expenses", _nothing_yet(self._desk)):
            if self._is_alone:
                button(_("Invite"), "person_add", on_click=partial(invite, self._desk))
            if self._desk.seen.can_change:
                add = partial(add_expense, self._desk)
                large = button(_("Add an expense"), "add", "quiet" if self._is_alone else "primary", add)
                large.classes("mc-desktop-only")  # on a phone that button floats at the thumb

    def show_search(self) -> None:
        """Show what is looked for; what is found follows once it is read."""
        search, lines = self._finder.search, self._lines
        if self._chips is not None:
            anything = bool(lines.lines) or self._is_part
            self._chips.show(
                search.chosen, is_active=bool(search.wanted), found=lines.found, anything=anything
            )

    @property
    def _is_alone(self) -> bool:
        """Whether I could add expenses, but there is nobody yet to share them with."""
        return self._desk.seen.can_change and len(self._desk.seen.people) == 1

    @property
    def _is_part(self) -> bool:
        """Whether what has been read are those expenses that were looked for, and not all."""
        return self._lines.found is not None

    def _choose(self, chosen: Filter) -> None:
        self._finder.look_for(chosen=chosen)

    async def _open(self, expense_id: int) -> None:
        await self._desk.open(
            ("expense", expense_id), lambda: open_expense_sheet(self._desk, ExpenseId(expense_id))
        )

    async def _grow(self) -> None:
        with self._desk.at_work():
            await self._lines.grow()
            self.show()

    def _fresh(self) -> frozenset[int]:
        """Tell what somebody else has added within the last seconds, while this page was open."""
        since = max(self._opened_at, datetime.now(UTC) - _FRESH)
        mine = self._desk.seen.me.id
        return frozenset(
            line.id for line in self._lines.lines if line.created_by != mine and line.created_at > since
        )


def _nothing_yet(desk: Desk) -> str:
    if not desk.seen.can_change:
        return _("No expenses yet.")
    if len(desk.seen.people) == 1:
        return _(
            "Only you are here so far. Add people under More or invite them, then add what somebody paid."
        )
    return _("No expenses yet. Add what somebody paid, and everybody sees their part.")
