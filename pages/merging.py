"""Two people changed the same expense: where their versions differ, and one made out of both."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final, Literal

from mycount.domain.ids import MemberId
from mycount.domain.ledger import Kind
from mycount.services.views import Draft

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


def only_mine(before: Draft | None, mine: Draft, theirs: Draft) -> frozenset[Field]:
    """Give the fields that I changed and the other left as they were; nothing if it is not known how they were."""
    if before is None:
        return frozenset()
    return frozenset(differing(before, mine)) - frozenset(differing(before, theirs))


def merged(mine: Draft, theirs: Draft, keep_mine: Iterable[Field]) -> Draft:
    """Make one version: theirs, with these fields from mine. Its amounts may not fit one another: see FormState."""
    kept = frozenset(keep_mine)
    names = [name for field in FIELDS if field in kept for name in _NAMES.get(field, (field,))]
    draft = replace(theirs, submit_key=mine.submit_key, **{name: getattr(mine, name) for name in names})
    if len(draft.payers) == 1:
        draft = replace(draft, payers={next(iter(draft.payers)): draft.amount})
    return draft


_NAMES: Final[Mapping[Field, tuple[str, ...]]] = {
    "amount": ("amount", "currency"),
    "split": ("mode", "typed"),
}


def _who_paid(draft: Draft) -> object:
    return next(iter(draft.payers)) if len(draft.payers) == 1 else _sorted(draft.payers)


def _who_bears(draft: Draft) -> object:
    if draft.kind is Kind.PAYMENT:
        return next(iter(draft.typed), None)
    return draft.mode, (_sorted(draft.typed) if draft.mode != "equal" else sorted(draft.typed))


def _sorted(numbers: Mapping[MemberId, object]) -> list[tuple[MemberId, object]]:
    return sorted(numbers.items(), key=lambda item: item[0])
