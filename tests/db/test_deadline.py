"""A PostgreSQL that does not answer: the call ends after the limit, and the next one gets a new connection."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from mycount.db import deadline
from mycount.domain.errors import Unavailable
from mycount.services import access
from tests.world import World

pytestmark = pytest.mark.parametrize("database", ["postgresql"], indirect=True)

NO_ANSWER = text("SELECT pg_sleep(1)")


def test_a_call_without_an_answer_ends_after_the_limit(world: World) -> None:
    with (
        deadline.within(0.3),
        pytest.raises(OperationalError, match="no answer in time"),
        world.database.reading() as session,
    ):
        session.execute(NO_ANSWER)
    world.database.ping()


def test_people_are_told_to_try_again_and_nothing_is_half_done(world: World) -> None:
    scene = world.group("Ann")
    before = world.snapshot()
    with (
        deadline.within(0.3),
        pytest.raises(Unavailable, match="does not answer right now"),
        access.changing(scene.owner, scene.id) as door,
    ):
        door.group.name = "Half"
        door.session.flush()
        door.session.execute(NO_ANSWER)
    assert world.snapshot() == before
    scene.add(100, "Ann")


def test_the_limit_is_the_usual_one_again_afterwards(world: World) -> None:
    with deadline.within(0.01), pytest.raises(OperationalError), world.database.reading() as session:
        session.execute(NO_ANSWER)
    with world.database.reading() as session:
        assert session.scalar(text("SELECT 1 FROM pg_sleep(0.1)")) == 1


def test_all_calls_of_a_transaction_together_have_a_limit(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deadline, "TRANSACTION_SECONDS", 0.5)
    scene = world.group("Ann")
    before = world.snapshot()
    short = text("SELECT pg_sleep(0.2)")
    with (
        pytest.raises(Unavailable, match="does not answer right now"),
        access.changing(scene.owner, scene.id) as door,
    ):
        door.group.name = "Half"
        for _ in range(100):
            door.session.execute(short)
    assert world.snapshot() == before
    scene.add(100, "Ann")


def test_an_audit_takes_the_time_it_needs(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deadline, "TRANSACTION_SECONDS", 0.1)
    slow = text("SELECT current_setting('statement_timeout'), pg_sleep(0.3)")
    with deadline.at_leisure(), world.database.reading() as session:
        assert session.execute(slow).one()[0] == "0"
    with world.database.reading() as session:
        assert session.scalar(text("SHOW statement_timeout")) == "5s"
