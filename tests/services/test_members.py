"""The people of a group: by name alone, with a role, leaving, being removed and taken back."""

import pytest

from mycount.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from mycount.domain.ids import MemberId
from mycount.services import expenses, groups, history, invites, members, news
from mycount.services.views import Role
from tests.world import World

NO_GROUP = "There is no such group, or you are not in it."
NO_PERSON = "There is no such person in this group."
LAST = "Make somebody else administrator first, or delete the group."
TWIN = "Somebody here is called {name} already. Add an initial."


def test_a_person_is_added_by_name_alone_and_shares_expenses_at_once(world: World) -> None:
    scene = world.group("Ann")
    scene.members["Bo"] = members.add(scene.owner, scene.id, " Bo ")
    scene.add(1000, "Ann")
    assert scene.balances() == {"Ann": 500, "Bo": -500}
    assert (scene.member("Bo").joined, scene.member("Bo").role) == ("name", "member")


@pytest.mark.parametrize(("name", "taken"), [("Bo", "bo"), ("Ömer", "ÖMER"), ("ﬁn", "Fin")])
def test_two_people_are_never_called_the_same(world: World, name: str, taken: str) -> None:
    scene = world.group("Ann", name)
    with world.refused(Invalid, TWIN.format(name=taken)):
        members.add(scene.owner, scene.id, taken)
    with world.refused(Invalid, TWIN.format(name=taken)):
        members.rename(scene.owner, scene.id, scene.members["Ann"], taken)


def test_a_name_must_be_there_and_not_too_long(world: World) -> None:
    scene = world.group("Ann", "Bo")
    for name, words in ((" ", "Please fill this in."), ("x" * 81, "80 characters at most")):
        with world.refused(Invalid, words):
            members.add(scene.owner, scene.id, name)
        with world.refused(Invalid, words):
            members.rename(scene.owner, scene.id, scene.members["Bo"], name)


def test_a_group_has_200_people_at_most_whichever_way_they_come(world: World) -> None:
    full = "200 people at most"
    scene = world.group("Ann", *(f"P{n}" for n in range(199)))
    bo, cy = world.user("Bo"), world.user("Cy")
    invite, other = invites.make(scene.owner, scene.id), invites.make(scene.owner, scene.id)
    with world.refused(Invalid, full):
        members.add(scene.owner, scene.id, "Bo")
    with world.refused(Invalid, full):
        invites.accept(invite.token, actor=bo)
    members.remove(scene.owner, scene.id, scene.members["P7"])
    invites.accept(invite.token, actor=bo)
    with world.refused(Invalid, full):
        members.take_back(scene.owner, scene.id, scene.members["P7"])
    members.leave(bo, scene.id)
    invites.accept(other.token, actor=cy)
    again = invites.make(scene.owner, scene.id)
    with world.refused(Invalid, full):
        invites.accept(again.token, actor=bo)
    invites.accept(again.token, member_id=scene.members["P8"])
    assert len(scene.see().people) == 200


def test_i_change_my_own_name_and_that_of_whoever_has_no_device_here(world: World) -> None:
    scene = world.group("Ann", "Bo", "Cy", "Fay")
    bo = world.join(scene, "Bo")
    world.join(scene, "Cy")
    members.rename(bo, scene.id, scene.members["Bo"], "Bob")
    members.rename(bo, scene.id, scene.members["Bo"], "BOB")
    members.rename(bo, scene.id, scene.members["Fay"], "Faye")
    with world.refused(NotAllowed, "Only they themselves or an administrator can change this name."):
        members.rename(bo, scene.id, scene.members["Cy"], "Cyril")
    members.rename(scene.owner, scene.id, scene.members["Cy"], "Cyril")
    assert scene.shown() == ["Ann", "BOB", "Cyril", "Faye"]


def test_a_role_decides_what_one_can_change(world: World) -> None:
    scene = world.group("Ann", "Bo")
    bo, member_id = world.join(scene, "Bo"), scene.members["Bo"]
    roles: tuple[tuple[Role, bool, bool], ...] = (
        ("viewer", False, False),
        ("member", True, False),
        ("administrator", True, True),
    )
    for role, can_change, is_administrator in roles:
        members.change_role(scene.owner, scene.id, member_id, role)
        view = groups.see(bo, scene.id)
        assert (view.me.role, view.can_change, view.is_administrator) == (role, can_change, is_administrator)
    with world.refused(Invalid, "Choose one of the roles."):
        members.change_role(scene.owner, scene.id, member_id, "king")  # type: ignore[arg-type]


def test_a_group_always_keeps_an_administrator_who_has_access(world: World) -> None:
    scene = world.group("Ann", "Bo", "Fay")
    ann, fay = scene.members["Ann"], scene.members["Fay"]
    members.change_role(scene.owner, scene.id, fay, "administrator")
    for last in (
        lambda: members.leave(scene.owner, scene.id),
        lambda: members.remove(scene.owner, scene.id, ann),
        lambda: members.change_role(scene.owner, scene.id, ann, "member"),
    ):
        with world.refused(Invalid, LAST):
            last()
    bo = world.join(scene, "Bo", "administrator")
    members.leave(scene.owner, scene.id)
    with world.refused(Invalid, LAST):
        members.leave(bo, scene.id)
    members.remove(bo, scene.id, fay)


def test_whoever_leaves_has_no_access_any_more_and_their_history_stays(world: World) -> None:
    scene = world.group("Ann", "Bo")
    bo = world.join(scene, "Bo", "viewer")
    expense_id = scene.add(1000, "Bo")
    before = scene.expense(expense_id), scene.balances()
    members.leave(bo, scene.id)
    with world.refused(NotFound, NO_GROUP):
        groups.see(bo, scene.id)
    assert history.home(bo).groups == ()
    assert (scene.expense(expense_id), scene.balances()) == before
    assert history.of_group(scene.owner, scene.id)[0].verb == "left"


def test_an_archived_group_can_be_left(world: World) -> None:
    scene = world.group("Ann", "Bo")
    bo = world.join(scene, "Bo")
    groups.archive(scene.owner, scene.id)
    members.leave(bo, scene.id)
    assert history.home(bo).archived == ()


def test_a_removed_member_loses_access_at_once_and_their_pages_are_told(world: World) -> None:
    scene = world.group("Ann", "Bo")
    bo = world.join(scene, "Bo")
    with world.heard() as told:
        members.remove(scene.owner, scene.id, scene.members["Bo"])
    assert news.of_user(bo) in told
    assert news.of_group(scene.id) in told
    for act in (
        lambda: groups.see(bo, scene.id),
        lambda: expenses.listed(bo, scene.id),
        lambda: expenses.add(bo, scene.id, scene.draft(100, "Ann")),
    ):
        with world.refused(NotFound, NO_GROUP):
            act()


def test_removed_members_are_shown_until_they_are_even(world: World) -> None:
    scene = world.group("Ann", "Bo", "Cy")
    scene.add(1000, "Ann", ["Ann", "Bo"])
    for name in ("Bo", "Cy"):
        members.remove(scene.owner, scene.id, scene.members[name])
    assert scene.shown() == ["Ann", "Bo"]
    assert not scene.member("Bo").is_active
    assert [person.name for person in scene.see().people] == ["Ann"]
    scene.pay(500, "Bo", "Ann")
    assert scene.shown() == ["Ann"]
    assert [member.name for member in scene.see().former] == ["Bo", "Cy"]
    assert scene.member("Bo").name == "Bo"


def test_removing_is_refused_in_words(world: World) -> None:
    scene = world.group("Ann", "Bo", "Cy")
    bo = world.join(scene, "Bo")
    elsewhere = world.group("Di", "Em")
    with world.refused(NotAllowed, "Only administrators of the group can do that."):
        members.remove(bo, scene.id, scene.members["Cy"])
    for unknown in (elsewhere.members["Em"], MemberId(999)):
        for act in (members.remove, members.take_back):
            with world.refused(NotFound, NO_PERSON):
                act(scene.owner, scene.id, unknown)
    members.remove(scene.owner, scene.id, scene.members["Cy"])
    with world.refused(Conflict, "Cy was removed already."):
        members.remove(scene.owner, scene.id, scene.members["Cy"])


def test_a_member_who_is_taken_back_has_the_access_they_had(world: World) -> None:
    scene = world.group("Ann", "Bo")
    bo = world.join(scene, "Bo", "viewer")
    members.remove(scene.owner, scene.id, scene.members["Bo"])
    members.take_back(scene.owner, scene.id, scene.members["Bo"])
    assert groups.see(bo, scene.id).me.role == "viewer"
    before = world.snapshot()
    members.take_back(scene.owner, scene.id, scene.members["Bo"])
    assert world.snapshot() == before


def test_nobody_is_taken_back_under_a_name_that_is_taken_now(world: World) -> None:
    scene = world.group("Ann", "Bo")
    members.remove(scene.owner, scene.id, scene.members["Bo"])
    members.add(scene.owner, scene.id, "BO")
    with world.refused(Invalid, TWIN.format(name="Bo")):
        members.take_back(scene.owner, scene.id, scene.members["Bo"])


def test_whoever_is_removed_cannot_come_back_by_an_invite_of_their_own(world: World) -> None:
    scene = world.group("Ann", "Bo")
    bo = world.join(scene, "Bo")
    own, others = invites.make(bo, scene.id), invites.make(scene.owner, scene.id)
    members.remove(scene.owner, scene.id, scene.members["Bo"])
    with world.refused(Conflict, "This invite link was taken back."):
        invites.accept(own.token, actor=bo)
    invites.accept(others.token, name="Di")


def test_whoever_is_given_a_lesser_role_cannot_undo_it_by_an_invite_of_their_own(world: World) -> None:
    scene = world.group("Ann", "Bo")
    bo = world.join(scene, "Bo", "administrator")
    own = invites.make(bo, scene.id, role="administrator")
    members.change_role(scene.owner, scene.id, scene.members["Bo"], "viewer")
    members.leave(bo, scene.id)
    with world.refused(Conflict, "This invite link was taken back."):
        invites.accept(own.token, actor=bo)


def test_whoever_was_removed_cannot_come_back_by_a_link_from_before(world: World) -> None:
    scene = world.group("Ann", "Bo")
    bo = world.join(scene, "Bo")
    older = invites.make(scene.owner, scene.id)
    members.remove(scene.owner, scene.id, scene.members["Bo"])
    with world.refused(Conflict, "You left this group after this invite was made."):
        invites.accept(older.token, actor=bo)
    invites.accept(invites.make(scene.owner, scene.id).token, actor=bo)
    assert "Bo" in scene.shown()
