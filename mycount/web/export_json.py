"""A group with everything that is stored of it, for other programs: one JSON document, an expense in each line of it.

Amounts are whole minor units of their currency, never fractions; `decimals` says how many of them make a unit. What was
typed for the parts is text. What was deleted is not in it, nor any address of a person. `is_whole` comes last: a
document without it was cut off, and one in which it is false is not all of one moment.
"""

import json
from collections.abc import Iterable
from typing import Any, Final

from mycount.domain.currency import exponent
from mycount.services.views import ExportedExpense, Outline
from mycount.web.export_sums import Sums

VERSION: Final = 1
"""Raised when a reader of this version would misunderstand the document."""


class Json:
    """Writes the document of one group."""

    media_type = "application/json"

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._sums = Sums(outline)
        self._is_first = True

    def head(self) -> str:
        """Give everything before the expenses."""
        group = self._outline
        said = {
            "format": "mycount",
            "version": VERSION,
            "exported_at": group.at.isoformat(),
            "group": {
                "id": group.group_id,
                "name": group.name,
                "icon": group.icon,
                "currency": group.currency,
                "is_archived": group.is_archived,
                "created_at": group.created_at.isoformat(),
            },
            "members": [
                {
                    "id": member.id,
                    "name": member.name,
                    "role": member.role,
                    "joined": member.joined,
                    "is_active": member.is_active,
                }
                for member in group.members
            ],
        }
        return f'{_written(said)[:-1]},\n"expenses":['

    def lines(self, expenses: Iterable[ExportedExpense]) -> str:
        """Give the expenses, each after a comma but the first of all."""
        found = []
        for expense in expenses:
            if self._sums.take(expense) is not None:
                found.append(("\n" if self._is_first else ",\n") + _written(_said(expense)))
                self._is_first = False
        return "".join(found)

    def foot(self, *, changed: bool) -> str:
        """Give the sums, which are the balances, and the end."""
        balances = [
            {
                "currency": currency,
                "decimals": exponent(currency),
                "members": [{"member": who, "balance": sums[who]} for who in sorted(sums)],
            }
            for currency, sums in self._sums.by_currency()
        ]
        is_whole = not (changed or self._sums.is_short)
        return f'\n],\n"balances":{_written(balances)},\n"is_whole":{_written(is_whole)}}}\n'


def _said(expense: ExportedExpense) -> dict[str, Any]:
    return {
        "id": expense.id,
        "version": expense.version,
        "kind": expense.kind.value,
        "title": expense.title,
        "category": expense.category,
        "amount": expense.amount,
        "currency": expense.currency,
        "day": expense.day.isoformat(),
        "note": expense.note,
        "payers": [{"member": who, "amount": amount} for who, amount in expense.payers.items()],
        "mode": expense.mode.value,
        "parts": [
            {"member": who, "amount": part.amount, "typed": part.typed, "rounding": part.rounding}
            for who, part in expense.parts.items()
        ],
        "created_by": expense.created_by,
        "created_at": expense.created_at.isoformat(),
        "changed_by": expense.changed_by,
        "changed_at": expense.changed_at.isoformat(),
    }


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
