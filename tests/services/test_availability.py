"""While there is no database, and when it says what nobody foresaw: words for a person, and every call is counted."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from mycount.db.session import open_database
from mycount.domain.errors import Conflict, Invalid, NotFound, Unavailable
from mycount.services import access, books, expenses, groups, invites, operation, sessions, users
from mycount.services.policy import Policy
from tests.world import SECRET, World


def test_before_the_database_is_there_people_are_told_that_it_is_starting(world: World) -> None:
    scene = world.group("Ann")
    access.stop()
    for act in (
        lambda: groups.see(scene.owner, scene.id),
        lambda: sessions.find("token"),
        lambda: groups.archive(scene.owner, scene.id),
        users.may_sign_up,
        access.policy,
    ):
        with pytest.raises(Unavailable, match="MyCount is starting"):
            act()


def test_while_the_database_does_not_answer_people_are_told_to_try_again(world: World) -> None:
    scene = world.group("Ann")
    away = open_database("postgresql+psycopg2://nobody@127.0.0.1:1/nothing")
    access.start(away, Policy(secret_key=SECRET))
    for act in (
        lambda: groups.see(scene.owner, scene.id),
        lambda: scene.add(100, "Ann"),
        lambda: sessions.find("token"),
    ):
        with pytest.raises(Unavailable, match="The database does not answer right now"):
            act()
    world.rules()
    scene.add(100, "Ann")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_writer_that_does_not_end_keeps_nobody_waiting_for_ever(world: World) -> None:
    scene = world.group("Ann")
    impatient = replace(world.database, patience=0.2)
    access.start(impatient, Policy(secret_key=SECRET))
    with world.database.writing():
        with pytest.raises(Unavailable, match="The database does not answer right now"):
            scene.add(100, "Ann")
        assert groups.see(scene.owner, scene.id).name
    scene.add(100, "Ann")


def test_what_the_database_refuses_unforeseen_is_told_without_its_words(world: World) -> None:
    scene = world.group("Ann")
    trap = "CREATE UNIQUE INDEX trap ON group_members (group_id)"
    world.run(text(trap))
    try:
        invite = invites.make(scene.owner, scene.id)
        with world.refused(Invalid, "That does not fit with what is stored already."):
            invites.accept(invite.token, name="Bo")
    finally:
        world.run(text("DROP INDEX trap"))


def test_every_call_is_counted_once_with_its_outcome(world: World) -> None:
    scene = world.group("Ann", "Bo")
    expense_id = scene.add(1000, "Ann")
    draft = scene.expense(expense_id).draft
    with _observed() as told:
        groups.see(scene.owner, scene.id)
        with pytest.raises(NotFound):
            groups.see(world.user("Sue"), scene.id)
        with pytest.raises(Invalid):
            scene.add(0, "Ann")
        with pytest.raises(Conflict):
            expenses.edit(scene.owner, scene.id, expense_id, 7, draft)
        with _without_table(world), pytest.raises(DBAPIError):
            books.audit()
        access.stop()
        with pytest.raises(Unavailable):
            groups.see(scene.owner, scene.id)
    assert Counter((name, outcome) for name, outcome, _ in told) == {
        ("groups.see", "ok"): 1,
        ("groups.see", "not_found"): 1,
        ("expenses.add", "invalid"): 1,
        ("expenses.edit", "conflict"): 1,
        ("books.audit", "error"): 1,
        ("groups.see", "unavailable"): 1,
    }
    assert {outcome for _, outcome, _ in told} == set(operation.OUTCOMES)
    assert all(0 <= seconds < 60 for _, _, seconds in told)


@contextmanager
def _without_table(world: World) -> Iterator[None]:
    """Take away a table, as a forgotten migration would: the database answers, and cannot do what it should."""
    world.run(text("ALTER TABLE member_balance RENAME TO forgotten"))
    yield
    world.run(text("ALTER TABLE forgotten RENAME TO member_balance"))


@contextmanager
def _observed() -> Iterator[list[tuple[str, str, float]]]:
    told: list[tuple[str, str, float]] = []

    def observe(name: str, outcome: str, seconds: float) -> None:
        told.append((name, outcome, seconds))

    operation.observers.append(observe)
    yield told
    operation.observers.remove(observe)
