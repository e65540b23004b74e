"""Roles × service functions: whoever is not in a group learns nothing of it, and each role does what it may."""

import inspect
from collections import Counter

import pytest
from sqlalchemy import select

from mycount.db.tables import GroupRow
from mycount.domain.errors import NotAllowed, NotFound
from mycount.domain.ids import UserId
from mycount.services import groups, history, news
from tests.services.acts import ACTS, OUTSIDE, ROLES, Stage, functions, stage
from tests.world import World, assert_sound

NO_GROUP = "There is no such group, or you are not in it."


def test_every_service_function_has_its_row_in_the_table() -> None:
    with_group = {
        name for name, function in functions().items() if "group_id" in inspect.signature(function).parameters
    }
    assert with_group == ACTS.keys()
    assert functions().keys() - with_group == OUTSIDE


@pytest.mark.parametrize("name", ACTS)
def test_strangers_find_no_group_each_role_does_what_it_may_and_changes_are_told_once(
    world: World, name: str
) -> None:
    act, here = ACTS[name], stage(world)
    stranger = world.group("Sue").owner
    act.before(here)
    before = world.snapshot()
    for actor in (stranger, here.removed, UserId(0), UserId(10**9), None):
        with pytest.raises(NotFound, match=NO_GROUP):
            act.call(actor, here)  # type: ignore[arg-type]
        assert world.snapshot() == before
    for role in ROLES:
        if role not in act.allowed:
            with pytest.raises(NotAllowed, match="Ask"):
                act.call(here.actors[role], here)
            assert world.snapshot() == before
    for role in sorted(act.allowed):
        before, version = world.snapshot(), _version(world, here)
        with world.heard() as told:
            act.call(here.actors[role], here)
        assert (world.snapshot() != before) == act.changes
        assert (_version(world, here) != version) == act.changes  # what is read once for all is known by it
        assert Counter(told) == (Counter(_concerned(here)) if act.changes else Counter())
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


def _concerned(here: Stage) -> list[str]:
    """Name the topics that a change is announced to: the group, and everybody who has a page of their own."""
    concerned = (here.scene.owner, *here.actors.values(), here.removed)
    return [news.of_group(here.id), *(news.of_user(user) for user in concerned)]


def _version(world: World, here: Stage) -> int | None:
    with world.database.reading() as session:
        return session.scalar(select(GroupRow.version).where(GroupRow.id == here.id))
