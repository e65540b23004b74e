"""Roles × service functions: whoever is not in a group learns nothing of it, and each role does what it may."""

import inspect

import pytest

from mycount.domain.errors import NotAllowed, NotFound
from mycount.domain.ids import UserId
from mycount.services import groups, history
from tests.services.acts import ACTS, OUTSIDE, ROLES, functions, stage
from tests.world import World, assert_sound

NO_GROUP = "There is no such group, or you are not in it."


def test_every_service_function_has_its_row_in_the_table() -> None:
    with_group = {
        name for name, function in functions().items() if "group_id" in inspect.signature(function).parameters
    }
    assert with_group == ACTS.keys()
    assert functions().keys() - with_group == OUTSIDE


@pytest.mark.parametrize("name", ACTS)
def test_strangers_find_no_group_and_each_role_does_what_it_may(world: World, name: str) -> None:
    act, here = ACTS[name], stage(world)
    stranger = world.group("Sue").owner
    act.before(here)
    nobody = (UserId(0), UserId(-1), UserId(10**9), None)
    for actor in (stranger, here.removed, *nobody):
        with world.refused(NotFound, NO_GROUP):
            act.call(actor, here)  # type: ignore[arg-type]
    for role in ROLES:
        if role not in act.allowed:
            with world.refused(NotAllowed, "Ask"):
                act.call(here.actors[role], here)
    for role in sorted(act.allowed):
        before = world.snapshot()
        act.call(here.actors[role], here)
        assert (world.snapshot() != before) == act.changes
        if act.changes and role != max(act.allowed):
            here = stage(world)
            act.before(here)
    assert_sound()


def test_nobody_has_no_groups_and_no_history(world: World) -> None:
    world.group("Ann", "Fay").add(1000, "Ann")
    for nobody in (None, UserId(10**9)):
        home = history.home(nobody)  # type: ignore[arg-type]
        assert (home.groups, home.archived, home.to_get, home.to_pay) == ((), (), (), ())
        assert history.of_all(nobody) == ()  # type: ignore[arg-type]
        assert groups.deleted(nobody) == ()  # type: ignore[arg-type]
