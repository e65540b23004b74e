"""Balances: why each is what it is, to the cent, and the plan that makes everybody even."""

from datetime import date

from mycount.domain.errors import NotFound
from mycount.domain.ids import MemberId
from mycount.domain.ledger import Kind
from mycount.domain.settle import Transfer
from mycount.services import balances, expenses, members
from tests.world import Scene, World


def test_the_lines_behind_a_balance_sum_to_it_for_everybody_and_each_currency(world: World) -> None:
    scene = _lived_in(world)
    shown = scene.see()
    for money in shown.money:
        assert sum(money.balances.values()) == 0
        for member_id, balance in money.balances.items():
            why = balances.why(scene.owner, scene.id, member_id, money.currency)
            assert (why.money.amount, why.money.currency) == (balance, money.currency)
            assert sum(line.effect for line in why.page.lines) == balance


def test_only_what_concerns_the_member_is_behind_their_balance(world: World) -> None:
    scene = world.group("Ann", "Bo", "Cy")
    paid = scene.add(1000, "Ann", ["Bo"], day=date(2026, 1, 1))
    scene.add(1000, "Bo", ["Cy"])
    scene.add(1000, "Ann", ["Bo"], currency="JPY")
    expenses.delete(scene.owner, scene.id, scene.add(1000, "Ann", ["Bo"]))
    received = scene.pay(400, "Bo", "Ann", day=date(2026, 1, 2))
    why = balances.why(scene.owner, scene.id, scene.members["Ann"], "EUR")
    assert [(line.id, line.effect) for line in why.page.lines] == [(received, -400), (paid, 1000)]


def test_a_long_explanation_is_read_in_stretches(world: World) -> None:
    scene = world.group("Ann", "Bo")
    for amount in range(100, 107):
        scene.add(amount, "Ann")
    read, after = [], None
    for size in (3, 3, 1):
        why = balances.why(scene.owner, scene.id, scene.members["Bo"], "EUR", after=after, limit=size)
        read += [line.effect for line in why.page.lines]
        after = why.page.after
    assert after is None
    assert (len(read), sum(read)) == (7, scene.balance("Bo"))


def test_a_removed_members_balance_is_still_explained(world: World) -> None:
    scene = world.group("Ann", "Bo")
    scene.add(1000, "Ann")
    members.remove(scene.owner, scene.id, scene.members["Bo"])
    assert scene.balance("Bo") == -500


def test_who_has_no_expense_in_a_currency_is_even_in_it(world: World) -> None:
    scene = world.group("Ann")
    for currency in ("EUR", "USD"):
        why = balances.why(scene.owner, scene.id, scene.members["Ann"], currency)
        assert (why.money.amount, why.page.lines) == (0, ())


def test_nobody_of_another_group_is_explained(world: World) -> None:
    scene, elsewhere = world.group("Ann"), world.group("Di")
    for stranger in (elsewhere.members["Di"], MemberId(999)):
        with world.refused(NotFound, "There is no such person in this group."):
            balances.why(scene.owner, scene.id, stranger, "EUR")


def test_paying_what_the_plan_says_makes_everybody_even_one_payment_after_the_other(world: World) -> None:
    scene = _lived_in(world)
    names = {member: name for name, member in scene.members.items()}
    for currency in ("EUR", "JPY"):
        while transfers := _plan(scene, currency):
            first, *rest = transfers
            payer, payee = names[first.payer], names[first.payee]
            scene.pay(first.amount, payer, payee, currency=currency)
            assert list(_plan(scene, currency)) == rest
        assert not any(scene.balances(currency).values())


def test_a_payment_of_a_part_is_taken_off_the_plan_and_can_be_undone(world: World) -> None:
    scene = world.group("Ann", "Bo")
    scene.add(1000, "Ann")
    before = _plan(scene, "EUR")
    part = scene.pay(200, "Bo", "Ann")
    assert [transfer.amount for transfer in _plan(scene, "EUR")] == [300]
    expenses.delete(scene.owner, scene.id, part)
    assert _plan(scene, "EUR") == before


def _plan(scene: Scene, currency: str) -> tuple[Transfer, ...]:
    return next(money.plan.transfers for money in scene.see().money if money.currency == currency)


def _lived_in(world: World) -> Scene:
    scene = world.group("Ann", "Bo", "Cy", "Di")
    scene.add(1000, "Ann")
    scene.add(777, {"Bo": 700, "Cy": 77}, ["Ann", "Di"])
    scene.add(100, "Di", kind=Kind.INCOME)
    scene.add(5000, "Cy", currency="JPY")
    scene.pay(111, "Di", "Ann")
    return scene
