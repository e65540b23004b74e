"""What is read once for everybody who looks: never out of date, never half made, never more than fits."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from mycount.db.session import Database
from mycount.services import expenses, shared
from mycount.services.shared import Shared
from tests.world import World


@pytest.fixture
def readings() -> Shared[str]:
    """A place for two readings."""
    return Shared(2)


def test_many_who_ask_at_once_wait_for_one_reading(readings: Shared[str]) -> None:
    made: list[str] = []
    everybody, may_go_on = Barrier(8), Event()

    def read() -> str:
        may_go_on.wait(20)
        made.append("read")
        return "what is there"

    def ask() -> str:
        everybody.wait(20)
        return readings.get("a", read)

    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(ask) for _ in range(8)]
        may_go_on.set()
        assert {one.result(20) for one in asked} == {"what is there"}
    assert made == ["read"]


def test_a_reading_that_fails_is_made_again_by_the_next(readings: Shared[str]) -> None:
    def fail() -> str:
        raise OSError

    with pytest.raises(OSError):
        readings.get("a", fail)
    assert readings.get("a", lambda: "there again") == "there again"


def test_the_one_that_was_asked_for_longest_ago_is_dropped_first(readings: Shared[str]) -> None:
    for key in ("a", "b", "a", "c"):
        readings.get(key, lambda: "first")
    assert readings.get("a", lambda: "again") == "first"
    assert readings.get("b", lambda: "again") == "again"


def test_nothing_is_left_of_another_database(readings: Shared[str]) -> None:
    readings.get("a", lambda: "of the one")
    shared.forget()
    assert readings.get("a", lambda: "of the other") == "of the other"


def test_a_list_is_true_after_every_kind_of_change(database: Database) -> None:
    scene = World(database).group("Ann", "Bo")
    shown = lambda: [line.title for line in expenses.listed(scene.owner, scene.id).lines]  # noqa: E731
    dinner = scene.add(1_000, "Ann", title="Dinner")
    assert shown() == ["Dinner"]
    expenses.delete(scene.owner, scene.id, dinner)
    assert shown() == []
    expenses.restore(scene.owner, scene.id, dinner)
    view = scene.expense(dinner)
    assert shown() == ["Dinner"]
    expenses.edit(scene.owner, scene.id, dinner, view.version, scene.draft(1_000, "Ann", title="Lunch"))
    assert shown() == ["Lunch"]


def test_everybody_is_told_what_it_means_for_them(database: Database) -> None:
    world = World(database)
    scene = world.group("Ann", "Bo")
    bo = world.join(scene, "Bo")
    scene.add(1_000, "Ann")
    assert [line.effect for line in expenses.listed(scene.owner, scene.id).lines] == [500]
    assert [line.effect for line in expenses.listed(bo, scene.id).lines] == [-500]
