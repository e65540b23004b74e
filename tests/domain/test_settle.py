"""What people can rely on when they settle up."""

from collections.abc import Iterator, Mapping
from random import Random

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from mycount.domain.errors import Invalid
from mycount.domain.ids import MemberId
from mycount.domain.settle import LIMIT, Plan, Transfer, settle
from tests.at_work import is_soon_done

ANN, BEN, EVA, FAY, GUS, HAL = map(MemberId, range(1, 7))

Balances = dict[MemberId, int]


@st.composite
def balances(draw: st.DrawFn, most: int = 9, least: int = 0) -> Balances:
    """Balances that sum to zero; small amounts, so that many plans are equally short."""
    size = draw(st.integers(least, most))
    amount = draw(st.sampled_from([2, 5, 10, 10**5]))
    owed = (
        draw(st.lists(st.integers(-amount, amount).filter(bool), min_size=size - 1, max_size=size - 1))
        if size
        else []
    )
    members = draw(st.permutations(range(1, size + 1)))
    amounts = [*owed, -sum(owed)] if size else []
    return {MemberId(member): amount for member, amount in zip(members, amounts, strict=True)}


def paid(before: Mapping[MemberId, int], pay: Transfer) -> Balances:
    after = dict(before)
    after[pay.payer] += pay.amount
    after[pay.payee] -= pay.amount
    return after


def without(plan: Plan, pay: Transfer) -> list[Transfer]:
    return [other for other in plan.transfers if other != pay]


def most_groups(amounts: list[int]) -> int:
    """The most groups that sum to zero, by trying every way to divide the people into groups."""

    def ways(rest: list[int], groups: list[int]) -> Iterator[int]:
        if not rest:
            yield len(groups) if not any(groups) else 0
            return
        for i in range(len(groups)):
            yield from ways(rest[1:], [*groups[:i], groups[i] + rest[0], *groups[i + 1 :]])
        yield from ways(rest[1:], [*groups, rest[0]])

    return max(ways(amounts, []))


def test_the_one_who_paid_for_all_gets_it_from_each() -> None:
    plan = settle({ANN: 3000, BEN: -1000, EVA: -2000})
    assert plan == Plan((Transfer(BEN, ANN, 1000), Transfer(EVA, ANN, 2000)), fewest=True)


def test_nobody_pays_when_all_are_even() -> None:
    assert settle({ANN: 0, BEN: 0}) == settle({}) == Plan((), fewest=True)


def test_people_whose_debts_cancel_out_settle_among_themselves() -> None:
    plan = settle({ANN: 500, BEN: 700, EVA: -700, FAY: -300, GUS: -200})
    assert set(plan.transfers) == {Transfer(EVA, BEN, 700), Transfer(FAY, ANN, 300), Transfer(GUS, ANN, 200)}


def test_the_first_who_is_owed_is_matched_with_the_last_who_owes() -> None:
    plan = settle({ANN: 400, BEN: 300, EVA: -200, FAY: -500})
    assert plan.transfers == (Transfer(EVA, BEN, 200), Transfer(FAY, ANN, 400), Transfer(FAY, BEN, 100))


def test_balances_that_are_not_even_in_sum_are_refused() -> None:
    with pytest.raises(Invalid):
        settle({ANN: 1000, BEN: -999})


@given(balances(most=30))
@settings(max_examples=150, deadline=None)
def test_everybody_is_even_after_the_plan(before: Balances) -> None:
    after = before
    for pay in settle(before).transfers:
        after = paid(after, pay)
    assert not any(after.values())


@given(balances(most=30))
@settings(max_examples=150, deadline=None)
def test_only_who_owes_pays_and_only_who_is_owed_receives(before: Balances) -> None:
    plan = settle(before)
    assert all(pay.amount > 0 and before[pay.payer] < 0 < before[pay.payee] for pay in plan.transfers)
    assert len(plan.transfers) == len({(pay.payer, pay.payee) for pay in plan.transfers})
    assert len(plan.transfers) < max(len(before), 1)


@given(balances(most=8))
@settings(max_examples=80, deadline=None)
def test_no_shorter_plan_exists(before: Balances) -> None:
    plan = settle(before)
    assert plan.fewest
    assert len(plan.transfers) == (len(before) - most_groups(list(before.values())) if before else 0)


@given(balances(most=LIMIT))
@settings(max_examples=120, deadline=None)
@example({ANN: 1, BEN: 1, EVA: 2, FAY: -1, GUS: -1, HAL: -2})
@example({ANN: 3, BEN: 2, EVA: 1, FAY: -1, GUS: -2, HAL: -3})
def test_paying_one_payment_of_the_plan_leaves_the_others_as_they_were(before: Balances) -> None:
    plan = settle(before)
    for pay in plan.transfers:
        assert list(settle(paid(before, pay)).transfers) == without(plan, pay)


@given(balances(most=LIMIT, least=2), st.data())
@settings(max_examples=100, deadline=None)
def test_paying_a_part_of_a_payment_never_makes_the_plan_longer(
    before: Balances, data: st.DataObject
) -> None:
    plan = settle(before)
    pay = data.draw(st.sampled_from(plan.transfers))
    part = Transfer(pay.payer, pay.payee, data.draw(st.integers(1, pay.amount)))
    assert len(settle(paid(before, part)).transfers) <= len(plan.transfers)


@given(balances(most=12), st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_the_order_in_which_people_are_given_means_nothing(before: Balances, chance: Random) -> None:
    shuffled = list(before.items())
    chance.shuffle(shuffled)
    assert settle(dict(shuffled)) == settle(before)


@given(balances(most=26, least=LIMIT + 1))
@settings(max_examples=80, deadline=None)
def test_in_a_crowd_too_the_others_stay_as_they_were_unless_two_become_opposites(before: Balances) -> None:
    plan = settle(before)
    for pay in plan.transfers:
        after = paid(before, pay)
        touched = [after[member] for member in (pay.payer, pay.payee) if after[member]]
        opposites = any(-left in after.values() for left in touched)
        if not opposites and not crosses_limit(before, after):
            assert list(settle(after).transfers) == without(plan, pay)


def crosses_limit(before: Balances, after: Balances) -> bool:
    """Whether few enough people are left, in all or unpaired, that a shorter plan is looked for."""
    all_before, all_after = uneven(before), uneven(after)
    few = len(all_after) <= LIMIT
    return few or (len(unpaired(all_after)) <= LIMIT < len(unpaired(all_before)))


def uneven(balances: Balances) -> list[int]:
    return [balance for balance in balances.values() if balance]


def unpaired(amounts: list[int]) -> list[int]:
    left = list(amounts)
    for amount in amounts:
        if amount > 0 and -amount in left:
            left.remove(amount)
            left.remove(-amount)
    return left


def test_in_a_crowd_exact_opposites_are_paired() -> None:
    crowd = {MemberId(member): (member if member <= 20 else 20 - member) * 100 for member in range(1, 41)}
    plan = settle(crowd)
    assert plan.fewest
    assert [pay.amount for pay in plan.transfers] == [member * 100 for member in range(1, 21)]


def test_of_many_alike_the_first_who_is_owed_is_paired_with_the_last_who_owes() -> None:
    crowd = {MemberId(member): 100 if member <= 10 else -100 for member in range(1, 21)}
    assert [(pay.payee, pay.payer) for pay in settle(crowd).transfers] == list(
        zip(range(10, 0, -1), range(11, 21), strict=True)
    )


def test_a_crowd_without_opposites_settles_but_claims_nothing() -> None:
    crowd = {MemberId(member): 3**member for member in range(1, 20)}
    crowd[MemberId(20)] = -sum(crowd.values())
    plan = settle(crowd)
    assert not plan.fewest
    assert len(plan.transfers) == 19


@given(balances(most=LIMIT, least=LIMIT))
@settings(max_examples=40, deadline=None)
def test_looking_for_the_shortest_plan_takes_no_time_that_one_could_notice(before: Balances) -> None:
    assume(all(before.values()))
    assert is_soon_done(lambda: settle(before), seconds=0.3)


@pytest.mark.parametrize(
    "amounts",
    [[1] * 7 + [-1] * 7, [*range(1, 8), *range(-7, 0)], [2] * 7 + [-1] * 6 + [-8], [1] * 13 + [-13]],
    ids=["all alike", "seven pairs", "many triples", "one who paid for all"],
)
def test_the_hardest_balances_are_settled_at_once(amounts: list[int]) -> None:
    before = {MemberId(member): amount for member, amount in enumerate(amounts, 1)}
    assert settle(before).fewest
    assert is_soon_done(lambda: settle(before), seconds=0.3)
