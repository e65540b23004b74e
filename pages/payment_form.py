"""Recording that one person paid another back."""

from mycount.domain.ids import ExpenseId, MemberId
from mycount.domain.ledger import Kind
from mycount.services import expenses
from mycount.services.views import GroupView
from pages.calls import call, refusals_shown
from pages.form_sheet import FormSheet
from pages.form_state import FormState
from pages.typed_numbers import Notation
from pages.visitors import me
from pages.words import own_digits, separators, today


async def open_payment(
    view: GroupView,
    *,
    payer: MemberId,
    payee: MemberId,
    amount: int,
    currency: str,
    expense_id: ExpenseId | None = None,
) -> None:
    """Open the sheet for a payment that is filled in already: a press on its button records it.

    `amount` is in minor units of the currency; less of it may be typed. With `expense_id` a payment that is
    stored is edited, and the rest is taken from there.
    """
    notation = Notation(*separators(), own_digits())
    if expense_id is None:
        form = FormState.fresh(view, notation, today())
        form.choose_kind(Kind.PAYMENT)
        form.pay_alone(payer)
        form.payee, form.currency = payee, currency
        form.amount = notation.write_amount(amount, currency) if amount else ""
        FormSheet(me().user_id, form, opening=None, compact=True)
        return
    with refusals_shown():
        seen = await call(expenses.see, me().user_id, view.id, expense_id)
        form = FormState.editing(view, notation, seen)
        FormSheet(me().user_id, form, opening=None, compact=True)
