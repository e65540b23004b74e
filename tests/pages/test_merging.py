"""Two versions of one expense: what is told apart, and what comes out of both."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from mycount.domain.ids import MemberId
from mycount.domain.ledger import Kind
from mycount.domain.split import Mode
from mycount.services.views import Draft, differing
from pages.merging import merged, only_mine

ANN, BO = MemberId(1), MemberId(2)
BEFORE = Draft(
    title="Dinner",
    amount=1000,
    currency="EUR",
    payers={ANN: 1000},
    typed={ANN: Decimal(1), BO: Decimal(1)},
    category="restaurant",
    day=date(2026, 3, 1),
    submit_key="k",
)


def test_the_same_twice_differs_in_nothing() -> None:
    assert (
        differing(BEFORE, replace(BEFORE, submit_key="other", typed={BO: Decimal(0), ANN: Decimal(0)})) == ()
    )


def test_another_amount_is_no_other_payer() -> None:
    assert differing(BEFORE, replace(BEFORE, amount=2000, payers={ANN: 2000})) == ("amount",)


def test_another_currency_is_another_amount() -> None:
    assert differing(BEFORE, replace(BEFORE, currency="JPY")) == ("amount",)


def test_people_and_way_of_splitting_are_the_split() -> None:
    assert differing(BEFORE, replace(BEFORE, typed={ANN: Decimal(1)})) == ("split",)
    assert differing(BEFORE, replace(BEFORE, mode=Mode.SHARES)) == ("split",)
    shares = replace(BEFORE, mode=Mode.SHARES)
    assert differing(shares, replace(shares, typed={ANN: Decimal("1.0"), BO: Decimal(2)})) == ("split",)


def test_a_payment_of_another_amount_goes_to_the_same() -> None:
    paid = replace(BEFORE, kind=Kind.PAYMENT, mode=Mode.AMOUNTS, typed={BO: Decimal(1000)})
    assert differing(paid, replace(paid, amount=500, payers={ANN: 500}, typed={BO: Decimal(500)})) == (
        "amount",
    )


def test_what_only_i_changed_is_mine_without_asking() -> None:
    mine = replace(BEFORE, title="Supper", note="late")
    theirs = replace(BEFORE, title="Dinner out", day=date(2026, 3, 2))
    assert only_mine(BEFORE, mine, theirs) == {"note"}
    assert only_mine(None, mine, theirs) == frozenset()


def test_one_is_made_of_both() -> None:
    mine = replace(BEFORE, title="Supper", amount=3000, payers={ANN: 3000}, submit_key="mine")
    theirs = replace(BEFORE, title="Dinner out", payers={BO: 1000}, day=date(2026, 3, 2))
    one = merged(mine, theirs, ["amount"])
    assert (one.title, one.amount, one.payers, one.day) == ("Dinner out", 3000, {BO: 3000}, date(2026, 3, 2))
    assert differing(merged(mine, theirs, ["amount", "title", "payers", "day"]), mine) == ()
