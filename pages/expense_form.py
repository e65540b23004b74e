"""Adding an expense, editing one, and making one like another."""

from collections.abc import Callable
from functools import partial

from mycount.domain.ids import ExpenseId
from mycount.domain.ledger import Kind
from mycount.services import expenses
from mycount.services.views import GroupView
from pages.calls import call, refusals_shown
from pages.form_memory import FormReopener, Opening
from pages.form_sheet import FormSheet, OnSaved
from pages.form_state import FormState
from pages.typed_numbers import Notation
from pages.visitors import me
from pages.words import own_digits, separators, today


async def open_expense(
    view: GroupView,
    *,
    expense_id: ExpenseId | None = None,
    duplicate: bool = False,
    kind: Kind = Kind.EXPENSE,
    on_saved: OnSaved | None = None,
) -> None:
    """Open the form: for a new expense of this kind, or for one that exists, or for a new one like that.

    `on_saved` is called with the id of what was stored.
    """
    opening = Opening(me().user_id, view.id, expense_id, duplicate, kind)
    with refusals_shown():
        await _open(view, opening, on_saved)


def reopen_unfinished(view: Callable[[], GroupView], on_saved: OnSaved | None = None) -> None:
    """Open the form again by itself if it was open in this group when the page went away; once in a group's page.

    `view` gives the group as it is known at that moment. What was typed is back in the form.
    """

    async def reopen(opening: Opening) -> None:
        with refusals_shown():
            await _open(view(), opening, on_saved)

    FormReopener(me().user_id, view().id, reopen)


async def _open(view: GroupView, opening: Opening, on_saved: OnSaved | None) -> None:
    notation = Notation(*separators(), own_digits())
    if opening.expense_id is None:
        form = FormState.fresh(view, notation, today())
        form.choose_kind(opening.kind)
    else:
        seen = await call(expenses.see, opening.user_id, view.id, opening.expense_id)
        form = (
            FormState.again(view, notation, seen, today())
            if opening.duplicate
            else FormState.editing(view, notation, seen)
        )
    duplicate = partial(open_expense, view, expense_id=opening.expense_id, duplicate=True, on_saved=on_saved)
    FormSheet(
        opening.user_id,
        form,
        opening=opening,
        on_saved=on_saved,
        on_duplicate=duplicate,
    )
