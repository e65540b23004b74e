"""What people can rely on when an amount is divided."""

from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mycount.domain.errors import Invalid
from mycount.domain.ids import MemberId
from mycount.domain.money import MAX_AMOUNT
from mycount.domain.split import Mode, Part, give_rest, off_by, split

ANN, BEN, EVA = map(MemberId, range(1, 4))

Typed = dict[MemberId, Decimal]


def typed(*numbers: int | str) -> Typed:
    return {MemberId(member): Decimal(number) for member, number in enumerate(numbers, 1)}


def amounts(parts: dict[MemberId, Part]) -> list[int]:
    return [part.amount for part in parts.values()]


MEMBERS = st.lists(st.integers(1, 50).map(MemberId), min_size=1, max_size=12, unique=True)
AMOUNTS = st.integers(1, 10**6) | st.integers(1, MAX_AMOUNT)


@st.composite
def splits(draw: st.DrawFn) -> tuple[int, Mode, Typed]:
    """An amount and what fits it, in every mode."""
    amount, mode, members = draw(AMOUNTS), draw(st.sampled_from(Mode)), draw(MEMBERS)
    weights = [draw(st.decimals(0, 1000, places=draw(st.integers(0, 6)))) for _ in members]
    weights[0] += 1
    numbers = dict(zip(members, weights, strict=True))
    match mode:
        case Mode.PERCENT:
            numbers = {
                member: Decimal(int(number) % (100 // len(members) + 1)) for member, number in numbers.items()
            }
            return amount, mode, give_rest(amount, mode, numbers, members[0])
        case Mode.AMOUNTS | Mode.ADJUST:
            sign = draw(st.sampled_from([1, -1])) if mode is Mode.ADJUST else 1
            most = amount // len(members)
            numbers = {
                member: Decimal(sign * (int(number) % (most + 1))) for member, number in numbers.items()
            }
            return amount, mode, give_rest(amount, mode, numbers, members[0])
        case _:
            return amount, mode, numbers


def exact(amount: int, mode: Mode, numbers: Typed) -> dict[MemberId, Fraction]:
    """What everybody's part would be if money could be divided at will, straight from the meaning of the mode."""
    weights = {member: Fraction(number) for member, number in numbers.items()}
    match mode:
        case Mode.EQUAL:
            return {member: Fraction(amount, len(weights)) for member in weights}
        case Mode.ADJUST:
            rest = Fraction(amount - sum(weights.values())) / len(weights)
            return {member: rest + weight for member, weight in weights.items()}
        case _:
            return {member: amount * weight / sum(weights.values()) for member, weight in weights.items()}


def test_left_over_cents_go_to_the_first_when_nobody_absorbed_any() -> None:
    assert amounts(split(1000, Mode.EQUAL, typed(0, 0, 0))) == [334, 333, 333]


def test_left_over_cents_go_to_who_absorbed_least() -> None:
    absorbed = {ANN: 666_667, BEN: -333_333, EVA: -333_334}
    assert amounts(split(1000, Mode.EQUAL, typed(0, 0, 0), absorbed)) == [333, 333, 334]


def test_what_was_absorbed_is_kept_in_millionths() -> None:
    assert split(1000, Mode.EQUAL, typed(0, 0, 0))[ANN] == Part(334, 666_667)


def test_shares_divide_by_weight_with_the_left_over_cent_to_the_largest_remainder() -> None:
    assert amounts(split(1000, Mode.SHARES, typed(2, 1, "0.5"))) == [571, 286, 143]


def test_percentages_divide_exactly() -> None:
    assert amounts(split(10_000, Mode.PERCENT, typed("33.3", "33.3", "33.4"))) == [3330, 3330, 3340]


def test_adjustments_come_on_top_of_an_equal_share_of_the_rest() -> None:
    assert amounts(split(3000, Mode.ADJUST, typed(300, 0, -300))) == [1300, 1000, 700]


@pytest.mark.parametrize("mode", [Mode.SHARES, Mode.PERCENT, Mode.AMOUNTS])
def test_who_has_zero_takes_no_part(mode: Mode) -> None:
    assert list(split(100, mode, typed(100, 0))) == [ANN]


def test_one_cent_among_three_still_has_three_who_take_part() -> None:
    assert amounts(split(1, Mode.EQUAL, typed(0, 0, 0))) == [1, 0, 0]


@given(splits())
@settings(max_examples=300)
def test_the_parts_add_up_to_the_amount(case: tuple[int, Mode, Typed]) -> None:
    assert sum(amounts(split(*case))) == case[0]


@given(splits())
@settings(max_examples=200)
def test_nobody_is_a_whole_unit_away_from_their_exact_part(case: tuple[int, Mode, Typed]) -> None:
    shares = exact(*case)
    parts = split(*case)
    assert set(parts) <= set(shares)
    for member, share in shares.items():
        part = parts.get(member, Part(0, 0))
        assert part.amount >= 0
        assert abs(part.amount - share) < 1
        assert abs(part.rounding - (part.amount - share) * 10**6) <= Fraction(1, 2)


@given(splits(), st.randoms(use_true_random=False))
@settings(max_examples=100)
def test_the_order_in_which_people_are_given_means_nothing(
    case: tuple[int, Mode, Typed], chance: Random
) -> None:
    amount, mode, numbers = case
    shuffled = list(numbers.items())
    chance.shuffle(shuffled)
    assert split(amount, mode, dict(shuffled)) == split(*case)


@pytest.mark.parametrize("people", [3, 7])
def test_after_500_equal_expenses_nobody_is_more_than_a_cent_ahead(people: int) -> None:
    members = typed(*[0] * people)
    absorbed = dict.fromkeys(members, 0)
    totals = dict.fromkeys(members, 0)
    for _ in range(500):
        for member, part in split(1000, Mode.EQUAL, members, absorbed).items():
            absorbed[member] += part.rounding
            totals[member] += part.amount
    assert max(totals.values()) - min(totals.values()) <= 1


@given(st.lists(st.integers(1, 10**5), max_size=60), st.integers(2, 9))
@settings(max_examples=60, deadline=None)
def test_nor_after_equal_expenses_of_any_amount(expenses: list[int], people: int) -> None:
    members = typed(*[0] * people)
    absorbed = dict.fromkeys(members, 0)
    totals = dict.fromkeys(members, 0)
    for amount in expenses:
        for member, part in split(amount, Mode.EQUAL, members, absorbed).items():
            absorbed[member] += part.rounding
            totals[member] += part.amount
    assert max(totals.values()) - min(totals.values()) <= 1


@pytest.mark.parametrize(
    ("amount", "mode", "numbers"),
    [
        (0, Mode.EQUAL, typed(0)),
        (-5, Mode.EQUAL, typed(0)),
        (MAX_AMOUNT + 1, Mode.EQUAL, typed(0)),
        (100, Mode.EQUAL, {}),
        (100, Mode.SHARES, typed(0, 0)),
        (100, Mode.SHARES, typed(2, -1)),
        (100, Mode.SHARES, typed("NaN")),
        (100, Mode.SHARES, typed("Infinity")),
        (100, Mode.SHARES, typed("1e1000000")),
        (100, Mode.SHARES, typed("1e-1000000")),
        (100, Mode.PERCENT, typed(50, "49.99")),
        (100, Mode.PERCENT, typed(101, -1)),
        (100, Mode.AMOUNTS, typed(50, 49)),
        (100, Mode.AMOUNTS, typed("50.5", "49.5")),
        (100, Mode.ADJUST, typed(101, 0)),
        (100, Mode.ADJUST, typed(-101, 0)),
        (100, Mode.ADJUST, typed("0.5", 0)),
        (100, Mode.ADJUST, {}),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence(amount: int, mode: Mode, numbers: Typed) -> None:
    with pytest.raises(Invalid) as refusal:
        split(amount, mode, numbers)
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize(
    ("mode", "numbers", "off"),
    [
        (Mode.EQUAL, typed(0, 0), None),
        (Mode.SHARES, typed(1, 5), None),
        (Mode.PERCENT, typed(50, "49.9"), Decimal("0.1")),
        (Mode.PERCENT, typed(60, 60), Decimal(-20)),
        (Mode.AMOUNTS, typed(400, 500), Decimal(100)),
        (Mode.AMOUNTS, typed(400, 700), Decimal(-100)),
        (Mode.AMOUNTS, typed(400, 600), Decimal(0)),
        (Mode.ADJUST, typed(100, 0), Decimal(0)),
        (Mode.ADJUST, typed(800, 300), Decimal(-100)),
        (Mode.ADJUST, typed(-1200, 0), Decimal(-200)),
    ],
)
def test_it_is_said_by_exactly_how_much_a_split_is_off(
    mode: Mode, numbers: Typed, off: Decimal | None
) -> None:
    assert off_by(1000, mode, numbers) == off


def test_the_rest_can_be_given_to_one_of_them() -> None:
    assert give_rest(1000, Mode.AMOUNTS, typed(400, 500), BEN) == typed(400, 600)
    assert give_rest(1000, Mode.PERCENT, typed(60, "45.5"), ANN) == typed("54.5", "45.5")
    assert give_rest(1000, Mode.ADJUST, typed(800, 300), ANN) == typed(700, 300)
    assert give_rest(1000, Mode.AMOUNTS, typed(400), BEN) == typed(400, 600)
    assert give_rest(1000, Mode.SHARES, typed(1, 2), BEN) == typed(1, 2)


@pytest.mark.parametrize(
    ("mode", "numbers"),
    [
        (Mode.AMOUNTS, typed(1200, 100)),
        (Mode.PERCENT, typed(120, 10)),
        (Mode.ADJUST, typed(0, -1200)),
    ],
)
def test_more_than_somebody_has_cannot_be_taken_from_them(mode: Mode, numbers: Typed) -> None:
    with pytest.raises(Invalid):
        give_rest(1000, mode, numbers, BEN)


@given(
    st.integers(1, 10**4),
    st.sampled_from([Mode.PERCENT, Mode.AMOUNTS, Mode.ADJUST]),
    st.lists(st.integers(-200, 5000), min_size=1, max_size=6),
    st.integers(1, 6).map(MemberId),
)
@settings(max_examples=300)
def test_after_the_rest_is_given_the_split_fits(
    amount: int, mode: Mode, numbers: list[int], member: MemberId
) -> None:
    try:
        given_all = give_rest(amount, mode, typed(*numbers), member)
    except Invalid:
        return
    assert off_by(amount, mode, given_all) == 0
    assert sum(amounts(split(amount, mode, given_all))) == amount


@given(st.integers(1, 10**4), st.lists(st.integers(-5000, 5000), min_size=1, max_size=6))
@settings(max_examples=200)
def test_adjustments_are_off_exactly_when_they_are_refused(amount: int, numbers: list[int]) -> None:
    shares = exact(amount, Mode.ADJUST, typed(*numbers)).values()
    fits = min(shares) >= 0 and sum(numbers) <= amount
    assert (off_by(amount, Mode.ADJUST, typed(*numbers)) == 0) is fits
