"""Two people changed the same expense: where their versions differ, and one made out of both."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from mycount.services.views import FIELDS, Draft, Field, differing


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
