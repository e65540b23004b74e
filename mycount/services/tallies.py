"""How many of the expenses that were looked for there are, and their sums."""

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import func, select

from mycount.db.tables import ExpenseRow
from mycount.domain.ids import GroupId, UserId
from mycount.domain.ledger import Kind
from mycount.services import access, finding
from mycount.services.operation import operation
from mycount.services.views import ExpenseLine, Filter, Tally


@operation
def see(actor: UserId, group_id: GroupId, *, wanted: Filter) -> tuple[Tally, ...]:
    """Count and sum what is wanted, by kind and currency; the largest count of a kind first.

    It goes through all of it: the more there is, the longer it takes, so that the list is read before.
    """
    with access.reading(actor, group_id) as door:
        rows = door.session.execute(
            select(ExpenseRow.kind, ExpenseRow.currency, func.count(), func.sum(ExpenseRow.amount))
            .where(*finding.conditions(door, wanted, for_a_page=False))
            .group_by(ExpenseRow.kind, ExpenseRow.currency)
        )
        return _in_order(
            Tally(Kind(kind), currency, count, int(amount)) for kind, currency, count, amount in rows
        )


def of_lines(lines: Iterable[ExpenseLine]) -> tuple[Tally, ...]:
    """Count and sum lines that have been read already, as `see` does in the database."""
    counts, sums = Counter[tuple[Kind, str]](), Counter[tuple[Kind, str]]()
    for line in lines:
        counts[line.kind, line.currency] += 1
        sums[line.kind, line.currency] += line.amount
    return _in_order(Tally(*which, count, sums[which]) for which, count in counts.items())


def _in_order(found: Iterable[Tally]) -> tuple[Tally, ...]:
    return tuple(sorted(found, key=lambda one: (list(Kind).index(one.kind), -one.count, one.currency)))
