"""A group as a table for spreadsheets: a line for each expense, a column for each person with what it changes for them.

It is the same whoever exports, in whatever language: the headings are English, days are ISO 8601, amounts have a point
and as many decimals as their currency. So one reader reads the files of everybody; a spreadsheet that expects a comma
is told otherwise when it imports. It begins with the mark by which Excel knows UTF-8.

The columns of people sum to zero in every line: above zero is to get, below is to pay. The lines at the end, one for
each currency, have the sums of the columns, which are the balances; a file without them was cut off.

What a person typed is text and never a formula, also in a spreadsheet that takes a semicolon for the end of a cell. An
expense is one line of the file, its note too: a break in it becomes " / ".
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from mycount.domain.currency import exponent
from mycount.domain.money import plain
from mycount.services.views import ExportedExpense, MemberView, Outline
from mycount.web.export_sums import Sums

COLUMNS: Final = ("Date", "Title", "Category", "Kind", "Amount", "Currency", "Note", "Paid by")
CHANGED: Final = "The group was changed while this was written: export it again to have it all of one moment."
_FORMULA: Final = re.compile(r"(^|[;\t])(?=\s*[=+\-@\t\r\0＝＋－＠])")


class Csv:
    """Writes the table of one group."""

    media_type = "text/csv; charset=utf-8"

    def __init__(self, outline: Outline) -> None:
        self._members = outline.members
        self._names = {member.id: member.name for member in outline.members}
        self._sums = Sums(outline)

    def head(self) -> str:
        """Give the mark and the line of headings."""
        return "\ufeff" + _written([[*COLUMNS, *map(safe, _headings(self._members))]])

    def lines(self, expenses: Iterable[ExportedExpense]) -> str:
        """Give a line for each expense."""
        return _written(self._cells(expenses))

    def foot(self, *, changed: bool) -> str:
        """Give the lines with the sums, and one more where they are not all of one moment."""
        rows = []
        for currency, sums in self._sums.by_currency():
            digits = exponent(currency)
            balances = [plain(sums[member.id], digits) for member in self._members]
            rows.append(["", "Balance", "", "balance", "", currency, "", "", *balances])
        if changed or self._sums.is_short:
            rows.append(["", CHANGED, "", "notice", *[""] * (4 + len(self._members))])
        return _written(rows)

    def _cells(self, expenses: Iterable[ExportedExpense]) -> Iterator[list[str]]:
        for expense in expenses:
            changes = self._sums.take(expense)
            if changes is None:
                continue
            digits = exponent(expense.currency)
            paid = (f"{self._names[who]} {plain(part, digits)}" for who, part in expense.payers.items())
            nothing = plain(0, digits)
            yield [
                expense.day.isoformat(),
                safe(expense.title),
                expense.category,
                expense.kind.value,
                plain(expense.amount, digits),
                expense.currency,
                safe(expense.note),
                safe(", ".join(paid)),
                *(
                    plain(changes[member.id], digits) if member.id in changes else nothing
                    for member in self._members
                ),
            ]


def safe(text: str) -> str:
    """Give text of a person as one line that no spreadsheet takes for a formula: an apostrophe is put before it.

    >>> safe("=1+1"), safe("Dinner; -10 %"), safe("Dinner - with Bo"), safe("milk\\n- bread")
    ("'=1+1", "Dinner;' -10 %", 'Dinner - with Bo', 'milk / - bread')
    """
    return _FORMULA.sub(r"\1'", " / ".join(text.strip().splitlines()))


def _headings(members: Iterable[MemberView]) -> Iterator[str]:
    """Name the columns of people; who is called as somebody else, or as another column, has a number."""
    seen = Counter(COLUMNS)
    for member in members:
        seen[member.name] += 1
        yield member.name if seen[member.name] == 1 else f"{member.name} ({seen[member.name]})"


def _written(rows: Iterable[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()
