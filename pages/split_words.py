"""Says of a split what it comes to, by how much it is off, and whose number is wrong."""

from collections.abc import Collection
from decimal import Decimal

from mycount.domain.errors import Invalid, Refusal
from mycount.domain.ids import MemberId
from mycount.domain.ledger import Kind
from mycount.domain.split import Mode
from mycount.services.views import GroupView
from pages.form_state import FormState
from pages.member_names import name
from pages.rest_line import Rest
from pages.typed_numbers import Typed
from pages.words import _, money, ngettext, percent, refusal


def off_words(mode: Mode, off: Decimal, currency: str) -> str:
    """Say by how much numbers are off: "€3.20 still to be given", "4% too much"."""
    shown = percent(abs(off)) if mode is Mode.PERCENT else money(abs(int(off)), currency)
    if off > 0:
        return _("{amount} still to be given", amount=shown)
    return _("{amount} too much", amount=shown)


def sum_words(parts: Collection[int], currency: str) -> str:
    """Say how many take part, and what each bears if it is the same for all: "5 people, €36.90 each"."""
    if not parts:
        return ""
    least, most, n = min(parts), max(parts), len(parts)
    if least == most:
        return ngettext("{n} person, {amount}", "{n} people, {amount} each", n, amount=money(least, currency))
    return ngettext(
        "{n} person, {least} to {most}",
        "{n} people, {least} to {most}",
        n,
        least=money(least, currency),
        most=money(most, currency),
    )


def rest_of(group: GroupView, typed: Typed, amount: int) -> Rest | None:
    """Say by how much numbers are off and who can take the rest, or which of them is none; None if all fits."""
    try:
        off = typed.off(amount)
    except Invalid as error:
        return Rest(whose(group, error))
    if not off:
        return None
    takers = tuple((member, name(group, member)) for member in typed.takers(amount))
    said = off_words(typed.mode, off, typed.currency)
    return Rest(said, takers, is_too_much=off < 0, me=group.me.id)


def sum_line(form: FormState, problem: Refusal | None = None) -> Rest:
    """Say in one line what a form comes to, or by how much its split is off.

    `problem` is said where nothing more exact can be.
    """
    amount = form.understood()
    told = Rest(whose(form.group, problem) if problem else "")
    if amount is None:
        return told
    if form.kind is Kind.PAYMENT:
        return (
            told
            if problem
            else Rest(payment_words(form.group, form.payer, form.payee, amount, form.currency))
        )
    parts = form.parts()
    fits = told if problem and not parts else Rest(sum_words(parts.values(), form.currency))
    return rest_of(form.group, form.split_typed, amount) or fits


def payment_words(
    group: GroupView, payer: MemberId, payee: MemberId | None, amount: int, currency: str
) -> str:
    """Say who pays whom how much: "Bo → You: €12.00"."""
    if payee is None:
        return ""
    return _(
        "{payer} → {payee}: {amount}",
        payer=name(group, payer),
        payee=name(group, payee),
        amount=money(amount, currency),
    )


def whose(group: GroupView, error: Refusal) -> str:
    """Give the words of a refusal, with whose number it is about."""
    member = error.values.get("member")
    if not isinstance(member, int):
        return refusal(error)
    return _("{name}: {sentence}", name=name(group, MemberId(member)), sentence=refusal(error))
