"""Many people at the same moment: nothing is lost, nothing is doubled, and whoever comes second is told."""

import secrets
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import insert, select, text, update

from mycount.db.tables import ExpenseRow, InviteRow
from mycount.domain.errors import Conflict, Invalid, NotFound
from mycount.services import access, expenses, groups, invites, members, sessions, tokens, users
from mycount.services.views import Admission
from tests.at_once import at_once, rounds
from tests.waiting import PATIENCE, until
from tests.world import PASSWORD, SECRET, Scene, World, assert_sound

RACES = 200
EDITS = 40


def test_of_two_who_press_the_same_invite_at_once_exactly_one_is_in_200_times(world: World) -> None:
    scenes = [world.group("Ann") for _ in range(4)]
    links = [_invites(world, scene, RACES // len(scenes)) for scene in scenes]
    tokens_ = [token for of_group in links for token in of_group]

    def presser(name: str) -> Callable[[int], object]:
        return lambda number: invites.accept(tokens_[number], name=f"{name} {number}")

    for outcomes in rounds(RACES, [presser("Bo"), presser("Cy")]):
        winners = [outcome for outcome in outcomes if isinstance(outcome, Admission)]
        told = [outcome for outcome in outcomes if isinstance(outcome, Conflict)]
        assert (len(winners), len(told)) == (1, 1), outcomes
        assert "This invite link was used already." in str(told[0])
    assert [len(scene.see().people) for scene in scenes] == [1 + RACES // len(scenes)] * len(scenes)
    assert world.users() == len(scenes) + RACES
    assert_sound()


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_this_race_can_be_lost_and_is_by_whoever_reads_before_writing(world: World) -> None:
    links = [tokens.hashed(token) for token in _invites(world, world.group("Ann"), 40)]

    def naive(number: int) -> bool:
        which = InviteRow.token_hash == links[number]
        with world.database.writing() as session:
            if session.scalars(select(InviteRow.used).where(which)).one():
                return False
            session.execute(update(InviteRow).where(which).values(used=True))
            return True

    assert max(outcomes.count(True) for outcomes in rounds(len(links), [naive] * 4)) > 1


def test_of_two_who_pick_the_same_name_at_once_exactly_one_is_that_member(world: World) -> None:
    scene = world.group("Ann", "Bo")
    links = _invites(world, scene, 8)
    bo = scene.members["Bo"]
    outcomes = at_once([lambda token=token: invites.accept(token, member_id=bo) for token in links])  # type: ignore[misc]
    assert Counter(type(outcome) for outcome in outcomes) == {Admission: 1, Conflict: 7}
    assert [invites.look(token).state for token in links].count("open") == 7


def test_of_those_who_edit_the_same_version_at_once_exactly_one_wins_every_time(world: World) -> None:
    scene = world.group("Ann", "Bo")
    expense_id = scene.add(1000, "Ann")
    draft = scene.expense(expense_id).draft

    def editor(who: int) -> Callable[[int], object]:
        def edit(turn: int) -> object:
            changed = replace(draft, title=f"{who} in turn {turn}")
            return expenses.edit(scene.owner, scene.id, expense_id, turn + 1, changed)

        return edit

    for turn, outcomes in enumerate(rounds(EDITS, [editor(who) for who in range(3)])):
        winners = [who for who, outcome in enumerate(outcomes) if outcome is None]
        told = [outcome for outcome in outcomes if isinstance(outcome, Conflict)]
        assert (len(winners), len(told)) == (1, 2), outcomes
        latest = f"{winners[0]} in turn {turn}"
    view = scene.expense(expense_id)
    assert (view.version, view.draft.title) == (EDITS + 1, latest)
    assert_sound()


def test_a_ticket_redeemed_by_many_at_once_is_good_for_one(world: World) -> None:
    ann = world.account("Ann")
    for _ in range(5):
        ticket = users.sign_in(ann.email, PASSWORD).ticket
        found = at_once([lambda ticket=ticket: sessions.redeem(ticket)] * 6)  # type: ignore[misc]
        assert sorted(type(token) for token in found if token) == [str]


def test_of_those_who_sign_up_first_at_once_one_administers_and_is_let_in_where_sign_up_is_closed(
    world: World,
) -> None:
    world.rules(sign_up="closed")
    outcomes = at_once(
        [lambda n=n: users.sign_up("Ann", f"ann{n}@example.org", PASSWORD) for n in range(4)]  # type: ignore[misc]
    )
    assert sorted(isinstance(outcome, Invalid) for outcome in outcomes) == [False, True, True, True]
    assert world.users() == 1


def test_of_those_who_take_the_same_email_at_once_one_has_it(world: World) -> None:
    outcomes = at_once([lambda: users.sign_up("Ann", "ann@example.org", PASSWORD)] * 4)
    assert sorted(isinstance(outcome, Invalid) for outcome in outcomes) == [False, True, True, True]


def test_of_two_who_change_one_password_at_once_one_is_told_that_it_is_not_the_current_one(
    world: World,
) -> None:
    ann = world.account("Ann")
    session_id = world.visitor(ann.token).session_id
    outcomes = at_once(
        [
            lambda new=new: users.change_password(ann.id, PASSWORD, new, session_id=session_id)  # type: ignore[misc]
            for new in ("first of the two", "second of the two")
        ]
    )
    assert sorted(isinstance(outcome, Invalid) for outcome in outcomes) == [False, True]


def test_of_two_administrators_who_leave_at_once_one_stays(world: World) -> None:
    for _ in range(10):
        scene = world.group("Ann", "Bo")
        bo = world.join(scene, "Bo", "administrator")
        outcomes = at_once([lambda who=who, at=scene: members.leave(who, at.id) for who in (scene.owner, bo)])  # type: ignore[misc]
        assert sorted(isinstance(outcome, Invalid) for outcome in outcomes) == [False, True]


def test_two_people_added_at_once_are_never_called_the_same(world: World) -> None:
    scene = world.group("Ann")
    add = lambda turn: members.add(scene.owner, scene.id, f"Bo {turn}")  # noqa: E731
    for outcomes in rounds(10, [add, add]):
        assert sorted(isinstance(outcome, Invalid) for outcome in outcomes) == [False, True]


def test_a_change_that_waited_for_my_removal_is_refused_as_a_strangers(world: World) -> None:
    scene = world.group("Ann", "Bo")
    bo = world.join(scene, "Bo")
    draft = scene.draft(1000, "Bo")

    def remove() -> None:
        with access.changing(scene.owner, scene.id, role="administrator") as door:
            waiting.set()
            until(lambda: _is_waiting(world), "Bo's change waits for this one")
            door.member(scene.members["Bo"]).deactivated_at = door.now

    def change() -> object:
        waiting.wait(PATIENCE)
        return expenses.add(bo, scene.id, draft)

    waiting = threading.Event()
    removed, changed = at_once([remove, change])
    assert removed is None
    assert isinstance(changed, NotFound), changed
    assert expenses.listed(scene.owner, scene.id).lines == ()


def test_a_deleted_group_takes_no_change_that_waited_for_it(world: World) -> None:
    for _ in range(5):
        scene = world.group("Ann", "Bo")
        deleted, added = at_once(
            [lambda at=scene: groups.delete(at.owner, at.id), lambda at=scene: at.add(1000, "Ann")]  # type: ignore[misc]
        )
        assert deleted is None
        with world.database.reading() as session:
            stored = session.scalars(select(ExpenseRow.id).where(ExpenseRow.group_id == scene.id)).all()
        assert isinstance(added, NotFound) == (not stored)


def _invites(world: World, scene: Scene, count: int) -> list[str]:
    """Make many invites at once, as `invites.make` would make them one by one."""
    now = datetime.now(UTC)
    seeds = [secrets.token_bytes(32) for _ in range(count)]
    links = [tokens.derived(SECRET, seed) for seed in seeds]
    world.run(
        insert(InviteRow),
        *(
            {
                "group_id": scene.id,
                "seed": seed,
                "token_hash": tokens.hashed(link),
                "role": "member",
                "created_by": scene.members["Ann"],
                "created_at": now,
                "expires_at": now + timedelta(days=1),
            }
            for seed, link in zip(seeds, links, strict=True)
        ),
    )
    return links


def _is_waiting(world: World) -> bool:
    """Say whether some thread waits for another's change; on SQLite it makes no difference whether it does yet."""
    if world.database.is_sqlite:
        return True
    with world.database.reading() as session:
        waits = text("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype <> 'relation'")
        return bool(session.scalar(waits))


def test_of_two_who_take_the_same_name_at_once_only_one_is_called_so_in_the_group(world: World) -> None:
    scene = world.group("Ann", "Bo", *(f"Person {n}" for n in range(150)))  # so that looking takes a while
    bo = world.join(scene, "Bo")

    for number in range(EDITS):
        name = f"Zed {number}"
        at_once([partial(users.rename, who, name) for who in (scene.owner, bo)])
        names = [member.name for member in scene.see().people]
        assert names.count(name) <= 1, names
        for who, called in ((scene.owner, "Ann"), (bo, "Bo")):  # go by one's own name again
            users.rename(who, f"{called} {number}")
            members.rename(who, scene.id, scene.members[called], f"{called} {number}")


def test_of_two_who_sign_up_with_one_e_mail_at_once_the_other_is_told_so(world: World) -> None:
    def comer(name: str) -> Callable[[int], object]:
        return lambda number: users.add(name, f"{number}@example.org", PASSWORD)

    for outcomes in rounds(6, [comer("Ann"), comer("Bo")]):
        told = [outcome for outcome in outcomes if isinstance(outcome, Invalid)]
        assert [str(one) for one in told] == [
            "There is an account with this e-mail already. Sign in with it instead."
        ]
