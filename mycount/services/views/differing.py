"""Where two versions of an expense differ, as people see it."""

from collections.abc import Callable, Mapping
from typing import Final, Literal

from mycount.domain.ids import MemberId
from mycount.domain.ledger import Kind
from mycount.services.views.expenses import Draft

Field = Literal["kind", "amount", "title", "category", "day", "payers", "split", "note"]

FIELDS: Final[tuple[Field, ...]] = (
    "kind",
    "amount",
    "title",
    "category",
    "day",
    "payers",
    "split",
    "note",
)
"""What an expense is made of, in the order to show it; "amount" goes with its currency, "split" with its way."""

_VALUES: Final[Mapping[Field, Callable[[Draft], object]]] = {
    "kind": lambda draft: draft.kind,
    "amount": lambda draft: (draft.amount, draft.currency),
    "title": lambda draft: draft.title,
    "category": lambda draft: draft.category,
    "day": lambda draft: draft.day,
    "payers": lambda draft: _who_paid(draft),
    "split": lambda draft: _who_bears(draft),
    "note": lambda draft: draft.note,
}


def differing(one: Draft, other: Draft) -> tuple[Field, ...]:
    """Give the fields in which two versions of an expense differ.

    One payer who paid all is the same payer whatever the amount, and so is whom a payment goes to.
    """
    return tuple(field for field in FIELDS if _VALUES[field](one) != _VALUES[field](other))


def only_change(was: Draft, now: Draft) -> Field | None:
    """Give the field that was changed if it was one; a new amount brings new parts along, a new kind all else."""
    changed = differing(was, now)
    if "amount" in changed and was.mode is now.mode and set(changed) <= {"amount", "payers", "split"}:
        return "amount"
    return changed[0] if len(changed) == 1 and changed[0] != "kind" else None


def _who_paid(draft: Draft) -> object:
    return next(iter(draft.payers)) if len(draft.payers) == 1 else _sorted(draft.payers)


def _who_bears(draft: Draft) -> object:
    if draft.kind is Kind.PAYMENT:
        return next(iter(draft.typed), None)
    return draft.mode, (_sorted(draft.typed) if draft.mode != "equal" else sorted(draft.typed))


def _sorted(numbers: Mapping[MemberId, object]) -> list[tuple[MemberId, object]]:
    return sorted(numbers.items(), key=lambda item: item[0])
