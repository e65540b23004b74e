"""What an entry changes in the balances. A balance is the sum of these changes, and nothing else."""

from collections.abc import Mapping
from enum import StrEnum

from mycount.domain.errors import Invalid
from mycount.domain.ids import MemberId
from mycount.domain.words import N_


class Kind(StrEnum):
    """What an entry is: money spent for members, money that came in for them, or what one gave another."""

    EXPENSE = "expense"
    INCOME = "income"
    PAYMENT = "payment"


def effects(kind: Kind, payers: Mapping[MemberId, int], parts: Mapping[MemberId, int]) -> dict[MemberId, int]:
    """Give the change of each balance, in minor units, for everybody who is in the entry; the changes sum to
    zero.

    `payers` is who paid how much, or with INCOME who received it; `parts` is for whom, and with PAYMENT to
    whom. A balance above zero is owed to the member. Who paid as much as their part is there with a change of
    0.

    Refuses (Invalid) amounts below zero, and payers and parts that do not sum to the same.

    >>> ann, ben = MemberId(1), MemberId(2)
    >>> effects(Kind.EXPENSE, {ann: 1000}, {ann: 500, ben: 500})
    {1: 500, 2: -500}
    >>> effects(Kind.PAYMENT, {ben: 500}, {ann: 500})
    {1: -500, 2: 500}
    """
    if any(amount < 0 for amount in (*payers.values(), *parts.values())):
        raise Invalid(N_("Amounts cannot be below zero. For money that came in, choose “income”."))
    if sum(payers.values()) != sum(parts.values()):
        raise Invalid(N_("What was paid and what everybody bears must add up to the same amount."))
    sign = -1 if kind is Kind.INCOME else 1
    return {
        member: sign * (payers.get(member, 0) - parts.get(member, 0)) for member in sorted({*payers, *parts})
    }
