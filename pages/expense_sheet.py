"""One expense in full: who paid, each part, the note, who added it; and from there to editing and deleting it."""

from functools import partial

from nicegui import ui

from mycount.domain.ids import ExpenseId
from mycount.domain.ledger import Kind
from mycount.services import expenses, news
from mycount.services.views import ExpenseView
from pages.calls import call
from pages.desk import Desk
from pages.elements import Sheet, button, sheet, stack, toast
from pages.expense_details import draw_details, title_of
from pages.expense_form import open_expense
from pages.live import show_live
from pages.payment_form import open_payment
from pages.words import _


async def open_expense_sheet(desk: Desk, expense_id: ExpenseId) -> None:
    """Show an expense, and follow it: what somebody else changes in it is there within a moment."""
    seen = await _read(desk, expense_id)
    await _ExpenseSheet(desk, seen).follow()


async def _read(desk: Desk, expense_id: ExpenseId) -> ExpenseView:
    seen = await call(expenses.see, desk.user_id, desk.group_id, expense_id)
    await desk.look()
    return seen


class _ExpenseSheet:
    """The sheet of one expense."""

    def __init__(self, desk: Desk, seen: ExpenseView) -> None:
        self._desk = desk
        self._seen = seen
        self._shown: object = None
        self._sheet: Sheet = sheet(title_of(desk.seen, seen), _("Close"))
        self._sheet.body.props["tabindex"] = (
            0  # nothing in it takes the focus, and it may have to be scrolled
        )
        with self._sheet:
            self._body = stack(wide=True)
        self._show(seen)

    async def follow(self) -> None:
        """Keep what is shown true until the sheet is closed."""
        with self._sheet:
            await show_live(
                [news.of_group(self._desk.group_id)],
                lambda: _read(self._desk, self._seen.id),
                self._show,
                gone=self._gone,
            )

    def _gone(self) -> None:
        self._sheet.close()

    def _show(self, seen: ExpenseView) -> None:
        group = self._desk.seen
        now = (seen, group.members, group.former, group.can_change)
        if now == self._shown:
            return
        self._seen, self._shown = seen, now
        self._body.clear()
        with self._body:
            draw_details(group, seen)
        self._sheet.foot.clear()
        if group.can_change:
            with self._sheet.foot:
                self._draw_buttons()

    def _draw_buttons(self) -> None:
        if self._seen.is_deleted:
            button(_("Restore"), "restore", "soft", lambda e: self._restore(e.sender), tall=True)
            return
        with ui.element("div").classes("mc-actions"):
            button(_("Edit"), "edit", "soft", self._edit).classes("mc-grow")
            if self._seen.draft.kind is not Kind.PAYMENT:
                button(_("Duplicate"), "content_copy", "quiet", self._duplicate).classes("mc-grow")
            button(_("Delete"), None, "danger-text", lambda e: self._delete(e.sender))

    async def _edit(self) -> None:
        self._sheet.close()
        await self._desk.open(("form", self._seen.id), partial(_edit, self._desk, self._seen))

    async def _duplicate(self) -> None:
        self._sheet.close()
        work = partial(open_expense, self._desk.seen, expense_id=self._seen.id, duplicate=True)
        await self._desk.open(("copy", self._seen.id), work)

    async def _delete(self, pressed: ui.element) -> None:
        with self._desk.at_work(pressed):
            self._sheet.close()
            await delete_expense(self._desk, self._seen.id, title_of(self._desk.seen, self._seen))

    async def _restore(self, pressed: ui.element) -> None:
        with self._desk.at_work(pressed):
            await restore_expense(self._desk, self._seen.id)


async def delete_expense(desk: Desk, expense_id: ExpenseId, title: str) -> None:
    """Delete an expense, and offer to undo it."""
    await call(expenses.delete, desk.user_id, desk.group_id, expense_id)
    toast(_("Deleted “{title}”", title=title), partial(restore_expense, desk, expense_id), _("Undo"))


async def restore_expense(desk: Desk, expense_id: ExpenseId) -> None:
    """Bring a deleted expense back."""
    with desk.at_work():
        await call(expenses.restore, desk.user_id, desk.group_id, expense_id)
        toast(_("Restored"))


async def _edit(desk: Desk, seen: ExpenseView) -> None:
    draft = seen.draft
    if draft.kind is not Kind.PAYMENT:
        await open_expense(desk.seen, expense_id=seen.id)
        return
    await open_payment(
        desk.seen,
        payer=next(iter(draft.payers)),
        payee=next(iter(seen.parts)),
        amount=draft.amount,
        currency=draft.currency,
        expense_id=seen.id,
    )
