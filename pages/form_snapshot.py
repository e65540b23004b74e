"""A form as plain data that a browser can keep, and back; what comes back is believed only where it makes sense."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from mycount.domain.currency import CURRENCIES
from mycount.domain.ids import MemberId
from mycount.domain.ledger import Kind
from mycount.domain.split import Mode
from pages.form_fields import FormFields

T = TypeVar("T")

_LONGEST = 4000  # characters; the services say more exactly what is too long
_CHOICES = {"category", "payers", "split"}


def snapshot(form: FormFields) -> dict[str, Any]:
    """Give everything that is typed and chosen, as JSON knows it."""
    return {
        "kind": form.kind.value,
        "amount": form.amount,
        "currency": form.currency,
        "title": form.title,
        "note": form.note,
        "category": form.category,
        "day": form.day.isoformat() if form.day else "",
        "payers": {str(member): text for member, text in form.payers.items()},
        "several": form.several,
        "payee": form.payee,
        "mode": form.mode.value,
        "people": sorted(form.people),
        "texts": {
            mode.value: {str(member): text for member, text in texts.items()}
            for mode, texts in form.texts.items()
        },
        "chosen": sorted(form.chosen),
        "submit_key": form.submit_key,
        "tried": form.tried,
        "version": form.version,
    }


def restore(form: FormFields, kept: object) -> bool:
    """Write kept data into a form; False, and nothing written, if it cannot have come from such a form.

    People who have gone since are left out, as is everything that makes no sense.
    """
    if not isinstance(kept, dict) or not isinstance(kept.get("amount"), str):
        return False
    form.kind = _one(Kind, kept.get("kind"), form.kind)
    form.mode = _one(Mode, kept.get("mode"), form.mode)
    for name in ("amount", "title", "note"):
        setattr(form, name, _text(kept.get(name)))
    form.currency = code if (code := _text(kept.get("currency"))) in CURRENCIES else form.currency
    form.category = _text(kept.get("category")) or form.category
    form.day = _one(date.fromisoformat, kept.get("day"), None if kept.get("day") == "" else form.day)
    form.payers = _texts(form, kept.get("payers")) or form.payers
    form.several = kept.get("several") is True
    form.payee = next(iter(_members(form, [kept.get("payee")])), form.payee)
    form.people = set(_members(form, kept.get("people")))
    texts = kept.get("texts")
    given = texts if isinstance(texts, dict) else {}
    form.texts = {mode: _texts(form, given[mode.value]) for mode in Mode if mode.value in given}
    form.chosen = _CHOICES.intersection(_list(kept.get("chosen")))
    form.submit_key = _text(kept.get("submit_key")) or form.submit_key
    form.tried = kept.get("tried") is True
    if form.was and isinstance(kept.get("version"), int):
        form.version = kept["version"]
    return True


def _one(make: Callable[[str], T], value: object, otherwise: T) -> T:
    try:
        return make(value) if isinstance(value, str) and value else otherwise
    except ValueError:
        return otherwise


def _text(value: object) -> str:
    return value[:_LONGEST] if isinstance(value, str) else ""


def _list(value: object) -> list[Any]:
    return [each for each in value if isinstance(each, str | int)] if isinstance(value, list) else []


def _members(form: FormFields, value: object) -> list[MemberId]:
    return [member for member in form.candidates if member in _list(value)]


def _texts(form: FormFields, value: object) -> dict[MemberId, str]:
    given = value if isinstance(value, dict) else {}
    return {member: _text(given[str(member)]) for member in form.candidates if str(member) in given}
