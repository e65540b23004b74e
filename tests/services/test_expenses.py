"""Expenses, incomes and payments: what they do to the balances, what is refused, and that nothing is stored twice."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import update

from mycount.db.tables import ExpenseRow
from mycount.domain.errors import Conflict, Invalid, NotFound
from mycount.domain.ids import ExpenseId, MemberId
from mycount.domain.ledger import Kind
from mycount.domain.money import MAX_AMOUNT
from mycount.domain.split import Mode
from mycount.services import expenses, history, members
from tests.world import World, assert_sound

NO_EXPENSE = "There is no such expense in this group."
REFUSED: list[tuple[dict[str, object], str]] = [
    ({"title": " "}, "Please fill this in."),
    ({"title": "x" * 201}, "200 characters at most"),
    ({"note": "x" * 2001}, "2000 characters at most"),
    ({"currency": "XYZ"}, "“XYZ” is not a currency."),
    ({"category": "nonsense"}, "Choose one of the categories."),
    ({"day": date(1899, 12, 31)}, "between 1900 and 2200"),
    ({"day": date(2201, 1, 1)}, "between 1900 and 2200"),
    ({"amount": 0}, "Type an amount above zero."),
    ({"amount": -1000}, "Type an amount above zero."),
    ({"amount": MAX_AMOUNT + 1}, "Type an amount above zero."),
    ({"amount": True}, "Enter a number."),
    ({"amount": 10.0}, "Enter a number."),
    ({"amount": 1001}, "does not add up to the amount"),
    ({"payers": {}}, "Say who paid."),
    ({"payers": {1: 500, 2: 0}}, "Type an amount above zero."),
    ({"payers": {1: 1500, 2: -500}}, "Type an amount above zero."),
    ({"typed": {}}, "Choose at least one person"),
    ({"mode": Mode.SHARES, "typed": {1: Decimal(0)}}, "Choose at least one person"),
    ({"mode": Mode.SHARES, "typed": {1: Decimal(-1)}}, "Use numbers of zero or more."),
    ({"mode": Mode.SHARES, "typed": {1: Decimal("NaN")}}, "Enter a number."),
    ({"mode": Mode.SHARES, "typed": {1: Decimal("1e999")}}, "Use smaller numbers"),
    ({"mode": Mode.PERCENT, "typed": {1: Decimal(99)}}, "must add up to 100"),
    ({"mode": Mode.AMOUNTS, "typed": {1: Decimal(999)}}, "must add up to the whole amount"),
    ({"mode": Mode.AMOUNTS, "typed": {1: Decimal("999.5")}}, "more decimals than the currency"),
    ({"mode": Mode.ADJUST, "typed": {1: Decimal(2000)}}, "The adjustments are larger"),
    ({"mode": Mode.ADJUST, "typed": {1: Decimal(0), 2: Decimal(-1001)}}, "The adjustments are larger"),
    ({"kind": Kind.PAYMENT, "typed": {1: Decimal(1000)}}, "from one person to one other"),
    ({"kind": Kind.PAYMENT, "typed": {2: Decimal(1), 3: Decimal(1)}}, "from one person to one other"),
    ({"kind": Kind.PAYMENT, "payers": {1: 500, 2: 500}}, "from one person to one other"),
]
"""What is changed in a good expense of 10.00, and the words by which it is refused then."""


@pytest.mark.parametrize(
    ("mode", "typed", "parts"),
    [
        (Mode.EQUAL, {"Ann": 1, "Bo": 1, "Cy": 1}, {"Ann": 334, "Bo": 333, "Cy": 333}),
        (Mode.EQUAL, {"Bo": 1, "Cy": 1}, {"Bo": 500, "Cy": 500}),
        (Mode.SHARES, {"Ann": 2, "Bo": "1.5", "Cy": 0}, {"Ann": 571, "Bo": 429}),
        (Mode.PERCENT, {"Ann": "33.3", "Bo": "66.7", "Cy": 0}, {"Ann": 333, "Bo": 667}),
        (Mode.AMOUNTS, {"Ann": 1, "Bo": 999, "Cy": 0}, {"Ann": 1, "Bo": 999}),
        (Mode.ADJUST, {"Ann": 100, "Bo": 0, "Cy": -50}, {"Ann": 417, "Bo": 317, "Cy": 266}),
    ],
)
def test_an_expense_is_split_in_every_way_and_its_parts_make_up_the_amount(
    world: World, mode: Mode, typed: Mapping[str, int | str | Decimal], parts: dict[str, int]
) -> None:
    scene = world.group("Ann", "Bo", "Cy")
    expense_id = scene.add(1000, "Ann", typed, mode=mode)
    assert scene.parts(expense_id) == parts
    assert {name: balance for name, balance in scene.balances().items() if balance} == {
        name: 1000 * (name == "Ann") - parts.get(name, 0) for name in sorted({"Ann", *parts})
    }
    assert_sound()


@pytest.mark.parametrize(
    ("kind", "balances"),
    [
        (Kind.EXPENSE, {"Ann": 600, "Bo": -200, "Cy": -400}),
        (Kind.INCOME, {"Ann": -600, "Bo": 200, "Cy": 400}),
    ],
)
def test_several_people_pay_or_receive_at_once(world: World, kind: Kind, balances: dict[str, int]) -> None:
    scene = world.group("Ann", "Bo", "Cy")
    scene.add(1200, {"Ann": 1000, "Bo": 200}, kind=kind)
    assert scene.balances() == balances
    assert_sound()


def test_a_payment_goes_from_one_to_one_and_makes_them_even(world: World) -> None:
    scene = world.group("Ann", "Bo")
    scene.add(1000, "Ann")
    payment = scene.pay(200, "Bo", "Ann")
    assert scene.balances() == {"Ann": 300, "Bo": -300}
    scene.pay(300, "Bo", "Ann")
    assert scene.balances() == {"Ann": 0, "Bo": 0}
    assert scene.see().money[0].plan.transfers == ()
    draft = scene.expense(payment).draft
    assert (draft.kind, draft.category, draft.mode) == (Kind.PAYMENT, "payment", Mode.AMOUNTS)
    event = history.of_group(scene.owner, scene.id)[0]
    assert (event.verb, event.subject) == ("paid", "Bo → Ann")


def test_every_currency_has_balances_of_its_own(world: World) -> None:
    scene = world.group("Ann", "Bo")
    scene.add(1000, "Ann")
    scene.add(1000, "Bo", currency="JPY")
    assert scene.balances("EUR") == {"Ann": 500, "Bo": -500}
    assert scene.balances("JPY") == {"Ann": -500, "Bo": 500}
    assert [money.currency for money in scene.see().money] == ["EUR", "JPY"]


def test_left_over_cents_go_round_so_that_nobody_bears_more_than_one_of_them(world: World) -> None:
    scene = world.group("Ann", "Bo", "Cy", "Di", "Em", "Fay", "Gus")
    for _ in range(20):
        scene.add(1000, "Ann")
    balances = scene.balances()
    borne = {name: -balance for name, balance in balances.items() if name != "Ann"}
    assert max(borne.values()) - min(borne.values()) <= 1


def test_an_income_gives_everybody_back_what_the_same_expense_took(world: World) -> None:
    scene = world.group("Ann", "Bo", "Cy")
    for kind in (Kind.EXPENSE, Kind.INCOME, Kind.INCOME, Kind.EXPENSE):
        scene.add(1000, "Ann", kind=kind)
    assert not any(scene.balances().values())


def test_what_was_typed_is_stored_beside_what_came_of_it(world: World) -> None:
    scene = world.group("Ann", "Bo")
    draft = scene.draft(
        1000,
        "Ann",
        {"Ann": "33.30", "Bo": "66.70"},
        mode=Mode.PERCENT,
        title="  Sunset   cruise ",
        note=" with dolphins \r\n ",
        category="travel",
        day=date(2026, 2, 28),
        currency="USD",
        submit_key="made by the page",
    )
    expense_id = expenses.add(scene.owner, scene.id, draft)
    view = scene.expense(expense_id)
    assert view.draft == replace(draft, title="Sunset cruise", note="with dolphins")
    assert [str(typed) for typed in view.draft.typed.values()] == ["33.30", "66.70"]
    me = scene.members["Ann"]
    assert (view.version, view.created_by, view.changed_by, view.is_deleted) == (1, me, me, False)
    assert view.created_at == view.changed_at


def test_an_expense_is_refused_in_words_when_added_and_when_edited(world: World) -> None:
    scene = world.group("Ann", "Bo", "Cy")
    assert list(scene.members.values()) == [1, 2, 3]
    expense_id = scene.add(1000, "Ann")
    for change, words in REFUSED:
        draft = replace(scene.draft(1000, "Ann"), **change)  # type: ignore[arg-type]
        with world.refused(Invalid, words):
            expenses.add(scene.owner, scene.id, draft)
        with world.refused(Invalid, words):
            expenses.edit(scene.owner, scene.id, expense_id, 1, draft)


def test_nobody_of_another_group_gets_into_an_expense(world: World) -> None:
    scene, elsewhere = world.group("Ann", "Bo"), world.group("Di", "Em")
    scene.members["Em"] = elsewhere.members["Em"]
    scene.members["Nobody"] = MemberId(999)
    for stranger in ("Em", "Nobody"):
        for draft in (
            scene.draft(1000, stranger, ["Ann"]),
            scene.draft(1000, "Ann", ["Ann", stranger]),
            scene.payment(1000, "Ann", stranger),
        ):
            with world.refused(Invalid, "Somebody in this expense is not in the group."):
                expenses.add(scene.owner, scene.id, draft)


def test_a_removed_member_is_in_no_new_expense_but_can_become_even(world: World) -> None:
    scene = world.group("Ann", "Bo", "Cy")
    scene.add(1000, "Ann", ["Ann", "Bo"])
    for name in ("Bo", "Cy"):
        members.remove(scene.owner, scene.id, scene.members[name])
    removed = "Somebody in this expense was removed from the group."
    for draft in (
        scene.draft(100, "Bo", ["Ann"]),
        scene.draft(100, "Ann", ["Ann", "Cy"]),
        scene.payment(100, "Cy", "Ann"),
    ):
        with world.refused(Invalid, removed):
            expenses.add(scene.owner, scene.id, draft)
    transfer = scene.see().money[0].plan.transfers[0]
    assert (transfer.payer, transfer.payee, transfer.amount) == (
        scene.members["Bo"],
        scene.members["Ann"],
        500,
    )
    scene.pay(500, "Bo", "Ann")
    with world.refused(Invalid, removed):
        scene.pay(500, "Bo", "Ann")


def test_the_same_expense_sent_again_is_stored_once(world: World) -> None:
    scene = world.group("Ann", "Bo")
    draft = scene.draft(1000, "Ann")
    first = expenses.add(scene.owner, scene.id, draft)
    before = world.snapshot()
    with world.heard() as told:
        assert expenses.add(scene.owner, scene.id, draft) == first
        assert expenses.add(scene.owner, scene.id, replace(draft, title=" Dinner ")) == first
    assert (world.snapshot(), told) == (before, [])
    other = world.group("Ann", "Bo")
    again = replace(draft, payers={other.members["Ann"]: 1000}, typed={other.members["Bo"]: Decimal(1)})
    assert expenses.add(other.owner, other.id, again) != first


def test_something_else_under_the_same_key_never_counts_as_stored(world: World) -> None:
    scene = world.group("Ann", "Bo")
    draft = scene.draft(1000, "Ann")
    first = expenses.add(scene.owner, scene.id, draft)
    before = world.snapshot()
    for changed in (
        {"amount": 5, "payers": {1: 5}},
        {"title": "Supper"},
        {"note": "late"},
        {"mode": Mode.SHARES},
    ):
        with world.refused(Conflict, "has been changed since"):
            expenses.add(scene.owner, scene.id, replace(draft, **changed))  # type: ignore[arg-type]
    assert world.snapshot() == before
    assert expenses.sent(scene.owner, scene.id, draft.submit_key) == scene.expense(first)
    assert expenses.sent(scene.owner, scene.id, "another") is None
    expenses.delete(scene.owner, scene.id, first)
    with world.refused(Conflict, "has been changed since"):
        expenses.add(scene.owner, scene.id, draft)


def test_a_payment_that_somebody_else_has_just_recorded_is_stored_only_if_it_is_meant(world: World) -> None:
    scene = world.group("Ann", "Bo", "Cy")
    bo = world.join(scene, "Bo")
    first = scene.pay(500, "Bo", "Ann")
    again = scene.payment(500, "Bo", "Ann")
    with world.refused(Conflict, "Ann recorded this payment just now."):
        expenses.add(bo, scene.id, again)
    for other in (
        scene.payment(500, "Ann", "Bo"),
        scene.payment(500, "Bo", "Cy"),
        scene.payment(501, "Bo", "Ann"),
        scene.payment(500, "Bo", "Ann", currency="USD"),
        scene.draft(500, "Bo", ["Ann"]),
    ):
        expenses.add(bo, scene.id, other)
    scene.pay(500, "Bo", "Ann")  # one person knows what they have recorded
    twice = replace(again, anyway=True)
    assert expenses.add(bo, scene.id, twice) == expenses.add(bo, scene.id, twice) != first
    assert_sound()


def test_a_payment_recorded_a_while_ago_or_deleted_is_no_reason_to_ask(world: World) -> None:
    scene = world.group("Ann", "Bo")
    bo = world.join(scene, "Bo")
    expenses.delete(scene.owner, scene.id, scene.pay(500, "Bo", "Ann"))
    expenses.add(bo, scene.id, scene.payment(500, "Bo", "Ann"))
    scene.pay(700, "Bo", "Ann")
    world.run(update(ExpenseRow).values(created_at=datetime.now(UTC) - timedelta(minutes=11)))
    expenses.add(bo, scene.id, scene.payment(700, "Bo", "Ann"))


def test_expenses_without_a_key_are_all_stored(world: World) -> None:
    scene = world.group("Ann", "Bo")
    assert scene.add(1000, "Ann", submit_key="") != scene.add(1000, "Ann", submit_key="")


def test_the_expenses_are_listed_the_latest_day_first_with_what_each_did_for_me(world: World) -> None:
    scene = world.group("Ann", "Bo")
    bo = world.join(scene, "Bo")
    days = (date(2026, 1, 5), date(2026, 1, 7), date(2026, 1, 6), date(2026, 1, 7))
    ids = [scene.add(1000 + n, "Ann", day=day, note="!" * n) for n, day in enumerate(days)]
    page = expenses.listed(scene.owner, scene.id)
    assert [line.id for line in page.lines] == [ids[3], ids[1], ids[2], ids[0]]
    assert page.after is None
    line = page.lines[-1]
    assert (line.title, line.amount, line.currency, line.effect) == ("Dinner", 1000, "EUR", 500)
    assert (line.payers, line.people) == ({scene.members["Ann"]: 1000}, tuple(scene.members.values()))
    assert [line.has_note for line in page.lines] == [True, True, True, False]
    assert [line.effect for line in expenses.listed(bo, scene.id).lines] == [-502, -500, -501, -500]


def test_a_long_list_is_read_in_stretches_without_a_gap_or_a_double(world: World) -> None:
    scene = world.group("Ann", "Bo")
    for n in range(11):
        scene.add(100 + n, "Ann", day=date(2026, 1, 1 + n % 3))
    whole = [line.id for line in expenses.listed(scene.owner, scene.id, limit=100).lines]
    for size in (1, 4, 11):
        read: list[ExpenseId] = []
        after = None
        while True:
            page = expenses.listed(scene.owner, scene.id, after=after, limit=size)
            read += [line.id for line in page.lines]
            after = page.after
            if after is None:
                break
        assert read == whole


def test_an_expense_of_another_group_is_not_found(world: World) -> None:
    scene, elsewhere = world.group("Ann", "Bo"), world.group("Di", "Em")
    foreign = elsewhere.add(1000, "Di")
    for expense_id in (foreign, ExpenseId(999)):
        for act in (expenses.see, expenses.delete, expenses.restore):
            with world.refused(NotFound, NO_EXPENSE):
                act(scene.owner, scene.id, expense_id)
        with world.refused(NotFound, NO_EXPENSE):
            expenses.edit(scene.owner, scene.id, expense_id, 1, scene.draft(1000, "Ann"))


def test_the_last_expense_of_the_same_title_suggests_how_to_split_the_next(world: World) -> None:
    scene = world.group("Ann", "Bo", "Cy")
    typed = {scene.members["Ann"]: Decimal(2), scene.members["Bo"]: Decimal(1)}
    scene.add(900, "Bo", {"Ann": 2, "Bo": 1}, mode=Mode.SHARES, title="Tram 28", category="transport")
    found = expenses.suggest(scene.owner, scene.id, "  TRAM 28")
    assert (found.category, found.payer, found.mode) == ("transport", scene.members["Bo"], Mode.SHARES)
    assert found.typed == typed
    members.remove(scene.owner, scene.id, scene.members["Bo"])
    found = expenses.suggest(scene.owner, scene.id, "tram 28")
    assert (found.category, found.payer, found.mode, found.typed) == ("transport", None, None, None)


def test_amounts_of_one_bill_are_not_suggested_for_another(world: World) -> None:
    scene = world.group("Ann", "Bo")
    scene.add(900, "Ann", {"Ann": 300, "Bo": 600}, mode=Mode.AMOUNTS, title="Market")
    found = expenses.suggest(scene.owner, scene.id, "Market")
    assert (found.payer, found.mode, found.typed) == (scene.members["Ann"], None, None)


def test_words_suggest_a_category_the_groups_own_words_too(world: World) -> None:
    scene = world.group("Ann", "Bo")
    assert expenses.suggest(scene.owner, scene.id, "Taxi home").category == "taxi"
    assert expenses.suggest(scene.owner, scene.id, "Zorblax again").category is None
    scene.add(900, "Ann", title="Zorblax tour", category="travel")
    assert expenses.suggest(scene.owner, scene.id, "Zorblax again").category == "travel"


def test_an_expense_without_a_category_gets_the_one_its_title_suggests(world: World) -> None:
    scene = world.group("Ann", "Bo")
    scene.add(900, "Ann", title="Zorblax tour", category="travel")
    chosen = {
        title: scene.expense(scene.add(900, "Ann", title=title)).draft.category
        for title in ("zorblax TOUR", "Another zorblax", "Taxi home", "This and that")
    }
    assert list(chosen.values()) == ["travel", "travel", "taxi", "other"]


@pytest.mark.parametrize("odd", ["", " ", "\x00", "\ud800", "Ⅷ", "%_", "a" * 100_000])
def test_whatever_is_typed_as_a_title_a_suggestion_is_an_answer(world: World, odd: str) -> None:
    scene = world.group("Ann", "Bo")
    scene.add(900, "Ann", title="Ⅷ%_")
    assert expenses.suggest(scene.owner, scene.id, odd).payer is None
