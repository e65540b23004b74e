"""What no database takes is refused before one sees it, in the same way by both, and nothing is changed."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from mycount.db.tables import SessionRow
from mycount.domain import text
from mycount.domain.errors import Invalid, NotFound
from mycount.services import balances, expenses, groups, invites, members, sessions, users
from tests.world import World

NO_IDS: list[Any] = [2**63, -(2**63) - 1, 2**200, "1", 1.5]


@pytest.mark.parametrize("number", NO_IDS)
def test_what_cannot_be_an_id_is_not_found(world: World, number: Any) -> None:
    scene = world.group("Ann", "Bo")
    expense = scene.add(1000, "Ann")
    before = world.snapshot()
    acts: list[Callable[[], object]] = [
        lambda: groups.see(scene.owner, number),
        lambda: groups.see(number, scene.id),
        lambda: groups.archive(scene.owner, number),
        lambda: expenses.see(scene.owner, scene.id, number),
        lambda: expenses.delete(scene.owner, scene.id, number),
        lambda: expenses.delete(number, scene.id, expense),
        lambda: balances.why(scene.owner, scene.id, number, "EUR"),
        lambda: members.rename(scene.owner, scene.id, number, "Cy"),
        lambda: invites.revoke(scene.owner, scene.id, number),
        lambda: sessions.end_one(scene.owner, number),
        lambda: users.rename(number, "Ann"),
    ]
    for act in acts:
        with pytest.raises(NotFound):
            act()
    assert world.snapshot() == before


def test_a_draft_with_somebody_who_cannot_be_is_refused(world: World) -> None:
    scene = world.group("Ann", "Bo")
    draft = scene.draft(1000, "Ann")
    with pytest.raises((Invalid, NotFound)):
        expenses.add(scene.owner, scene.id, replace(draft, payers={2**63: 1000}))  # type: ignore[dict-item]


def test_a_key_with_signs_that_no_text_has_is_the_same_key_on_every_database(world: World) -> None:
    scene = world.group("Ann", "Bo")
    draft = replace(scene.draft(1000, "Ann"), submit_key="abc\0def\ud800")
    first = expenses.add(scene.owner, scene.id, draft)
    assert expenses.add(scene.owner, scene.id, draft) == first
    sent = expenses.sent(scene.owner, scene.id, "abc\0def\ud800")
    assert sent is not None and sent.id == first and sent.draft.submit_key == "abcdef"
    with pytest.raises(Invalid):
        expenses.add(scene.owner, scene.id, replace(draft, currency="EU\0"))


def test_a_device_with_such_signs_is_named_without_them(world: World) -> None:
    entered = users.sign_up(
        "Ann", "ann@example.org", "correct horse 7 battery", device="Fire\0fox" + "x" * 300
    )
    assert sessions.redeem(entered.ticket)
    with world.database.reading() as session:
        assert session.query(SessionRow.device).scalar() == ("Firefox" + "x" * 300)[:80]


@pytest.mark.parametrize("given", [None, 7, ["a"], {"a": 1}, b"a"])
def test_what_is_no_text_is_refused_as_such(given: Any) -> None:
    for act in (
        lambda: text.line(given, limit=80, field="name"),
        lambda: text.paragraph(given, limit=80, field="note"),
        lambda: text.key(given),
    ):
        with pytest.raises(Invalid, match="Please type text here"):
            act()


@pytest.mark.parametrize(
    "unseen", ["\u200b", "\u3164 \u2800", "\u200d\u2060\ufeff\xad", "\u0301\u0302", "\u202e\u200f"]
)
def test_a_name_that_shows_nothing_is_none(world: World, unseen: str) -> None:
    scene = world.group("Ann")
    for act in (
        lambda: groups.create(scene.owner, unseen, "home", "EUR"),
        lambda: members.add(scene.owner, scene.id, unseen),
        lambda: users.rename(scene.owner, unseen),
        lambda: scene.add(100, "Ann", title=unseen),
    ):
        with world.refused(Invalid, "Please fill this in."):
            act()


@pytest.mark.parametrize("twin", ["ann", "A\u200bnn", "\u200eAnn", "Ann\u3164", "\uff21nn", "An\xadn"])
def test_a_name_that_looks_like_another_is_taken(world: World, twin: str) -> None:
    scene = world.group("Ann", "Bo")
    with world.refused(Invalid, "Somebody here is called"):
        members.add(scene.owner, scene.id, twin)


def test_marks_are_not_stacked_until_they_cover_other_lines(world: World) -> None:
    scene = world.group("Ann")
    expense = scene.add(100, "Ann", title="a" + "\u0301" * 150)
    assert len(scene.expense(expense).draft.title) < 10
