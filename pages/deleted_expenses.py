"""The deleted expenses of a group, and the way back for each."""

from typing import Final

from mycount.domain.ids import ExpenseId
from mycount.services import expenses, news
from mycount.services.views import ExpenseLine, ExpensePage, GroupView
from pages import expense_words, words
from pages.calls import call
from pages.desk import Desk
from pages.elements import button, empty_state, sheet, text, toast
from pages.elements.entries import Entries, Entry
from pages.expense_sheet import open_expense_sheet
from pages.live import show_live
from pages.stretches import After, Stretches
from pages.words import _, money

_STEP: Final = 100


async def open_deleted_expenses(desk: Desk) -> None:
    """Open the list, the latest day first, and follow it."""
    opened = _Deleted(desk)
    await opened.read()
    await opened.draw()


class _Deleted:
    """The sheet."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._list = Stretches(self._stretch, step=_STEP)

    async def read(self) -> None:
        """Read the deleted expenses, and then the group, so that everybody in them is known."""
        await self._list.refresh()
        await self._desk.look()

    async def draw(self) -> None:
        """Build the sheet and keep it true until it is closed."""
        with sheet(_("Deleted expenses"), _("Close")) as self._sheet:
            self._explanation = text(_("They count for nobody until they are restored."), muted=True)
            self._entries = Entries(label=_("Deleted expenses"), on_open=self._open, on_act=self._restore)
            self._more = button(_("Show more"), None, "quiet", self._grow, wide=True)
            with empty_state("even", _("Nothing is deleted here.")) as self._empty:
                pass
            self._show(None)
            await show_live([news.of_group(self._desk.group_id)], self.read, self._show, gone=self._gone)

    def _show(self, _read: None) -> None:
        lines = self._list.lines
        self._entries.show([_entry(self._desk.seen, line) for line in lines])
        self._more.set_visibility(self._list.more)
        self._explanation.set_visibility(bool(lines))
        self._empty.set_visibility(not lines)

    async def _stretch(self, after: After, limit: int) -> ExpensePage:
        return await call(expenses.deleted, self._desk.user_id, self._desk.group_id, after=after, limit=limit)

    async def _grow(self) -> None:
        with self._desk.at_work(self._more):
            await self._list.grow()
            await self._desk.look()
            self._show(None)

    async def _open(self, expense_id: int) -> None:
        await self._desk.open(
            ("expense", expense_id), lambda: open_expense_sheet(self._desk, ExpenseId(expense_id))
        )

    async def _restore(self, expense_id: int) -> None:
        with self._desk.at_work():
            await call(expenses.restore, self._desk.user_id, self._desk.group_id, ExpenseId(expense_id))
            toast(_("Restored"))

    def _gone(self) -> None:
        self._sheet.close()


def _entry(group: GroupView, line: ExpenseLine) -> Entry:
    by = line.deleted_by
    who = (
        _("deleted by you")
        if by == group.me.id
        else _("deleted by {name}", name=group.named(by).name)
        if by is not None
        else ""
    )
    parts = (money(line.amount, line.currency), words.short_day(line.day), who)
    return Entry(
        id=line.id,
        title=expense_words.title(group, line.kind, line.title, line.payers, line.people),
        caption=" · ".join(part for part in parts if part),
        icon=expense_words.icon(line.category, line.kind),
        opens=True,
        act=_("Restore") if group.can_change else "",
    )
