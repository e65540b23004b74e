"""News: told after the commit, and never of what did not happen. Who hears of what: see test_roles."""

import pytest

from mycount.domain.errors import Invalid
from mycount.services import groups, news, users
from tests.world import World


def test_whoever_hears_of_a_change_can_read_it_already(world: World) -> None:
    scene = world.group("Ann", "Bo")
    read: list[dict[str, int]] = []
    stop = news.listen(news.of_group(scene.id), lambda _: read.append(scene.balances()))
    scene.add(1000, "Ann")
    stop()
    scene.add(1000, "Ann")
    assert read == [{"Ann": 500, "Bo": -500}]


def test_a_listener_that_fails_keeps_nobody_else_from_hearing_and_undoes_nothing(world: World) -> None:
    scene = world.group("Ann", "Bo")
    told: list[str] = []

    def fail(topic: str) -> None:
        raise RuntimeError(topic)

    stops = [news.listen(news.of_group(scene.id), listener) for listener in (fail, told.append)]
    scene.add(1000, "Ann")
    assert told == [news.of_group(scene.id)]
    assert scene.balances() == {"Ann": 500, "Bo": -500}
    for stop in (*stops, *stops):
        stop()


def test_a_refused_change_is_told_to_nobody(world: World) -> None:
    scene = world.group("Ann", "Bo")
    with world.heard() as told, pytest.raises(Invalid):
        groups.edit(scene.owner, scene.id, name="Porto", icon="no icon", currency="EUR")
    assert told == []


def test_a_new_name_is_told_where_it_is_shown(world: World) -> None:
    scene, elsewhere = world.group("Ann", "Bo"), world.group("Di")
    bo = world.join(scene, "Bo")
    with world.heard() as told:
        users.rename(bo, "Bob")
    assert sorted(told) == sorted([news.of_user(bo), news.of_group(scene.id), news.of_user(scene.owner)])
    assert news.of_group(elsewhere.id) not in told
