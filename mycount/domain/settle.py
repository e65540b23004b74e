"""Who pays whom how much, so that everybody is even with few payments, in a plan that does not jump about.

**The fewest.** Whoever is not even stands in a group whose balances sum to zero; n people who fall into k
such groups need n - k payments, so the fewest payments come from the most groups. All groups are looked at,
for up to LIMIT people.

**One choice among many.** Usually several plans are equally short, even if only who owes pays, and only who
is owed receives. Write such a plan as a table: a row for each creditor in the order of member ids, a column
for each debtor from the last id to the first, an amount in each cell. The plan chosen is the one whose table,
read row by row, is the greatest: the first creditor gets as much as can be from the last debtor.

**Why it stays.** Let a payment of the plan P be made. Whatever plan Q is now possible, Q with that payment
added is a plan for the balances before. So if Q were shorter, or as short and greater, than the rest of P,
then Q with the payment would have been shorter or greater than P, for adding the same amount to the same cell
of two tables does not change which is greater. But P was chosen: so what is chosen now is exactly the rest of
P.

**Beyond LIMIT** people, first everybody who finds their exact opposite is paired with them. That costs
nothing: swapping members so that two opposites make a group of their own leaves at least as many groups. If
at most LIMIT people remain, the plan for them is as above and the whole is still the fewest; if more remain,
they pay in the order of the table and nothing is claimed. There, the rest stays as it was unless a payment
makes somebody the exact opposite of somebody else, or leaves only LIMIT people (in all, or unpaired), for
whom a shorter plan may be found.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from mycount.domain.errors import Invalid
from mycount.domain.ids import MemberId
from mycount.domain.words import N_

LIMIT: Final = 14
"""For how many people the fewest payments are searched: the work doubles with each of them."""


@dataclass(frozen=True)
class Transfer:
    """A payment that the plan asks for, in minor units, always above zero."""

    payer: MemberId
    payee: MemberId
    amount: int


@dataclass(frozen=True)
class Plan:
    """The payments after which everybody is even, by payer; `fewest` says that no shorter plan exists."""

    transfers: tuple[Transfer, ...]
    fewest: bool


def settle(balances: Mapping[MemberId, int]) -> Plan:
    """Plan who pays whom; balances are minor units of one currency, above zero for who is owed.

    Refuses (Invalid) balances that do not sum to zero.

    >>> ann, ben, eva = MemberId(1), MemberId(2), MemberId(3)
    >>> [(pay.payer, pay.payee, pay.amount) for pay in settle({ann: 3000, ben: -1000, eva: -2000}).transfers]
    [(2, 1, 1000), (3, 1, 2000)]
    """
    if sum(balances.values()):
        raise Invalid(
            N_("The balances do not add up to zero. Ask whoever runs this server to check the books.")
        )
    uneven = {member: balance for member, balance in balances.items() if balance}
    pairs: list[Transfer] = []
    if len(uneven) > LIMIT:
        pairs = _opposites(uneven)
        for pair in pairs:
            del uneven[pair.payer], uneven[pair.payee]
    fewest = len(uneven) <= LIMIT
    rest = _fewest(uneven) if fewest else _in_order(uneven)
    return Plan(tuple(sorted([*pairs, *rest], key=lambda pay: (pay.payer, pay.payee))), fewest)


def _opposites(balances: Mapping[MemberId, int]) -> list[Transfer]:
    """Pair those who owe exactly what another is owed, the first creditor with the last debtor."""
    members: dict[int, list[MemberId]] = defaultdict(list)
    for member in sorted(balances):
        members[balances[member]].append(member)
    pairs = []
    for amount in [balance for balance in members if balance > 0]:
        creditors, debtors = members[amount], members.get(-amount, [])
        count = min(len(creditors), len(debtors))
        # the first of each side, so that the same people stay paired when one of the pairs has paid
        both = zip(creditors[:count], reversed(debtors[:count]), strict=True)
        pairs += [Transfer(debtor, creditor, amount) for creditor, debtor in both]
    return pairs


def _in_order(balances: Mapping[MemberId, int]) -> list[Transfer]:
    """Fill the table row by row, each cell as far as it goes: the greatest, in fewer payments than people."""
    left = {member: abs(balance) for member, balance in balances.items()}
    creditors = [member for member in sorted(balances, reverse=True) if balances[member] > 0]
    debtors = [member for member in sorted(balances) if balances[member] < 0]
    transfers = []
    while creditors:
        pay = Transfer(debtors[-1], creditors[-1], min(left[debtors[-1]], left[creditors[-1]]))
        transfers.append(pay)
        for side in (creditors, debtors):
            left[side[-1]] -= pay.amount
            if not left[side[-1]]:
                side.pop()
    return transfers


def _fewest(balances: Mapping[MemberId, int]) -> list[Transfer]:
    """Find the most groups that sum to zero and, among those choices, the greatest table.

    Sets of members are the bits of an int. A group that holds no smaller one settles by `_in_order`: its
    table is the greatest there is for it, and it needs one payment fewer than it has people.
    """
    members = sorted(balances)
    plans = {
        group: _in_order({members[i]: balances[members[i]] for i in _bits(group)})
        for group in _groups(balances)
    }
    worth = _worths(plans, members, max(map(abs, balances.values()), default=0))
    by_first: dict[int, list[int]] = defaultdict(list)
    for group in plans:
        by_first[group & -group].append(group)

    everybody = (1 << len(members)) - 1
    best: dict[int, tuple[int, int]] = {0: (0, 0)}  # for a set: the worth of its best groups, and one of them

    def value(people: int) -> int:
        if people not in best:
            inside = [group for group in by_first[people & -people] if group & people == group]
            best[people] = max((worth[group] + value(people ^ group), group) for group in inside)
        return best[people][0]

    value(everybody)
    transfers = []
    while everybody:
        group = best[everybody][1]
        transfers += plans[group]
        everybody ^= group
    return transfers


def _groups(balances: Mapping[MemberId, int]) -> list[int]:
    """Find the sets that sum to zero and hold no smaller set that does: bits in the order of member ids."""
    amounts = [balances[member] for member in sorted(balances)]
    sums = [0]
    for amount in amounts:
        sums += [amount + smaller for smaller in sums]
    bits = [1 << i for i in range(len(amounts))]
    holds = bytearray(len(sums))  # whether a set holds one that sums to zero
    groups = []
    for people in range(1, len(sums)):
        if any(holds[people & ~bit] for bit in bits if people & bit):
            holds[people] = 1
        elif not sums[people]:
            holds[people] = 1
            groups.append(people)
    return groups


def _worths(plans: Mapping[int, list[Transfer]], members: list[MemberId], most: int) -> dict[int, int]:
    """Give each group a number such that the greatest sum means: the most groups, then the greatest table.

    The cells of the table are the digits of the number, the first cell the highest; above them one is counted
    for the group itself. No amount is wider than a digit, so sums never carry from one cell to the next.
    """
    size = len(members)
    width = most.bit_length()
    place = {member: i for i, member in enumerate(members)}

    def cell(pay: Transfer) -> int:
        return pay.amount << width * ((size - 1 - place[pay.payee]) * size + place[pay.payer])

    return {
        group: (1 << width * size * size) + sum(map(cell, transfers)) for group, transfers in plans.items()
    }


def _bits(number: int) -> Iterable[int]:
    return (i for i in range(number.bit_length()) if number >> i & 1)
