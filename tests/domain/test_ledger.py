"""What an entry does to the balances."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mycount.domain.errors import Invalid
from mycount.domain.ids import MemberId
from mycount.domain.ledger import Kind, effects

ANN, BEN, EVA = map(MemberId, range(1, 4))


def test_who_pays_is_owed_what_the_others_bear() -> None:
    changes = effects(Kind.EXPENSE, {ANN: 3000}, {ANN: 1000, BEN: 1000, EVA: 1000})
    assert changes == {ANN: 2000, BEN: -1000, EVA: -1000}


def test_several_may_pay_together() -> None:
    assert effects(Kind.EXPENSE, {ANN: 700, BEN: 300}, {BEN: 500, EVA: 500}) == {
        ANN: 700,
        BEN: -200,
        EVA: -500,
    }


def test_who_receives_money_for_all_owes_the_others_their_part() -> None:
    assert effects(Kind.INCOME, {ANN: 1000}, {ANN: 500, BEN: 500}) == {ANN: -500, BEN: 500}


def test_a_payment_settles_what_is_owed() -> None:
    expense = effects(Kind.EXPENSE, {ANN: 1000}, {BEN: 1000})
    payment = effects(Kind.PAYMENT, {BEN: 1000}, {ANN: 1000})
    assert {member: expense[member] + payment[member] for member in expense} == {ANN: 0, BEN: 0}


def test_who_paid_just_their_part_is_named_with_no_change() -> None:
    assert effects(Kind.EXPENSE, {ANN: 500, BEN: 500}, {ANN: 500, BEN: 500}) == {ANN: 0, BEN: 0}


ENTRIES = st.dictionaries(st.integers(1, 9).map(MemberId), st.integers(0, 10**15), min_size=1)


@given(st.sampled_from(Kind), ENTRIES, ENTRIES)
def test_the_changes_always_sum_to_zero(
    kind: Kind, payers: dict[MemberId, int], parts: dict[MemberId, int]
) -> None:
    missing = sum(payers.values()) - sum(parts.values())
    side = parts if missing > 0 else payers
    side[ANN] = side.get(ANN, 0) + abs(missing)
    changes = effects(kind, payers, parts)
    assert sum(changes.values()) == 0
    assert changes.keys() == payers.keys() | parts.keys()


@pytest.mark.parametrize(
    ("payers", "parts"),
    [({ANN: 1000}, {BEN: 999}), ({ANN: 1000, BEN: -500}, {EVA: 500}), ({ANN: 0}, {BEN: 5, EVA: -5})],
)
def test_what_does_not_add_up_is_refused(payers: dict[MemberId, int], parts: dict[MemberId, int]) -> None:
    with pytest.raises(Invalid):
        effects(Kind.EXPENSE, payers, parts)
