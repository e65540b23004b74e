"""Closing an account: its owner is forgotten and locked out at once; nobody else loses anything."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select, update

from mycount.db.tables import GroupRow, MemberRow, UserRow
from mycount.domain.errors import Conflict, Invalid, NotFound
from mycount.domain.ids import UserId
from mycount.services import (
    books,
    closing,
    expenses,
    export,
    groups,
    history,
    invites,
    members,
    news,
    sessions,
    users,
)
from mycount.services.views import Closing
from tests.world import PASSWORD, Account, Scene, World, assert_sound

WAYS: dict[str, Callable[[Account], None]] = {
    "by its owner": lambda account: closing.close(account.id, PASSWORD),
    "by whoever runs the server": lambda account: closing.close_for(account.email.upper()),
}
GONE = "Please sign in again."
NO_GROUP = "There is no such group, or you are not in it."


def flat(world: World, role: Any = "member") -> tuple[Scene, Account]:
    """Make a group that Ann administers and Bo, who has an account, is in."""
    scene = world.group("Ann")
    scene.users["Bo"] = world.join(scene, "Bo", role)
    world.give_account(scene.users["Bo"], "bo@example.org")
    token = world.device(scene.users["Bo"], "Firefox")
    return scene, Account(scene.users["Bo"], "bo@example.org", token)


@pytest.mark.parametrize("way", WAYS)
def test_the_places_of_a_closed_account_are_names_and_every_sum_stays(world: World, way: str) -> None:
    scene, bo = flat(world)
    scene.add(1000, "Bo")
    scene.add(300, "Ann")
    balances, shown = scene.balances(), scene.shown()
    WAYS[way](bo)
    assert (scene.balances(), scene.shown()) == (balances, shown)
    assert (scene.member("Bo").joined, scene.member("Bo").is_active) == ("name", True)
    happened = history.of_group(scene.owner, scene.id)[0]
    assert (happened.member_name, happened.verb, happened.is_me) == ("Bo", "closed", False)
    assert_sound()


@pytest.mark.parametrize("way", WAYS)
def test_nothing_that_was_the_owners_alone_is_left(world: World, way: str) -> None:
    scene, bo = flat(world)
    users.rename(bo.id, "Bo Bobson")
    users.change_look(bo.id, theme="dark", language="de")
    expenses.add(bo.id, scene.id, scene.draft(500, "Bo"))
    WAYS[way](bo)
    with world.database.reading() as session:
        row = session.get_one(UserRow, bo.id)
        assert (row.name, row.email, row.password_hash, row.language) == ("", None, None, None)
        assert row.theme == "system" and row.closed_at is not None
        assert session.scalar(select(MemberRow.id).where(MemberRow.user_id == bo.id)) is None
        kept = select(MemberRow.id).where(MemberRow.id == scene.members["Bo"], MemberRow.usual.is_not(None))
        assert session.scalar(kept) is None
    stored = repr([row for name, rows in world.snapshot().items() if name != "group_members" for row in rows])
    assert "bo@example.org" not in stored
    assert books.totals().users == 1


@pytest.mark.parametrize("way", WAYS)
def test_all_its_sessions_end_at_once_and_every_page_is_told(world: World, way: str) -> None:
    scene, bo = flat(world)
    tokens = [bo.token, world.device(bo.id, "phone")]
    known = [world.visitor(token).session_id for token in tokens]
    assert not closing.is_closed(bo.id)
    with world.heard() as told:
        WAYS[way](bo)
    assert {news.of_session(session) for session in known} <= set(told)
    assert {news.of_group(scene.id), news.of_user(scene.owner), news.of_user(bo.id)} <= set(told)
    assert [sessions.find(token) for token in tokens] == [None, None]
    assert closing.is_closed(bo.id) and not closing.is_closed(scene.owner)
    with world.refused(Invalid, "do not match an account"):
        users.sign_in(bo.email, PASSWORD)


def test_whatever_a_closed_account_still_asks_for_is_refused_and_changes_nothing(world: World) -> None:
    scene, bo = flat(world)
    open_invite = invites.make(scene.owner, scene.id).token
    closing.close(bo.id, PASSWORD)
    late: list[tuple[str, Callable[[], object]]] = [
        (GONE, lambda: users.rename(bo.id, "Bob")),
        (GONE, lambda: users.change_look(bo.id, theme="dark")),
        (GONE, lambda: groups.create(bo.id, "Porto", "home", "EUR")),
        (GONE, lambda: invites.accept(open_invite, actor=bo.id, name="Bob")),
        (GONE, lambda: closing.close(bo.id, PASSWORD)),
        (GONE, lambda: closing.outlook(bo.id)),
        (NO_GROUP, lambda: groups.see(bo.id, scene.id)),
        (NO_GROUP, lambda: expenses.add(bo.id, scene.id, scene.draft(500, "Ann", ["Ann"]))),
        (NO_GROUP, lambda: export.begin(bo.id, scene.id)),
    ]
    for words, ask in late:
        with world.refused(NotFound, words):
            ask()
    with world.refused(Conflict, "account"):
        users.keep(bo.id, "bo@example.org", PASSWORD)
    with world.refused(NotFound, "no account with this e-mail"):
        closing.close_for(bo.email)


def test_the_number_of_a_closed_account_is_never_anybody_elses(world: World) -> None:
    bo = world.account("Bo")
    closing.close(bo.id, PASSWORD)
    again = users.sign_up("Bo", bo.email, PASSWORD)
    assert again.user_id != bo.id
    assert history.home(again.user_id).groups == ()


def test_closing_asks_for_the_password(world: World) -> None:
    scene, bo = flat(world)
    for typed in ("", PASSWORD.upper(), f"{PASSWORD} ", "x" * 200):
        with world.refused(Invalid, "This is not your current password."):
            closing.close(bo.id, typed)
    guest = world.join(scene, "Gus")
    with world.refused(Invalid, "This is not your current password."):
        closing.close(guest, "")
    for nobody in (None, UserId(0), UserId(10**9)):
        with world.refused(NotFound, GONE):
            closing.close(nobody, PASSWORD)  # type: ignore[arg-type]


@pytest.mark.parametrize("way", WAYS)
def test_the_only_administrator_of_others_is_told_which_groups_and_what_to_do(world: World, way: str) -> None:
    ann = world.account("Ann")
    names = ("Porto", "Berlin")
    scenes = [world.group("Ann", "Fay", owner=ann.id) for _ in names]
    for scene, name in zip(scenes, names, strict=True):
        groups.edit(ann.id, scene.id, name=name, icon="home", currency="EUR")
        world.join(scene, "Bo")
    groups.archive(ann.id, scenes[1].id)
    orphaned = tuple((scene.id, name) for scene, name in zip(scenes, names, strict=True))
    assert closing.outlook(ann.id) == Closing(orphaned, ())
    with world.refused(Invalid, "Others are in Porto, Berlin, and nobody else administers there."):
        WAYS[way](ann)
    groups.delete(ann.id, scenes[1].id)
    with world.refused(Invalid, "Others are in Porto, and nobody else"):
        WAYS[way](ann)
    members.change_role(ann.id, scenes[0].id, scenes[0].members["Bo"], "administrator")
    assert closing.outlook(ann.id) == Closing((), ())
    WAYS[way](ann)
    assert groups.see(scenes[0].users["Bo"], scenes[0].id).is_administrator


def test_a_removed_member_is_nobody_who_would_be_left_without_an_administrator(world: World) -> None:
    ann = world.account("Ann")
    scene = world.group("Ann", owner=ann.id)
    world.join(scene, "Bo")
    members.remove(ann.id, scene.id, scene.members["Bo"])
    assert closing.outlook(ann.id) == Closing((), ((scene.id, "Lisbon 2026"),))


def test_a_group_that_nobody_else_can_open_is_deleted_and_said_so_before(world: World) -> None:
    ann = world.account("Ann")
    alone = world.group("Ann", "Fay", owner=ann.id)
    alone.add(1000, "Ann")
    assert closing.outlook(ann.id) == Closing((), ((alone.id, "Lisbon 2026"),))
    late = world.group("Ann", owner=ann.id)
    with world.refused(Conflict, "Your groups have changed just now."):
        closing.close(ann.id, PASSWORD, ending=(alone.id,))
    groups.delete(ann.id, late.id)
    closing.close(ann.id, PASSWORD, ending=(alone.id,))
    with world.database.reading() as session:
        assert session.scalars(select(GroupRow.id).where(GroupRow.deleted_at.is_(None))).all() == []
    world.run(update(GroupRow).values(deleted_at=datetime.now(UTC) - 2 * groups.RESTORABLE))
    assert groups.purge() == 2
    assert books.size().groups == 0
    assert_sound()


def test_what_a_closed_account_invited_to_is_taken_back_and_its_place_gives_no_rights(world: World) -> None:
    scene, bo = flat(world, "administrator")
    made = invites.make(bo.id, scene.id, role="administrator")
    closing.close(bo.id, PASSWORD)
    with world.refused(Conflict, "This invite link was taken back."):
        invites.accept(made.token, name="Eve")
    assert scene.member("Bo").role == "member"
    place = invites.make(scene.owner, scene.id, member_id=scene.members["Bo"])
    again = invites.accept(place.token, name="Bo")
    assert again.member_id == scene.members["Bo"]
    assert not groups.see(again.user_id, scene.id).is_administrator


def test_the_installation_is_administered_by_the_oldest_account_that_is_left_or_the_next(
    world: World,
) -> None:
    first, second, third = (users.sign_up(name, f"{name}@example.org", PASSWORD) for name in ("a", "b", "c"))
    closing.close(first.user_id, PASSWORD)
    assert world.visitor(world.device(second.user_id)).is_administrator
    assert not world.visitor(world.device(third.user_id)).is_administrator
    closing.close(third.user_id, PASSWORD)
    closing.close(second.user_id, PASSWORD)
    assert users.is_new()
    again = users.sign_up("d", "d@example.org", PASSWORD)
    assert world.visitor(world.device(again.user_id)).is_administrator


def test_the_audit_finds_what_a_closed_account_should_not_have(world: World) -> None:
    scene, bo = flat(world)
    closing.close(bo.id, PASSWORD)
    assert_sound()
    which = MemberRow.id == scene.members["Bo"]
    world.run(update(MemberRow).where(which).values(user_id=bo.id))
    (fault,) = books.audit()
    assert fault.where == f"user {bo.id}"
    world.run(update(MemberRow).where(which).values(user_id=None))
    assert_sound()
