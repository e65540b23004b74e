"""Insights: what was spent by month, by category and by person is, to the cent, what the expenses say."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mycount.domain.ledger import Kind
from mycount.domain.split import Mode
from mycount.services import expenses, insights, members
from mycount.services.views import CurrencySpending, Insights, PersonSpent, Spent
from tests.world import Scene, World

PEOPLE = ("Ann", "Bo", "Cy")
CATEGORIES = ("groceries", "hotel", "taxi")
FIRST = date(2025, 11, 20)

bills = st.fixed_dictionaries(
    {
        "amount": st.integers(1, 10_000_000),
        "payer": st.sampled_from(PEOPLE),
        "people": st.lists(st.sampled_from(PEOPLE), min_size=1, unique=True),
        "day": st.integers(0, 140).map(lambda days: FIRST + timedelta(days=days)),
        "category": st.sampled_from(CATEGORIES),
        "currency": st.sampled_from(["EUR", "JPY"]),
        "kind": st.sampled_from([Kind.EXPENSE, Kind.EXPENSE, Kind.INCOME]),
    }
)
days = st.none() | st.integers(-5, 150).map(lambda days: FIRST + timedelta(days=days))


def test_expenses_add_incomes_subtract_and_neither_payments_nor_what_is_deleted_counts(world: World) -> None:
    scene = world.group("Ann", "Bo")
    scene.add(10_000, "Ann", category="hotel", day=date(2026, 2, 28))
    scene.add(3_000, "Bo", ["Bo"], category="groceries", day=date(2026, 3, 1))
    scene.add(2_000, "Ann", category="hotel", day=date(2026, 3, 2), kind=Kind.INCOME)
    scene.pay(4_000, "Bo", "Ann")
    expenses.delete(scene.owner, scene.id, scene.add(9_999, "Ann", category="taxi"))

    (euros,) = insights.see(scene.owner, scene.id).spending
    assert euros == CurrencySpending(
        currency="EUR",
        total=Spent(11_000, 4_000),
        months={date(2026, 2, 1): Spent(10_000, 5_000), date(2026, 3, 1): Spent(1_000, -1_000)},
        categories={"hotel": Spent(8_000, 4_000), "groceries": Spent(3_000, 0)},
        people={
            scene.members["Ann"]: PersonSpent(share=4_000, paid=8_000),
            scene.members["Bo"]: PersonSpent(share=7_000, paid=3_000),
        },
    )


def test_all_who_look_are_shown_the_same_and_what_has_changed_since(world: World) -> None:
    scene = world.group("Ann", "Bo")
    bo = world.join(scene, "Bo")
    ann_has, bo_has = scene.members["Ann"], scene.members["Bo"]
    expense_id = scene.add(3_000, "Ann", ["Bo"])
    everybody = {ann_has: PersonSpent(share=0, paid=3_000), bo_has: PersonSpent(share=3_000, paid=0)}
    for who, mine in ((scene.owner, 0), (bo, 3_000), (scene.owner, 0)):
        (euros,) = insights.see(who, scene.id).spending
        assert (euros.people, euros.total) == (everybody, Spent(3_000, mine))
    expenses.delete(bo, scene.id, expense_id)
    assert [insights.see(who, scene.id).spending for who in (scene.owner, bo)] == [(), ()]


def test_both_ends_of_a_period_count(world: World) -> None:
    scene = world.group("Ann", "Bo")
    for number, day in enumerate(("2026-01-31", "2026-02-01", "2026-02-28", "2026-03-01")):
        scene.add(10**number, "Ann", day=date.fromisoformat(day))
    february = insights.see(scene.owner, scene.id, since=date(2026, 2, 1), until=date(2026, 2, 28))
    assert [each.total.everyone for each in february.spending] == [110]
    since = insights.see(scene.owner, scene.id, since=date(2026, 3, 1))
    assert [each.total.everyone for each in since.spending] == [1000]
    assert insights.see(scene.owner, scene.id, since=date(2026, 4, 1)).spending == ()


def test_each_currency_is_by_itself_and_the_groups_own_comes_first(world: World) -> None:
    scene = world.group("Ann", "Bo")
    for currency in ("CHF", "USD", "EUR"):
        scene.add(1000, "Ann", currency=currency)
    assert [each.currency for each in insights.see(scene.owner, scene.id).spending] == ["EUR", "CHF", "USD"]


def test_my_share_is_that_of_whoever_asks(world: World) -> None:
    scene = world.group("Ann", "Bo")
    bo = world.join(scene, "Bo")
    scene.add(1000, "Ann", {"Ann": 700, "Bo": 300}, mode=Mode.AMOUNTS)
    for actor, share in ((scene.owner, 700), (bo, 300)):
        (euros,) = insights.see(actor, scene.id).spending
        assert euros.total == Spent(1000, share)


def test_whoever_has_left_is_still_counted(world: World) -> None:
    scene = world.group("Ann", "Bo")
    scene.add(1000, "Ann")
    scene.pay(500, "Bo", "Ann")
    members.remove(scene.owner, scene.id, scene.members["Bo"])
    (euros,) = insights.see(scene.owner, scene.id).spending
    assert euros.people[scene.members["Bo"]] == PersonSpent(share=500, paid=0)


def test_months_categories_and_people_each_sum_to_what_the_expenses_say(world: World) -> None:
    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(bills, max_size=12), days, days)
    def check(typed: list[dict[str, object]], since: date | None, until: date | None) -> None:
        scene = world.group(*PEOPLE)
        for bill in typed:
            scene.add(**bill)  # type: ignore[arg-type]
        scene.pay(777, "Bo", "Cy", day=FIRST)
        seen = insights.see(scene.owner, scene.id, since=since, until=until)
        _assert_sums(scene, seen, lambda day: (since or day) <= day <= (until or day))

    check()


def _assert_sums(scene: Scene, seen: Insights, within: Callable[[date], bool]) -> None:
    everyone, mine, share, paid = (Counter[object]() for _ in range(4))
    for line in expenses.listed(scene.owner, scene.id, limit=400).lines:
        if line.kind is Kind.PAYMENT or not within(line.day):
            continue
        sign = -1 if line.kind is Kind.INCOME else 1
        whole = expenses.see(scene.owner, scene.id, line.id)
        for place in (
            line.currency,
            (line.currency, line.day.replace(day=1)),
            (line.currency, line.category),
        ):
            everyone[place] += sign * line.amount
            mine[place] += sign * whole.parts.get(scene.members["Ann"], 0)
        share.update({(line.currency, who): sign * part for who, part in whole.parts.items()})
        paid.update({(line.currency, who): sign * part for who, part in line.payers.items()})

    for one in seen.spending:
        assert one.total == Spent(everyone[one.currency], mine[one.currency])
        assert [*one.months] == sorted(one.months)
        for sums in (one.months, one.categories):
            assert sum(spent.everyone for spent in sums.values()) == one.total.everyone
            assert sum(spent.mine for spent in sums.values()) == one.total.mine
            for key, spent in sums.items():
                assert spent == Spent(everyone.pop((one.currency, key)), mine.pop((one.currency, key)))
        assert sum(person.share for person in one.people.values()) == one.total.everyone
        assert sum(person.paid for person in one.people.values()) == one.total.everyone
        for who, person in one.people.items():
            assert person == PersonSpent(share[one.currency, who], paid[one.currency, who])
        assert one.people.get(scene.members["Ann"], PersonSpent(0, 0)).share == one.total.mine
    assert everyone.keys() == {one.currency for one in seen.spending}, "something was left out"
