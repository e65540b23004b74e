"""The tab with the insights: what it says, what is chosen above it, and which months it draws."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from nicegui import core, ui
from nicegui.testing import User, user_simulation

from mycount.domain.split import Mode
from mycount.services import groups, insights
from pages import insights_words
from pages.desk import Desk
from pages.elements import Choice, Segments
from pages.insights_period import Period
from pages.insights_reading import InsightsReading
from pages.insights_view import InsightsView
from pages.words import today
from tests.world import Scene, World

Story = Callable[[User], Awaitable[None]]
Play = Callable[[Scene, Story], None]


@pytest.fixture
def play(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Play:
    """Run a story on a page that has this tab of a group, as the group's owner sees it."""
    monkeypatch.setattr(core.app.storage, "path", tmp_path / "nicegui")

    async def run(scene: Scene, story: Story) -> None:
        def page() -> None:
            desk = Desk(scene.owner, scene.id, groups.see(scene.owner, scene.id))
            reading = InsightsReading(scene.owner, scene.id, ui.context.client.request.query_params)
            view = InsightsView(desk, reading, lambda: chosen.set_text(reading.query))
            view.draw()
            chosen = ui.label()
            ui.context.client.on_delete(lambda: view)  # as a group does, it lasts as long as its page

        async with user_simulation(page) as user:
            await story(user)

    return lambda scene, story: asyncio.run(run(scene, story))


@pytest.fixture
def flat(world: World) -> Scene:
    """A group with a dear month long ago and something in this one."""
    flat = world.group("Ann", "Bo")
    flat.add(30_000, "Ann", category="hotel", day=today() - timedelta(days=400))
    flat.add(4_000, "Ann", {"Ann": 1_000, "Bo": 3_000}, mode=Mode.AMOUNTS, category="groceries", day=today())
    flat.pay(77_700, "Bo", "Ann", day=today())
    return flat


async def sees(user: User, *words: str) -> None:
    for word in words:
        await user.should_see(word, retries=300)


def test_it_says_what_was_spent_by_month_category_and_person(play: Play, flat: Scene) -> None:
    async def story(user: User) -> None:
        await user.open("/")
        await sees(user, "Spent in the last 6 months", "By category", "Groceries", "By person", "paid €40.00")
        await user.should_not_see("€777.00")
        await user.should_not_see("Places to stay")

    play(flat, story)


def test_my_share_is_chosen_and_kept_in_the_address(play: Play, flat: Scene) -> None:
    async def story(user: User) -> None:
        await user.open("/")
        await sees(user, "Spent in the last 6 months")
        user.find(Segments).trigger("update:value", "mine")
        await sees(user, "Your share in the last 6 months", "everyone together: €40.00", "?share=mine")

    play(flat, story)


def test_another_period_is_read_and_shown(play: Play, flat: Scene) -> None:
    async def story(user: User) -> None:
        await user.open("/?share=mine")
        await sees(user, "Your share in the last 6 months")
        user.find("6 months").trigger("update:value", "all")
        await sees(user, "Your share in all", "Places to stay", "?period=all&share=mine")

    play(flat, story)


def test_one_of_several_currencies_is_shown(play: Play, flat: Scene) -> None:
    flat.add(500, "Bo", currency="JPY", category="taxi", day=today())

    async def story(user: User) -> None:
        await user.open("/?money=JPY")
        await sees(user, "Taxi", "¥500")
        await user.should_not_see("Groceries")
        currency = next(it for it in user.find(Choice).elements if "EUR" in it._options)
        with user:
            currency.set_value("EUR")
        await sees(user, "Groceries")
        await user.should_not_see("Taxi")

    play(flat, story)


def test_where_nothing_was_spent_it_teaches(play: Play, world: World) -> None:
    async def story(user: User) -> None:
        await user.open("/")
        await sees(user, "Once somebody has paid for something", "Add an expense")

    play(world.group("Ann", "Bo"), story)


def test_where_nothing_was_spent_lately_all_time_is_a_press_away(play: Play, world: World) -> None:
    house = world.group("Ann", "Bo")
    house.add(30_000, "Ann", category="hotel", day=today() - timedelta(days=400))

    async def story(user: User) -> None:
        await user.open("/")
        await sees(user, "Nothing was spent in this time.")
        user.find("Show all time").click()
        await sees(user, "Spent in all", "Places to stay")

    play(house, story)


def test_every_sum_leads_to_the_expenses_behind_it(world: World) -> None:
    scene = world.group("Ann", "Bo")
    scene.add(1_000, "Ann", category="hotel", day=date(2026, 2, 3))
    scene.add(1_000, "Ann", category="hotel", day=date(2026, 3, 9))
    own = Period("own", date(2026, 2, 2), date(2026, 3, 10))
    shown = insights_words.shown(
        groups.see(scene.owner, scene.id),
        insights.see(scene.owner, scene.id, since=own.since, until=own.until).spending[0],
        own,
        mine=False,
    )
    place = f"/groups/{scene.id}"
    assert [column.href for column in shown.columns] == [
        f"{place}?from=2026-02-02&to=2026-02-28&spending=1",
        f"{place}?from=2026-03-01&to=2026-03-10&spending=1",
    ]
    assert [bar.href for bar in shown.categories] == [
        f"{place}?category=hotel&from=2026-02-02&to=2026-03-10&spending=1"
    ]
    assert [row.href for row in shown.people_figures.rows] == [
        f"{place}?from=2026-02-02&to=2026-03-10&person={scene.members[name]}&spending=1"
        for name in ("Ann", "Bo")
    ]


@pytest.mark.parametrize(
    ("values", "written"),
    [
        ({}, {}),
        ({"period": "12"}, {"period": "12"}),
        ({"period": "rubbish", "since": "2026-01-01"}, {}),
        ({"period": "own", "since": "2026-01-02"}, {"period": "own", "since": "2026-01-02"}),
        ({"period": "own", "since": "0001-01-01", "until": "x"}, {"period": "own"}),
    ],
)
def test_a_period_is_read_from_an_address_and_written_again(
    values: Mapping[str, str], written: dict[str, str]
) -> None:
    assert Period.read(values).written() == written


def test_a_period_has_a_column_for_each_of_its_months() -> None:
    this = today().replace(day=1)
    assert len(Period("6").columns([])) == 6
    assert Period("12").columns([])[-1] == this
    assert Period("year").columns([]) == [date(this.year, number, 1) for number in range(1, this.month + 1)]
    assert Period("all").columns([this]) == [this]
    own = Period("own", date(2025, 11, 20), date(2026, 2, 1))
    assert own.columns([]) == [date(2025, 11, 1), date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]


def test_of_very_many_months_those_with_something_in_them_are_left() -> None:
    found = [date(1926, 3, 1), date(2026, 3, 1)]
    assert Period("all").columns(found) == found
