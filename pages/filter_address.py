"""What is looked for in a group's list, as the end of an address: it can be kept, sent on, and linked to."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final
from urllib.parse import urlencode

from mycount.domain.category import CATEGORIES
from mycount.domain.currency import CURRENCIES
from mycount.domain.ids import MemberId
from mycount.domain.ledger import Kind
from mycount.services.views import Filter

LONGEST: Final = 100
"""How much may be typed to look for."""

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_NUMBER: Final = re.compile(r"\d{1,18}", re.ASCII)


def query(wanted: Filter, text: str = "") -> str:
    """Write what is looked for: "?category=cafe&from=2026-03-01", or nothing. `wanted.words` are in `text`.

    >>> query(Filter(mine=True, since=date(2026, 3, 1)), "a&b")
    '?q=a%26b&mine=1&from=2026-03-01'
    """
    values = {
        "q": text,
        "mine": wanted.mine and "1",
        "paid": wanted.paid and "1",
        "category": wanted.category,
        "from": wanted.since and wanted.since.isoformat(),
        "to": wanted.until and wanted.until.isoformat(),
        "person": wanted.person,
        "payer": wanted.payer,
        "currency": wanted.currency,
        "kind": wanted.kind and wanted.kind.value,
        "spending": wanted.spending and "1",
    }
    written = urlencode({name: value for name, value in values.items() if value})
    return f"?{written}" if written else ""


def read(values: Mapping[str, str]) -> tuple[Filter, str]:
    """Read what is looked for, and the text that is typed; what makes no sense is left out."""
    since, until = _day(values.get("from", "")), _day(values.get("to", ""))
    if since and until and until < since:
        since, until = until, since
    wanted = Filter(
        mine=values.get("mine") == "1",
        paid=values.get("paid") == "1",
        category=_one_of(values.get("category"), {category.key for category in CATEGORIES}),
        since=since,
        until=until,
        person=_member(values.get("person", "")),
        payer=_member(values.get("payer", "")),
        currency=_one_of(values.get("currency"), CURRENCIES),
        kind=next((kind for kind in Kind if kind.value == values.get("kind")), None),
        spending=values.get("spending") == "1",
    )
    return wanted, values.get("q", "").strip()[:LONGEST]


def _one_of(value: str | None, known: set[str] | Mapping[str, int]) -> str:
    return value if value is not None and value in known else ""


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value) if _DAY.fullmatch(value) else None
    except ValueError:
        return None


def _member(value: str) -> MemberId | None:
    return MemberId(int(value)) if _NUMBER.fullmatch(value) else None
