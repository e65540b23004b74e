"""Stores a form, tells what it changed, and takes it back."""

from functools import partial

from mycount.domain.errors import Conflict, Refusal
from mycount.domain.ids import ExpenseId, GroupId, UserId
from mycount.services import expenses
from mycount.services.views import ExpenseView, GroupView
from pages.calls import call, refusals_shown
from pages.effect_words import effect_words
from pages.elements import toast
from pages.form_state import FormState
from pages.words import _


async def store(actor: UserId, form: FormState, *, again: bool) -> ExpenseView:
    """Add or edit what the form holds, and give it as it is stored. Raises what the services refuse.

    `again` says that it was tried before, and may have been stored without anybody hearing of it: what was
    changed in the form since is then stored too. If somebody else has changed or deleted it since, the form
    becomes an edit of that, and Conflict is raised.
    """
    group_id, draft = form.group.id, form.draft()
    if form.was is not None and form.version is not None:
        await call(expenses.edit, actor, group_id, form.was.id, form.version, draft)
        return await call(expenses.see, actor, group_id, form.was.id)
    try:
        expense_id = await call(expenses.add, actor, group_id, draft)
    except Conflict:
        stored = await call(expenses.sent, actor, group_id, draft.submit_key)
        if stored is None:
            form.anyway = True  # the person reads why, and presses again if it is meant
            raise
        if not again:
            form.send_anew()  # another form has sent that: this is an expense of its own
            return await store(actor, form, again=False)
        if stored.is_deleted or stored.changed_by != form.group.me.id:
            form.category = draft.category or stored.draft.category
            form.was, form.version = stored, 1
            raise
        expense_id = stored.id
        await call(expenses.edit, actor, group_id, expense_id, stored.version, draft)
    return await call(expenses.see, actor, group_id, expense_id)


def tell_saved(actor: UserId, group: GroupView, seen: ExpenseView, *, is_new: bool) -> None:
    """Tell what was stored; something new can be taken back."""
    title = seen.draft.title or _("Payment")
    undo = partial(delete_told, actor, group.id, seen.id, title) if is_new else None
    toast(effect_words(group, seen, is_new=is_new), undo, _("Undo"))


async def delete_told(actor: UserId, group_id: GroupId, expense_id: ExpenseId, title: str) -> bool:
    """Delete an expense and tell so, with a way back; whether it is gone."""

    async def restore() -> None:
        with refusals_shown():
            await call(expenses.restore, actor, group_id, expense_id)
            toast(_("Restored"))

    try:
        await call(expenses.delete, actor, group_id, expense_id)
    except Refusal as error:
        with refusals_shown():
            raise error
        return False
    toast(_("Deleted “{title}”", title=title), restore, _("Undo"))
    return True
