"""Invites: one-time links, for anybody new or for exactly one member, until used, expired or taken back."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from mycount.db.tables import InviteRow
from mycount.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from mycount.domain.ids import InviteId, MemberId, UserId
from mycount.services import expenses, groups, history, invites, members, news, sessions, users
from mycount.services.views import NewInvite, Role
from tests.world import PASSWORD, Scene, World, assert_sound

UNKNOWN = "This invite link is not valid."
USED = "This invite link was used already."
EXPIRED = "This invite link has expired."
REVOKED = "This invite link was taken back."
IN_ALREADY = "You are in this group already."
TWIN = "Somebody here is called {name} already. Add an initial."


def test_opening_a_link_says_who_invites_to_what_and_uses_nothing_up(world: World) -> None:
    scene = world.group("Ann", "Bo", "Cy")
    invite = invites.make(scene.owner, scene.id, role="viewer")
    before = world.snapshot()
    for _ in range(3):
        offer = invites.look(invite.token)
    assert world.snapshot() == before
    assert (offer.group_name, offer.group_icon, offer.invited_by) == ("Lisbon 2026", "sailing", "Ann")
    assert (offer.role, offer.people, offer.state, offer.member_name) == ("viewer", 3, "open", None)
    assert offer.free == ((scene.members["Bo"], "Bo"), (scene.members["Cy"], "Cy"))


def test_whoever_has_the_link_gives_a_name_and_is_in_at_once(world: World) -> None:
    scene = world.group("Ann")
    invite = invites.make(scene.owner, scene.id)
    admission = invites.accept(invite.token, name=" Fay ", device="Phone")
    token = world.redeemed(admission.ticket)
    visitor = world.visitor(token)
    assert (visitor.name, visitor.is_guest, visitor.user_id) == ("Fay", True, admission.user_id)
    assert sessions.mine(admission.user_id)[0].device == "Phone"
    view = groups.see(admission.user_id, scene.id)
    assert (view.me.name, view.me.joined, view.me.role) == ("Fay", "guest", "member")
    assert [(event.verb, event.member_name) for event in history.of_group(scene.owner, scene.id)] == [
        ("joined", "Fay"),
        ("created", "Ann"),
    ]


def test_whoever_is_there_by_name_already_picks_that_name_and_gets_that_balance(world: World) -> None:
    scene = world.group("Ann", "Bo")
    scene.add(1000, "Ann")
    invite = invites.make(scene.owner, scene.id)
    admission = invites.accept(invite.token, member_id=scene.members["Bo"])
    assert admission.member_id == scene.members["Bo"]
    assert world.visitor(world.redeemed(admission.ticket)).name == "Bo"
    assert groups.see(admission.user_id, scene.id).my_balances()[0].amount == -500
    assert scene.shown() == ["Ann", "Bo"]


def test_an_invite_for_one_member_makes_whoever_accepts_that_member(world: World) -> None:
    scene = world.group("Ann", "Fay", "Bo")
    invite = invites.make(scene.owner, scene.id, member_id=scene.members["Fay"])
    offer = invites.look(invite.token)
    assert (offer.member_name, offer.free) == ("Fay", ())
    admission = invites.accept(invite.token, member_id=scene.members["Bo"], name="Somebody")
    assert admission.member_id == scene.members["Fay"]
    assert scene.shown() == ["Ann", "Fay", "Bo"]


def test_an_account_joins_under_its_name_without_a_new_session(world: World) -> None:
    scene, bo = world.group("Ann"), world.account("Bo")
    admission = invites.accept(invites.make(scene.owner, scene.id).token, actor=bo.id)
    assert (admission.user_id, admission.ticket) == (bo.id, None)
    assert scene.shown() == ["Ann", "Bo"]
    assert scene.see().members[1].joined == "account"


def test_joining_is_announced_to_everybody_in_the_group(world: World) -> None:
    scene, bo = world.group("Ann"), world.account("Bo")
    invite = invites.make(scene.owner, scene.id)
    with world.heard() as told:
        invites.accept(invite.token, actor=bo.id)
    assert sorted(told) == sorted([news.of_group(scene.id), news.of_user(scene.owner), news.of_user(bo.id)])


@pytest.mark.parametrize("role", ["viewer", "member", "administrator"])
def test_an_invite_gives_the_role_it_says_also_to_whoever_picks_a_name(world: World, role: Role) -> None:
    scene = world.group("Ann", "Bo", "Fay")
    members.change_role(scene.owner, scene.id, scene.members["Fay"], "administrator")
    for name, chosen in (("New", None), ("Bo", scene.members["Bo"]), ("Fay", scene.members["Fay"])):
        invite = invites.make(scene.owner, scene.id, role=role)
        admission = invites.accept(invite.token, name=name, member_id=chosen)
        assert groups.see(admission.user_id, scene.id).me.role == role


def test_an_invite_for_a_member_leaves_their_role(world: World) -> None:
    scene = world.group("Ann", "Fay")
    members.change_role(scene.owner, scene.id, scene.members["Fay"], "viewer")
    fay = world.join(scene, "Fay")
    assert groups.see(fay, scene.id).me.role == "viewer"


def test_an_invite_made_before_its_member_became_administrator_is_not_good_for_that(world: World) -> None:
    scene = world.group("Ann", "Fay")
    bo = world.join(scene, "Bo")
    invite = invites.make(bo, scene.id, member_id=scene.members["Fay"])
    members.change_role(scene.owner, scene.id, scene.members["Fay"], "administrator")
    with world.refused(Conflict, "The role of Fay was changed since. Ask for a new invite."):
        invites.accept(invite.token)


@pytest.mark.parametrize("nonsense", ["", "x", "\x00", "\ud800", "a" * 5000])
def test_an_unknown_link_says_so(world: World, nonsense: str) -> None:
    world.group("Ann")
    with world.refused(NotFound, UNKNOWN):
        invites.look(nonsense)
    with world.refused(NotFound, UNKNOWN):
        invites.accept(nonsense, name="Bo")


def test_a_link_lets_one_person_in_and_says_so_to_the_next(world: World) -> None:
    scene = world.group("Ann")
    invite = invites.make(scene.owner, scene.id)
    invites.accept(invite.token, name="Bo")
    assert invites.look(invite.token).state == "used"
    for name in ("Bo", "Cy"):
        with world.refused(Conflict, USED):
            invites.accept(invite.token, name=name)


def test_an_expired_link_says_so(world: World) -> None:
    scene = world.group("Ann")
    invite = invites.make(scene.owner, scene.id, valid_for=timedelta(hours=1))
    world.run(update(InviteRow).values(expires_at=datetime.now(UTC) - timedelta(seconds=1)))
    assert invites.look(invite.token).state == "expired"
    with world.refused(Conflict, EXPIRED):
        invites.accept(invite.token, name="Bo")


def test_a_link_that_was_taken_back_says_so(world: World) -> None:
    scene = world.group("Ann")
    invite = invites.make(scene.owner, scene.id)
    invites.revoke(scene.owner, scene.id, invite.id)
    before = invites.listed(scene.owner, scene.id)
    invites.revoke(scene.owner, scene.id, invite.id)
    assert invites.listed(scene.owner, scene.id) == before
    assert invites.look(invite.token).state == "revoked"
    with world.refused(Conflict, REVOKED):
        invites.accept(invite.token, name="Bo")


def test_an_invite_is_valid_for_as_long_as_it_says_and_a_week_unless_told(world: World) -> None:
    scene = world.group("Ann")
    now = datetime.now(UTC)
    for valid_for, expected in ((None, 7), (timedelta(days=1), 1), (timedelta(days=365), 365)):
        invite = invites.make(scene.owner, scene.id, valid_for=valid_for)
        assert timedelta(0) <= invite.expires_at - now - timedelta(days=expected) < timedelta(minutes=1)


def test_making_an_invite_refuses_in_words(world: World) -> None:
    scene, elsewhere = world.group("Ann", "Bo", "Cy", "Di", "Fay"), world.group("Em", "Flo")
    world.join(scene, "Bo")
    cy, ann = world.join(scene, "Cy"), scene.members["Ann"]
    users.keep(cy, "cy@example.org", PASSWORD)
    members.remove(scene.owner, scene.id, scene.members["Di"])
    members.change_role(scene.owner, scene.id, scene.members["Fay"], "administrator")
    actor = scene.users["Bo"]

    def make(by: UserId = actor, **choice: object) -> Callable[[], NewInvite]:
        return lambda: invites.make(by, scene.id, **choice)  # type: ignore[arg-type]

    refusals: tuple[tuple[type[Invalid] | type[NotFound], str, Callable[[], NewInvite]], ...] = (
        (Invalid, "for a year at most", make(valid_for=timedelta(days=366))),
        (Invalid, "for a year at most", make(valid_for=timedelta(0))),
        (Invalid, "80 characters at most", make(label="x" * 81)),
        (Invalid, "Choose one of the roles.", make(role="king")),
        (NotAllowed, "Only administrators can invite administrators.", make(role="administrator")),
        (NotAllowed, "Only administrators can invite administrators.", make(member_id=scene.members["Fay"])),
        (Invalid, "Cy has an account and can sign in with it.", make(member_id=scene.members["Cy"])),
        (Invalid, "Di was removed. Take them back first.", make(member_id=scene.members["Di"])),
        (NotAllowed, "An administrator can let them in again.", make(member_id=scene.members["Bo"])),
        (NotAllowed, "Only administrators can invite administrators.", make(member_id=ann)),
        (NotFound, "There is no such person in this group.", make(member_id=elsewhere.members["Flo"])),
        (NotFound, "There is no such person in this group.", make(member_id=MemberId(999))),
    )
    for kind, words, attempt in refusals:
        with world.refused(kind, words):
            attempt()


def test_accepting_refuses_in_words_and_the_invite_stays_good(world: World) -> None:
    scene, elsewhere = world.group("Ann", "Bo", "Cy"), world.group("Di", "Em")
    world.join(scene, "Bo")
    members.remove(scene.owner, scene.id, scene.members["Cy"])
    invite, other_ann = invites.make(scene.owner, scene.id), world.user("Ann")
    gone = "This person is not in the group any more. Ask for a new invite."
    with world.refused(Conflict, IN_ALREADY):
        invites.accept(invite.token, actor=scene.owner)
    with world.refused(Invalid, "Please fill this in."):
        invites.accept(invite.token, name=" ")
    with world.refused(Invalid, TWIN.format(name="ANN")):
        invites.accept(invite.token, name="ANN")
    with world.refused(Invalid, TWIN.format(name="Ann")):
        invites.accept(invite.token, actor=other_ann)
    with world.refused(Conflict, "Somebody else is Bo already. Choose another name."):
        invites.accept(invite.token, member_id=scene.members["Bo"])
    for stranger in (scene.members["Cy"], elsewhere.members["Em"], MemberId(999)):
        with world.refused(Conflict, gone):
            invites.accept(invite.token, member_id=stranger)
    with world.refused(NotFound, "Please sign in again."):
        invites.accept(invite.token, actor=UserId(999))
    assert invites.look(invite.token).state == "open"
    invites.accept(invite.token, name="Fay")


def test_the_invites_of_a_group_are_listed_with_what_became_of_them(world: World) -> None:
    scene = world.group("Ann", "Bo")
    start = datetime.now(UTC)
    used = invites.make(scene.owner, scene.id, label=" For Bo ", member_id=scene.members["Bo"])
    invites.accept(used.token)
    expired, revoked, still_open = (invites.make(scene.owner, scene.id) for _ in range(3))
    world.run(update(InviteRow).where(InviteRow.id == expired.id).values(expires_at=start))
    invites.revoke(scene.owner, scene.id, revoked.id)
    listed = invites.listed(scene.owner, scene.id)
    assert [(view.id, view.state, view.token) for view in listed] == [
        (still_open.id, "open", still_open.token),
        (revoked.id, "revoked", None),
        (expired.id, "expired", None),
        (used.id, "used", None),
    ]
    last = listed[-1]
    assert (last.label, last.member_name, last.created_by, last.used_by) == ("For Bo", "Bo", "Ann", "Bo")
    assert last.used
    assert last.used_at is not None
    assert start <= last.created_at <= last.used_at
    assert last.expires_at > last.created_at


def test_links_are_shown_again_to_those_who_may_give_their_role_and_only_with_the_same_secret(
    world: World,
) -> None:
    scene = world.group("Ann", "Bo", "Vic")
    bo, vic = world.join(scene, "Bo"), world.join(scene, "Vic", "viewer")
    tokens = [
        invites.make(scene.owner, scene.id, role=role).token for role in ("administrator", "member", "viewer")
    ][::-1]
    assert _tokens(scene.owner, scene) == tokens
    assert _tokens(bo, scene) == [*tokens[:2], None]
    assert _tokens(vic, scene) == [None, None, None]
    world.rules(secret_key=b"another secret than before")
    assert _tokens(scene.owner, scene) == [None, None, None]
    invites.accept(tokens[0], name="Fay")


def test_an_invite_is_taken_back_by_its_maker_or_an_administrator_while_it_is_open(world: World) -> None:
    scene, elsewhere = world.group("Ann", "Bo", "Cy"), world.group("Di")
    bo, cy = world.join(scene, "Bo"), world.join(scene, "Cy")
    own, other = invites.make(bo, scene.id), invites.make(bo, scene.id)
    with world.refused(NotAllowed, "Only whoever made this invite or an administrator can take it back."):
        invites.revoke(cy, scene.id, own.id)
    invites.revoke(bo, scene.id, own.id)
    invites.revoke(scene.owner, scene.id, other.id)
    used = invites.make(bo, scene.id)
    invites.accept(used.token, name="Fay")
    with world.refused(Conflict, USED):
        invites.revoke(bo, scene.id, used.id)
    foreign = invites.make(elsewhere.owner, elsewhere.id)
    for unknown in (foreign.id, InviteId(999)):
        with world.refused(NotFound, "There is no such invite."):
            invites.revoke(scene.owner, scene.id, unknown)


def test_a_guest_who_lost_the_device_is_let_in_again_as_the_same_member(world: World) -> None:
    scene = world.group("Ann", "Bo")
    lost = world.join(scene, "Bo")
    expense_id = expenses.add(lost, scene.id, scene.draft(1000, "Bo"))
    before, balances = scene.expense(expense_id), scene.balances()
    invite = invites.make(scene.owner, scene.id, member_id=scene.members["Bo"])
    groups.see(lost, scene.id)
    with world.heard() as told:
        again = invites.accept(invite.token, device="New phone")
    assert again.member_id == scene.members["Bo"]
    assert again.user_id != lost
    assert news.of_user(lost) in told
    assert groups.see(again.user_id, scene.id).me.name == "Bo"
    assert (scene.expense(expense_id), scene.balances(), scene.shown()) == (before, balances, ["Ann", "Bo"])
    with world.refused(NotFound, "There is no such group, or you are not in it."):
        groups.see(lost, scene.id)
    assert history.home(lost).groups == ()
    assert_sound()


def test_a_guest_who_made_an_account_meanwhile_is_not_replaced(world: World) -> None:
    scene = world.group("Ann", "Bo")
    bo = world.join(scene, "Bo")
    invite = invites.make(scene.owner, scene.id, member_id=scene.members["Bo"])
    users.keep(bo, "bo@example.org", PASSWORD)
    with world.refused(Conflict, "Somebody else is Bo already."):
        invites.accept(invite.token)
    assert groups.see(bo, scene.id).me.name == "Bo"


def test_whoever_was_in_the_group_before_comes_back_as_who_they_were(world: World) -> None:
    scene = world.group("Ann", "Bo", "Fay")
    bo = world.join(scene, "Bo")
    scene.add(1000, "Ann", ["Ann", "Bo"])
    members.leave(bo, scene.id)
    invite = invites.make(scene.owner, scene.id, role="viewer")
    with world.refused(Invalid, "You were in this group before, as Bo."):
        invites.accept(invite.token, actor=bo, member_id=scene.members["Fay"])
    admission = invites.accept(invite.token, actor=bo, name="Somebody else")
    assert admission.member_id == scene.members["Bo"]
    view = groups.see(bo, scene.id)
    assert (view.me.name, view.me.role, view.my_balances()[0].amount) == ("Bo", "viewer", -500)


def test_nobody_comes_back_under_a_name_that_is_taken_now(world: World) -> None:
    scene = world.group("Ann", "Bo")
    bo = world.join(scene, "Bo")
    members.leave(bo, scene.id)
    members.add(scene.owner, scene.id, "bo")
    invite = invites.make(scene.owner, scene.id)
    with world.refused(Invalid, TWIN.format(name="Bo")):
        invites.accept(invite.token, actor=bo)


def _tokens(actor: UserId, scene: Scene) -> list[str | None]:
    """Give the tokens of the three latest invites, as the actor is shown them."""
    return [view.token for view in invites.listed(actor, scene.id)[:3]]


def test_nobody_joins_an_archived_group_until_it_is_brought_back(world: World) -> None:
    scene = world.group("Ann")
    invite = invites.make(scene.owner, scene.id)
    groups.archive(scene.owner, scene.id)
    with world.refused(Invalid, "This group is archived."):
        invites.accept(invite.token, name="Fay")
    groups.unarchive(scene.owner, scene.id)
    invites.accept(invite.token, name="Fay")
    assert scene.shown() == ["Ann", "Fay"]
