"""Finds what only few expenses of a group have by an index, so that nobody reads the whole group for them.

What many have is found soon by reading from the latest on; which of both it is, nobody knows before. So every
index is asked, but only for so many.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Select,
    String,
    Text,
    cast,
    column,
    func,
    literal,
    literal_column,
    select,
    table,
    union_all,
)

from mycount.db.tables import ExpenseRow, PayerRow, SplitRow
from mycount.domain.ids import ExpenseId, MemberId
from mycount.services import access

Way = Select[Any]
"""Selects the expenses of which one thing is true, by an index; it may select too many, but never too few."""

FEW: Final = 300
_PART: Final = 3
_LONGEST: Final = 20
"""As much of a word as is looked up; the rest of it is compared."""


def few(door: access.Door, asked: Sequence[Sequence[Way | None]]) -> list[ExpenseId] | None:
    """Give the expenses among which all that are wanted must be; None where these may be many.

    `asked` has for each thing that must be true of an expense the indexes that find it, each for a part of them;
    None stands for a part that no index finds. One statement at most, as long for a large group as for a small one.
    """
    whole = {number: ways for number, ways in enumerate(asked) if None not in ways}
    if not whole:
        return None
    asking = (_first_few(number, way) for number, ways in whole.items() for way in ways if way is not None)
    counts, found = dict.fromkeys(whole, 0), defaultdict[int, list[str]](list)
    for number, count, written in door.run(union_all(*asking)):
        counts[number] += count
        found[number] += written.split(",") if written else ()
    fewest = min(counts, key=counts.__getitem__)
    return sorted({ExpenseId(int(one)) for one in found[fewest]}) if counts[fewest] <= FEW else None


def of_people(row: type[PayerRow] | type[SplitRow], people: Sequence[MemberId]) -> Way:
    """Select what one of these paid, or has a part in."""
    return select(row.expense_id).where(row.member_id.in_(people))


def of_group(door: access.Door, which: ColumnElement[bool]) -> Way:
    """Select by a column that has an index within the group."""
    return select(ExpenseRow.id).where(ExpenseRow.group_id == door.group_id, which)


def of_text(door: access.Door, folded: str) -> Way | None:
    """Select by some letters of title or note; None where these are fewer than the parts of words in the index."""
    if len(folded) < _PART:
        return None
    folded = folded[:_LONGEST]
    if door.dialect == "sqlite":
        phrase = '"{}"'.format(folded.replace('"', '""'))
        return select(column("rowid")).select_from(_WORDS).where(_MATCHED.op("MATCH")(phrase))
    parts = [f"{door.group_id}:{folded[first : first + _PART]}" for first in range(len(folded) - _PART + 1)]
    kept = func.expense_words(ExpenseRow.group_id, ExpenseRow.search_key)
    return select(ExpenseRow.id).where(kept.op("@>")(literal(parts, ARRAY(Text))))


def _first_few(number: int, way: Way) -> Select[int, int, str]:
    """Select how many a way finds, up to one too many, and which, in one row: hundreds of rows take longer to fetch."""
    found = way.limit(FEW + 1).subquery()
    written = func.aggregate_strings(cast(found.columns[0], String), ",")
    return select(literal(number), func.count(), written).select_from(found)


_WORDS = table("expense_words")
_MATCHED: ColumnElement[str] = literal_column("expense_words")
