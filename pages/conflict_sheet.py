"""Somebody else changed the expense that is being edited: what they made of it beside what I typed, and a choice."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final, cast

from nicegui import ui
from nicegui.events import ValueChangeEventArguments

from mycount.domain.ids import MemberId
from mycount.domain.ledger import Kind
from mycount.domain.split import Mode
from mycount.domain.words import N_
from mycount.services.views import FIELDS, Draft, ExpenseView, Field, GroupView, differing
from pages.elements import Sheet, button, sheet, text
from pages.elements.picking import Option, Picker
from pages.expense_words import category_name
from pages.member_names import name, own_name
from pages.merging import merged, only_mine
from pages.words import _, money, number, percent, short_day

KIND_NAMES: Final[Mapping[Kind, str]] = {
    Kind.EXPENSE: N_("Expense"),
    Kind.INCOME: N_("Income"),
    Kind.PAYMENT: N_("Payment"),
}
_FIELD_NAMES: Final[Mapping[Field, str]] = {
    "kind": N_("Kind"),
    "amount": N_("Amount"),
    "title": N_("What for"),
    "category": N_("Category"),
    "day": N_("Date"),
    "payers": N_("Paid by"),
    "split": N_("Split"),
    "note": N_("Note"),
}
_WAYS: Final[Mapping[Mode, str]] = {
    Mode.EQUAL: N_("Equally: {people}"),
    Mode.SHARES: N_("By shares: {people}"),
    Mode.PERCENT: N_("By percent: {people}"),
    Mode.AMOUNTS: N_("By amounts: {people}"),
    Mode.ADJUST: N_("Adjusted: {people}"),
}


@dataclass(frozen=True)
class Decision:
    """What is to be stored; None keeps what the other has stored (or deleted)."""

    draft: Draft | None


async def settle_conflict(
    group: GroupView, before: Draft | None, mine: Draft, theirs: ExpenseView
) -> Decision | None:
    """Let the person choose between two versions, field by field; None if they went back to the form.

    `before` is what both began with, if that is known.
    """
    if theirs.is_deleted:
        return await _ask_to_restore(mine)
    who = own_name(group, theirs.changed_by)
    with sheet(_("{name} changed this meanwhile", name=who), _("Back")) as chooser:
        text(_("Choose what stays. Nothing of yours is lost until you do."), muted=True)
        kept: set[Field] = set(only_mine(before, mine, theirs.draft))
        for field in differing(mine, theirs.draft):
            _draw_choice(group, who, field, mine, theirs.draft, kept)
        with chooser.foot:
            _draw_answers(chooser, mine, theirs.draft, kept)
    return cast(Decision | None, await chooser)


def shown(group: GroupView, field: Field, draft: Draft) -> str:
    """Write one field of an expense."""
    writers: dict[Field, Callable[[], str]] = {
        "kind": lambda: _(KIND_NAMES[draft.kind]),
        "amount": lambda: money(draft.amount, draft.currency),
        "title": lambda: draft.title,
        "category": lambda: category_name(draft.category),
        "day": lambda: short_day(draft.day),
        "payers": lambda: _payers(group, draft),
        "split": lambda: _split(group, draft),
        "note": lambda: draft.note,
    }
    return writers[field]() or "–"


def _draw_choice(
    group: GroupView, who: str, field: Field, mine: Draft, theirs: Draft, kept: set[Field]
) -> None:
    def choose(event: ValueChangeEventArguments[str]) -> None:
        (kept.add if event.value == "mine" else kept.discard)(field)

    options = [
        Option("theirs", f"{who}: {shown(group, field, theirs)}"),
        Option("mine", f"{_('You')}: {shown(group, field, mine)}"),
    ]
    Picker(options, "mine" if field in kept else "theirs", choose, label=_(_FIELD_NAMES[field]))


def _draw_answers(chooser: Sheet, mine: Draft, theirs: Draft, kept: set[Field]) -> None:
    def answer(draft: Draft | None) -> None:
        chooser.submit(Decision(draft))

    button(_("Save as chosen"), tall=True, on_click=lambda: answer(merged(mine, theirs, kept)))
    with ui.element("div").classes("mc-actions"):
        button(_("Keep theirs"), kind="quiet", on_click=partial(answer, None)).classes("mc-grow")
        button(_("Save mine"), kind="quiet", on_click=lambda: answer(merged(mine, theirs, FIELDS))).classes(
            "mc-grow"
        )


async def _ask_to_restore(mine: Draft) -> Decision | None:
    with sheet(_("This was deleted meanwhile"), _("Back")) as chooser:
        text(_("You can bring it back as you have it now, or leave it deleted."), muted=True)
        with chooser.foot:
            button(_("Restore and save"), tall=True, on_click=lambda: chooser.submit(Decision(mine)))
            button(
                _("Leave it deleted"),
                kind="quiet",
                wide=True,
                on_click=lambda: chooser.submit(Decision(None)),
            )
    return cast(Decision | None, await chooser)


def _payers(group: GroupView, draft: Draft) -> str:
    if len(draft.payers) == 1:
        return name(group, next(iter(draft.payers)))
    return ", ".join(
        f"{name(group, member)} {money(amount, draft.currency)}" for member, amount in draft.payers.items()
    )


def _split(group: GroupView, draft: Draft) -> str:
    if draft.kind is Kind.PAYMENT:
        return ", ".join(name(group, member) for member in draft.typed)
    return _(_WAYS[draft.mode], people=", ".join(_bearer(group, draft, member) for member in draft.typed))


def _bearer(group: GroupView, draft: Draft, member: MemberId) -> str:
    who, typed = name(group, member), draft.typed[member]
    match draft.mode:
        case Mode.EQUAL:
            return who
        case Mode.SHARES:
            return f"{who} {number(typed)}"
        case Mode.PERCENT:
            return f"{who} {percent(typed)}"
        case Mode.AMOUNTS:
            return f"{who} {money(int(typed), draft.currency)}"
        case Mode.ADJUST:
            return f"{who} {money(int(typed), draft.currency, sign=True)}" if typed else who
