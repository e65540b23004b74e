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
_CHOICES = {"category", "payers", "split", "day"}


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
        "known": sorted(member.id for member in form.group.taking_part),
        "texts": {
            mode.value: {str(member): text for member, text in texts.items()}
            for mode, texts in form.texts.items()
        },
        "chosen": sorted(form.chosen),
        "submit_key": form.submit_key,
        "tried": form.tried,
        "version": form.version,
    }


def restore(form: FormFields, kept: object, *, to_the_day: bool = False) -> bool:
    """Write kept data into a form; False, and nothing written, if it cannot have come from such a form.

    People who have gone since are left out, as is everything that makes no sense. In a new expense, those who
    have come since take part if everybody did, and the day is today's unless it was chosen
    (or `to_the_day`). It is sent under a key of its own, unless it was sent already and may be stored: another
    window may hold the same draft.
    """
    if not isinstance(kept, dict) or not isinstance(kept.get("amount"), str):
        return False
    form.kind = _one(Kind, kept.get("kind"), form.kind)
    form.mode = _one(Mode, kept.get("mode"), form.mode)
    for name in ("amount", "title", "note"):
        setattr(form, name, _text(kept.get(name)))
    form.currency = code if (code := _text(kept.get("currency"))) in CURRENCIES else form.currency
    form.category = _text(kept.get("category")) or form.category
    form.chosen = _CHOICES.intersection(_list(kept.get("chosen")))
    if form.was or to_the_day or "day" in form.chosen:
        form.day = _one(date.fromisoformat, kept.get("day"), None if kept.get("day") == "" else form.day)
    form.payers = _texts(form, kept.get("payers")) or form.payers
    form.several = kept.get("several") is True
    form.payee = next(iter(_members(form, [kept.get("payee")])), form.payee)
    form.people = set(_members(form, kept.get("people"))) | _newcomers(form, kept)
    texts = kept.get("texts")
    given = texts if isinstance(texts, dict) else {}
    form.texts = {mode: _texts(form, given[mode.value]) for mode in Mode if mode.value in given}
    form.send_anew()
    if kept.get("tried") is True:
        form.tried, form.submit_key = True, _text(kept.get("submit_key")) or form.submit_key
    if form.was and kept.get("version") in range(1, form.was.version + 1):
        form.version = kept["version"]
    return True


def is_worth_keeping(kept: dict[str, Any], begun_with: dict[str, Any]) -> bool:
    """Say whether anything in a form is the person's own: what was suggested is not, nor what was taken back."""
    return _own(kept, begun_with) != _own(begun_with, begun_with)


def _own(kept: dict[str, Any], begun_with: dict[str, Any]) -> object:
    """Give what a person typed and chose; what nobody decided is as it was in the beginning."""
    is_new = begun_with["version"] is None

    def decided(choice: str, *names: str) -> list[object]:
        source = kept if not is_new or choice in kept["chosen"] else begun_with
        return [_tidy(name, source) for name in names]

    texts = [kept[name].strip() for name in ("amount", "title", "note")]
    always = [kept["currency"], kept["tried"], *([] if is_new else [kept["kind"], kept["payee"]])]
    return [
        texts,
        always,
        decided("category", "category"),
        decided("payers", "payers", "several"),
        decided("split", "people", "mode", "texts"),
        decided("day", "day"),
    ]


def _tidy(name: str, kept: dict[str, Any]) -> object:
    """Give a field without what only the screen has put there: empty texts, and one share for each."""
    if name == "payers":
        return {who: text for who, text in kept["payers"].items() if text or not kept["several"]}
    if name == "texts":
        numbers = {
            mode: {who: text for who, text in texts.items() if text and not _is_usual(mode, text)}
            for mode, texts in kept["texts"].items()
        }
        return {mode: texts for mode, texts in numbers.items() if texts}
    return kept[name]


def _is_usual(mode: str, text: str) -> bool:
    return mode == Mode.SHARES.value and text.isdecimal() and int(text) == 1  # in the digits of any script


def _newcomers(form: FormFields, kept: dict[str, Any]) -> set[MemberId]:
    """Give those who have come since, if everybody took part: then they do too."""
    known, people = _list(kept.get("known")), _list(kept.get("people"))
    if form.was or not known or any(member not in people for member in known):
        return set()
    return {member.id for member in form.group.taking_part if member.id not in known}


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
