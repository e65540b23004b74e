"""Checks an expense as typed before it is stored: everything a database would take and a person cannot mean."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select

from mycount.db.tables import ExpenseRow
from mycount.domain import category, text
from mycount.domain.currency import exponent
from mycount.domain.errors import Conflict, Invalid
from mycount.domain.ids import MemberId
from mycount.domain.ledger import Kind
from mycount.domain.money import MAX_AMOUNT
from mycount.domain.split import Mode
from mycount.domain.words import N_
from mycount.services import access, ledgers
from mycount.services.views import Draft

_EARLIEST, _LATEST = date(1900, 1, 1), date(2200, 12, 31)
_JUST_NOW = timedelta(minutes=10)


def checked(draft: Draft) -> Draft:
    """Give the draft with tidy texts; refuses what needs no database to be seen to be wrong."""
    _check_amount(draft.amount)
    exponent(draft.currency)
    if not _EARLIEST <= draft.day <= _LATEST:
        raise Invalid(N_("Choose a day between 1900 and 2200."), field="day")
    if draft.category:
        category.check(draft.category)
    _check_payers(draft)
    is_payment = draft.kind is Kind.PAYMENT
    draft = _payment(draft) if is_payment else replace(draft, typed=_meant(draft))
    return replace(
        draft,
        title=text.line(draft.title, limit=200, field="title", optional=is_payment),
        note=text.paragraph(draft.note, limit=2000, field="note"),
    )


def check_people(door: access.Door, draft: Draft, also: frozenset[MemberId] = frozenset()) -> None:
    """Refuse members of other groups, and removed ones unless they are in `also` (in the expense already).

    A payment may name removed members who are not even yet: that is how they become it.
    """
    named = {*draft.payers, *draft.typed}
    if draft.kind is Kind.PAYMENT:
        also |= ledgers.uneven(door.session, door.group_id)
    known = {
        member: person.is_active or member in also
        for member, person in door.people.items()
        if member in named
    }
    if named - known.keys():
        raise Invalid(N_("Somebody in this expense is not in the group. Reload the page and try again."))
    if not all(known.values()):
        raise Invalid(N_("Somebody in this expense was removed from the group. Choose among the others."))


def check_not_recorded(door: access.Door, draft: Draft) -> None:
    """Refuse a payment that somebody else has recorded just now: two people mean the same one."""
    rows = door.session.execute(
        select(ExpenseRow.id, ExpenseRow.created_by).where(
            ExpenseRow.group_id == door.group_id,
            ExpenseRow.kind == Kind.PAYMENT,
            ExpenseRow.amount == draft.amount,
            ExpenseRow.currency == draft.currency,
            ExpenseRow.created_by != door.my_id,
            ExpenseRow.created_at > door.now - _JUST_NOW,
            ExpenseRow.deleted_at.is_(None),
        )
    ).all()
    found = ledgers.entries(door.session, [expense_id for expense_id, _ in rows]) if rows else {}
    for expense_id, member_id in rows:
        entry = found[expense_id]
        if entry.payers.keys() == draft.payers.keys() and entry.parts.keys() == draft.typed.keys():
            name = door.member(member_id).name
            raise Conflict(
                N_("{name} recorded this payment just now. Save again if it was paid twice."), name=name
            )


def _check_amount(amount: int) -> None:
    if not isinstance(amount, int) or isinstance(amount, bool) or not 0 < amount <= MAX_AMOUNT:
        raise Invalid(N_("Type an amount above zero."), field="amount")


def _check_payers(draft: Draft) -> None:
    if not draft.payers:
        raise Invalid(N_("Say who paid."), field="payers")
    for amount in draft.payers.values():
        _check_amount(amount)
    if sum(draft.payers.values()) != draft.amount:
        raise Invalid(N_("What the payers paid does not add up to the amount."), field="payers")


def _meant(draft: Draft) -> dict[MemberId, Decimal]:
    """Give what was typed without what means nothing, so that saving again what was stored is no change."""
    if draft.mode is Mode.EQUAL:
        return dict.fromkeys(draft.typed, Decimal(1))
    return {member: typed for member, typed in draft.typed.items() if typed or draft.mode is Mode.ADJUST}


def _payment(draft: Draft) -> Draft:
    """A payment goes from one to one other, whole."""
    payees = [member for member, typed in draft.typed.items() if typed]
    if len(draft.payers) != 1 or len(payees) != 1 or payees[0] in draft.payers:
        raise Invalid(N_("A payment goes from one person to one other."), field="payers")
    typed: Mapping[MemberId, Decimal] = {payees[0]: Decimal(draft.amount)}
    return replace(draft, mode=Mode.AMOUNTS, typed=typed, category="payment")
