"""Looking for expenses: the same ones on every database, whatever the spelling."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from mycount.domain.ids import ExpenseId, GroupId, MemberId
from mycount.domain.ledger import Kind
from mycount.services import expenses, members, rare, tallies
from mycount.services.views import ExpenseLine, Filter, Tally, Word
from tests.bench.filling import RARE, filled
from tests.world import Scene, World


@pytest.fixture
def trip(world: World) -> Scene:
    """A group with a bit of everything, in two currencies."""
    scene = world.group("Ann", "Bo", "Cy")
    scene.add(1250, "Ann", title="Café au lait", category="cafe", day=date(2026, 3, 1))
    scene.add(1200, "Bo", ["Bo", "Cy"], title="STRAẞE toll", category="parking", day=date(2026, 3, 2))
    scene.add(1500, "Cy", title="İstanbul kebap", note="50% of_it\nin cash", day=date(2026, 3, 3))
    scene.add(12, "Ann", title="Sushi", currency="JPY", category="restaurant", day=date(2026, 3, 4))
    scene.add(900, "Ann", ["Ann"], title="Deposit back", kind=Kind.INCOME, day=date(2026, 3, 5))
    scene.pay(3000, "Cy", "Bo", day=date(2026, 3, 6))
    expenses.delete(scene.owner, scene.id, scene.add(1250, "Ann", title="Café, deleted"))
    return scene


def words(text: str, **rest: object) -> Filter:
    return Filter(tuple(map(Word, text.split())), **rest)  # type: ignore[arg-type]


def amount(low: str, high: str) -> Filter:
    return Filter((Word("nowhere", amount=(Decimal(low), Decimal(high))),))


def found(scene: Scene, wanted: Filter) -> list[str]:
    page = expenses.listed(scene.owner, scene.id, wanted=wanted)
    assert page.found is not None
    assert sum(one.count for one in page.found) == len(page.lines)
    return [line.title or "payment" for line in page.lines]


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("cafe", ["Café au lait"]),
        ("CAFÉ", ["Café au lait"]),
        ("cafe\u0301", ["Café au lait"]),
        ("lait café", ["Café au lait"]),
        ("strasse", ["STRAẞE toll"]),
        ("straße", ["STRAẞE toll"]),
        ("istanbul", ["İstanbul kebap"]),
        ("ISTANBUL", ["İstanbul kebap"]),
        ("ıstanbul", ["İstanbul kebap"]),
        ("cash", ["İstanbul kebap"]),
        ("50%", ["İstanbul kebap"]),
        ("f_i", ["İstanbul kebap"]),
        ("%", ["İstanbul kebap"]),
        ("_", ["İstanbul kebap"]),
        ("/", []),
        ("\\", []),
        ("'", []),
        ("kebap50", []),
        ("bo", ["payment", "STRAẞE toll"]),
        ("bo toll", ["STRAẞE toll"]),
        ("bo sushi", []),
        ("\u0301", ["payment", "Deposit back", "Sushi", "İstanbul kebap", "STRAẞE toll", "Café au lait"]),
    ],
)
def test_words_are_found_in_titles_notes_and_names(trip: Scene, typed: str, titles: list[str]) -> None:
    assert found(trip, words(typed)) == titles


def test_names_are_found_without_accents_and_after_a_renaming(trip: Scene) -> None:
    members.rename(trip.owner, trip.id, trip.members["Bo"], "Zoë")
    assert found(trip, words("zoe")) == ["payment", "STRAẞE toll"]
    assert found(trip, words("bo")) == []


@pytest.mark.parametrize(
    ("low", "high", "titles"),
    [
        ("12.50", "12.51", ["Café au lait"]),
        ("12", "13", ["Sushi", "STRAẞE toll", "Café au lait"]),
        ("12.5", "12.6", ["Café au lait"]),
        ("12.501", "12.502", []),
        ("30", "31", ["payment"]),
        ("1e40", "1e41", []),
        ("-5", "-4", []),
    ],
)
def test_amounts_are_compared_in_the_minor_units_of_each_currency(
    trip: Scene, low: str, high: str, titles: list[str]
) -> None:
    assert found(trip, amount(low, high)) == titles


def test_a_word_may_name_a_category(trip: Scene) -> None:
    assert found(trip, Filter((Word("nowhere", frozenset({"parking", "restaurant"})),))) == [
        "Sushi",
        "STRAẞE toll",
    ]


def test_filters_hold_all_at_once(trip: Scene) -> None:
    bo, ann = trip.members["Bo"], trip.members["Ann"]
    assert found(trip, Filter(category="cafe")) == ["Café au lait"]
    assert found(trip, Filter(since=date(2026, 3, 2), until=date(2026, 3, 3))) == [
        "İstanbul kebap",
        "STRAẞE toll",
    ]
    assert found(trip, Filter(person=ann, kind=Kind.EXPENSE)) == ["Sushi", "İstanbul kebap", "Café au lait"]
    assert found(trip, Filter(payer=bo)) == ["STRAẞE toll"]
    assert found(trip, Filter(paid=True, mine=True)) == ["Deposit back", "Sushi", "Café au lait"]
    assert found(trip, Filter(mine=True, kind=Kind.EXPENSE)) == ["Sushi", "İstanbul kebap", "Café au lait"]
    assert "payment" in found(trip, Filter(since=date(2026, 1, 1)))
    assert found(trip, Filter(spending=True)) == [
        "Deposit back",
        "Sushi",
        "İstanbul kebap",
        "STRAẞE toll",
        "Café au lait",
    ]
    assert found(trip, Filter(spending=True, kind=Kind.PAYMENT)) == []
    assert found(trip, Filter(paid=True, payer=bo)) == []
    assert found(trip, Filter(currency="JPY")) == ["Sushi"]
    assert found(trip, Filter(payer=ann, until=date(2026, 3, 3))) == ["Café au lait"]
    assert found(trip, Filter(payer=MemberId(10**9))) == []


def test_what_is_found_is_counted_and_summed_by_kind_and_currency(trip: Scene) -> None:
    wanted = Filter(since=date(2026, 1, 1))
    page = expenses.listed(trip.owner, trip.id, wanted=wanted)
    assert page.found == tallies.see(trip.owner, trip.id, wanted=wanted)
    assert page.found == (
        Tally(Kind.EXPENSE, "EUR", 3, 3950),
        Tally(Kind.EXPENSE, "JPY", 1, 12),
        Tally(Kind.INCOME, "EUR", 1, 900),
        Tally(Kind.PAYMENT, "EUR", 1, 3000),
    )
    assert expenses.listed(trip.owner, trip.id).found is None


def test_what_few_have_and_what_many_have_are_found_alike(world: World) -> None:
    scene, _neighbour = (filled(world, 12 * rare.FEW) for _ in range(2))
    cy = scene.members["Cy"]
    all_of_it = expenses.listed(scene.owner, scene.id, limit=10_000).lines
    cases: list[tuple[Filter, Callable[[ExpenseLine], bool]]] = [
        (words("DINNER"), lambda line: "Dinner" in line.title),
        (words("dinner 17"), lambda line: "Dinner" in line.title and "17" in line.title),
        (words("inner"), lambda line: "Dinner" in line.title),
        (words("17 din"), lambda line: "Dinner" in line.title and "17" in line.title),
        (words(RARE), lambda line: RARE in line.title),
        (words("dinner", person=cy), lambda line: "Dinner" in line.title),
        (words("rent", payer=cy), lambda line: "Rent" in line.title and cy in line.payers),
        (amount("50", "51"), lambda line: 5000 <= line.amount < 5100),
        (amount("10", "1000"), lambda line: True),
        (Filter(category="rent"), lambda line: line.category == "rent"),
        (
            Filter(category="restaurant", payer=cy),
            lambda line: line.category == "restaurant" and cy in line.payers,
        ),
        (Filter(payer=cy), lambda line: cy in line.payers),
    ]
    for wanted, is_wanted in cases:
        page = expenses.listed(scene.owner, scene.id, wanted=wanted, limit=10_000)
        assert page.lines == tuple(filter(is_wanted, all_of_it)), wanted
        assert page.found == tallies.see(scene.owner, scene.id, wanted=wanted)


def test_what_was_changed_is_found_by_its_new_words_only(trip: Scene) -> None:
    expense_id = trip.add(777, "Ann", title="Aquarium", note="with the children")
    assert found(trip, words("quarium ildr")) == ["Aquarium"]
    draft = replace(trip.expense(expense_id).draft, title="Planetarium", note="")
    expenses.edit(trip.owner, trip.id, expense_id, 1, draft)
    assert (found(trip, words("netariu")), found(trip, words("quari")), found(trip, words("ildr"))) == (
        ["Planetarium"], [], []
    )  # fmt: skip


def test_stretches_of_what_is_found_follow_one_another(trip: Scene) -> None:
    titles: list[str] = []
    page = expenses.listed(trip.owner, trip.id, wanted=Filter(kind=Kind.EXPENSE), limit=2)
    titles += [line.title for line in page.lines]
    while page.after:
        page = expenses.listed(
            trip.owner, trip.id, wanted=Filter(kind=Kind.EXPENSE), after=page.after, limit=2
        )
        titles += [line.title for line in page.lines]
    assert titles == ["Sushi", "İstanbul kebap", "STRAẞE toll", "Café au lait"]


def test_an_edited_expense_is_found_by_what_it_says_now(trip: Scene) -> None:
    expense_id = _id(trip, "Sushi")
    draft = trip.draft(12, "Ann", title="Ramen", currency="JPY", note="Tōkyō")
    expenses.edit(trip.owner, trip.id, expense_id, 1, draft)
    assert found(trip, words("tokyo ramen")) == ["Ramen"]
    assert found(trip, words("sushi")) == []


def test_nothing_of_another_group_is_found(world: World, trip: Scene) -> None:
    other = world.group("Ann", "Bo")
    other.add(1250, "Ann", title="Café elsewhere")
    assert found(trip, words("cafe")) == ["Café au lait"]
    assert found(trip, Filter(payer=other.members["Ann"])) == []


def test_an_alike_expense_has_the_same_amount_and_currency_within_a_day(trip: Scene) -> None:
    assert _alike(trip, 1250, date(2026, 3, 1)) == "Café au lait"
    assert _alike(trip, 1250, date(2026, 3, 2)) == "Café au lait"
    assert _alike(trip, 1250, date(2026, 2, 28)) == "Café au lait"
    assert _alike(trip, 1250, date(2026, 3, 3)) is None
    assert _alike(trip, 1250, date(2026, 3, 1), currency="USD") is None
    assert _alike(trip, 1251, date(2026, 3, 1)) is None
    assert _alike(trip, 3000, date(2026, 3, 6)) is None
    assert _alike(trip, 3000, date(2026, 3, 6), kind=Kind.PAYMENT) == ""
    assert _alike(trip, 1250, date(2026, 3, 1), but=_id(trip, "Café au lait")) is None
    for day in (date.min, date.max):
        assert _alike(trip, 2**53, day) is None


def test_of_several_alike_the_latest_is_told(trip: Scene) -> None:
    trip.add(1250, "Bo", title="Second", day=date(2026, 3, 1))
    assert _alike(trip, 1250, date(2026, 3, 1)) == "Second"


def _alike(scene: Scene, amount: int, day: date, **rest: object) -> str | None:
    values: dict[str, object] = {"currency": "EUR", **rest}
    line = expenses.alike(scene.owner, scene.id, amount=amount, day=day, **values)  # type: ignore[arg-type]
    return None if line is None else line.title


def _id(scene: Scene, title: str) -> ExpenseId:
    lines: Iterable[object] = expenses.listed(scene.owner, GroupId(scene.id)).lines
    return next(line.id for line in lines if line.title == title)  # type: ignore[attr-defined]
