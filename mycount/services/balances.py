"""Why a balance is what it is: the lines that make it, to the cent, from the same stored parts."""

from datetime import date

from sqlalchemy import select

from mycount.db.tables import BalanceRow
from mycount.domain.currency import exponent
from mycount.domain.ids import ExpenseId, GroupId, MemberId, UserId
from mycount.services import access, finding, listing
from mycount.services.operation import operation
from mycount.services.views import Filter, Money, Why


@operation
def why(
    actor: UserId,
    group_id: GroupId,
    member_id: MemberId,
    currency: str,
    *,
    after: tuple[date, ExpenseId] | None = None,
    limit: int = 100,
) -> Why:
    """Give a member's balance in one currency with the expenses that make it; their effects sum to it.

    `after` continues where the last stretch ended.
    """
    with access.reading(actor, group_id) as door:
        door.member(member_id)
        exponent(currency)
        wanted = Filter(person=member_id, currency=currency)
        which = finding.conditions(door, wanted, for_a_page=True)
        balance = door.session.scalar(
            select(BalanceRow.balance).where(
                BalanceRow.member_id == member_id, BalanceRow.currency == currency
            )
        )
        page = listing.page(door.session, which, after, limit, seen_by=member_id)
        return Why(member_id, Money(balance or 0, currency), page)
