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
from pages.typed_numbers import Typed
from pages.words import _, money, ngettext, number, refusal


def off_words(mode: Mode, off: Decimal, currency: str) -> str:
    """Say by how much numbers are off: "€3.20 are still to be given", "4 % too much"."""
    if mode is Mode.PERCENT:
        shown = number(abs(off))
        return _("{n} % missing", n=shown) if off > 0 else _("{n} % too much", n=shown)
    shown = money(abs(int(off)), currency)
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


def sum_line(form: FormState, problem: Refusal | None = None) -> tuple[str, list[tuple[MemberId, str]]]:
    """Say in one line what a form's split comes to, or by how much it is off and who can take the rest.

    `problem` is said where nothing more exact can be.
    """
    amount, typed = form.understood(), form.split_typed
    if amount is None or form.kind is Kind.PAYMENT:
        return whose(form.group, problem) if problem else "", []
    try:
        off = typed.off(amount)
    except Invalid as error:
        return whose(form.group, error), []
    if off:
        return off_words(typed.mode, off, form.currency), takers_named(form.group, typed, amount)
    parts = form.parts()
    return sum_words(parts.values(), form.currency) if parts or not problem else refusal(problem), []


def takers_named(group: GroupView, typed: Typed, amount: int) -> list[tuple[MemberId, str]]:
    """Give those who can take the rest, by name."""
    return [(member, name(group, member)) for member in typed.takers(amount)]


def whose(group: GroupView, error: Refusal) -> str:
    """Give the words of a refusal, with whose number it is about."""
    member = error.values.get("member")
    if not isinstance(member, int):
        return refusal(error)
    return _("{name}: {sentence}", name=name(group, MemberId(member)), sentence=refusal(error))
