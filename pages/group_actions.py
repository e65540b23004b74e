"""What the buttons of a group's page do: open the forms for an expense, a payment, an invite."""

from functools import partial

from mycount.domain.ids import MemberId
from mycount.domain.settle import Transfer
from pages.balance_words import shown_currencies
from pages.desk import Desk
from pages.expense_form import open_expense
from pages.invite_sheet import open_invites
from pages.payment_form import open_payment


async def add_expense(desk: Desk) -> None:
    """Open the form for a new expense, for whoever may add one."""
    if desk.seen.can_change:
        await desk.open("new expense", partial(open_expense, desk.seen))


async def pay(desk: Desk, transfer: Transfer, currency: str) -> None:
    """Open the form for a payment that the plan asks for, filled in."""
    work = partial(
        open_payment,
        desk.seen,
        payer=transfer.payer,
        payee=transfer.payee,
        amount=transfer.amount,
        currency=currency,
    )
    await desk.open("payment", work)


async def record_payment(desk: Desk) -> None:
    """Open the form for any payment, filled in with what the plan asks of me first, or of anybody."""
    group = desk.seen
    planned = [(one, kept.currency) for kept in shown_currencies(group) for one in kept.plan.transfers]
    mine = [(one, currency) for one, currency in planned if group.me.id in (one.payer, one.payee)]
    others = [member.id for member in group.people if member.id != group.me.id]
    if mine or planned:
        await pay(desk, *(mine or planned)[0])
    elif others:
        await pay(desk, Transfer(group.me.id, others[0], 0), group.usual.currency)


async def invite(desk: Desk, member_id: MemberId | None = None) -> None:
    """Open the sheet with the invites, ready to make one: for anybody new, or for exactly this member."""
    await desk.open("invites", partial(open_invites, desk, member_id))
