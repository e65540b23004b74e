"""What the sheet of a form and its button are called."""

from collections.abc import Mapping
from typing import Final

from mycount.domain.ledger import Kind
from mycount.domain.words import N_
from pages.form_state import FormState
from pages.words import _

_SAVE: Final[Mapping[Kind, str]] = {
    Kind.EXPENSE: N_("Save expense"),
    Kind.INCOME: N_("Save income"),
    Kind.PAYMENT: N_("Save payment"),
}
_TITLES: Final[Mapping[Kind, tuple[str, str]]] = {
    Kind.EXPENSE: (N_("Add expense"), N_("Edit expense")),
    Kind.INCOME: (N_("Add income"), N_("Edit income")),
    Kind.PAYMENT: (N_("Record a payment"), N_("Edit payment")),
}


def title_of(form: FormState) -> str:
    """Name the sheet by what is added or edited in it."""
    new, edited = _TITLES[form.kind]
    return _(new) if form.was is None else _(edited)


def save_words(form: FormState) -> str:
    """Name the button that stores it."""
    return _(_SAVE[form.kind])
