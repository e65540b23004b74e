"""Groups: making, seeing, changing, putting away, deleting and getting them back."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from mycount.db.tables import GroupRow
from mycount.domain.errors import Invalid, NotAllowed, NotFound
from mycount.domain.ids import UserId
from mycount.services import expenses, groups, history, invites, members, news
from tests.world import Scene, World, assert_sound

NO_GROUP = "There is no such group, or you are not in it."
NO_NEW_GROUP: list[tuple[str, str, str, tuple[str, ...], str]] = [
    ("", "home", "EUR", (), "Please fill this in."),
    ("x" * 81, "home", "EUR", (), "80 characters at most"),
    ("Flat", "skull", "EUR", (), "Choose one of the icons."),
    ("Flat", "home", "XXX", (), "“XXX” is not a currency."),
    ("Flat", "home", "eur", (), "“eur” is not a currency."),
    ("Flat", "home", "EUR", ("Bo", ""), "Please fill this in."),
    ("Flat", "home", "EUR", ("Bo", " bO "), "Two people are called bO."),
    ("Flat", "home", "EUR", ("ÖMER", "ömer"), "Two people are called ömer."),
    ("Flat", "home", "EUR", ("ann",), "Two people are called ann."),
    ("Flat", "home", "EUR", tuple(f"P{n}" for n in range(200)), "200 people at most"),
]
"""Name, icon, currency and people that make no group, and the words that say so."""


def test_whoever_makes_a_group_administers_it_and_the_others_are_there_by_name(world: World) -> None:
    ann = world.user("Ann")
    with world.heard() as told:
        group_id = groups.create(ann, " Lisbon  2026 ", "sailing", "EUR", ("Bo", " Cy "))
    view = groups.see(ann, group_id)
    assert (view.name, view.icon, view.currency) == ("Lisbon 2026", "sailing", "EUR")
    assert [(member.name, member.role, member.joined, member.is_me) for member in view.members] == [
        ("Ann", "administrator", "guest", True),
        ("Bo", "member", "name", False),
        ("Cy", "member", "name", False),
    ]
    assert (view.is_administrator, view.can_change, view.my_balances()) == (True, True, ())
    assert told == [news.of_user(ann)]


def test_making_a_group_refuses_in_words(world: World) -> None:
    ann = world.user("Ann")
    for name, icon, currency, people, words in NO_NEW_GROUP:
        with world.refused(Invalid, words):
            groups.create(ann, name, icon, currency, people)


def test_nobody_makes_no_group(world: World) -> None:
    with world.refused(NotFound, "Please sign in again."):
        groups.create(UserId(999), "Flat", "home", "EUR")


def test_a_new_name_icon_and_currency_leave_the_expenses_as_they_are(world: World) -> None:
    scene = world.group()
    expense_id = scene.add(900, "Ann")
    before = scene.expense(expense_id)
    groups.edit(scene.owner, scene.id, name=" Porto ", icon="home", currency="JPY")
    view = scene.see()
    assert (view.name, view.icon, view.currency) == ("Porto", "home", "JPY")
    assert scene.expense(expense_id) == before
    groups.edit(scene.owner, scene.id, name="Porto", icon="home", currency="EUR")
    assert [event.verb for event in history.of_group(scene.owner, scene.id)] == [
        "renamed",
        "added",
        "created",
    ]
    for name, icon, currency in (("", "home", "EUR"), ("P", "", "EUR"), ("P", "home", "???")):
        with world.refused(Invalid, ""):
            groups.edit(scene.owner, scene.id, name=name, icon=icon, currency=currency)


def test_an_archived_group_can_be_looked_at_but_not_changed_until_it_is_back(world: World) -> None:
    scene = world.group()
    expense_id = scene.add(900, "Ann")
    groups.archive(scene.owner, scene.id)
    assert scene.see().is_archived
    assert not scene.see().can_change
    assert [card.id for card in history.home(scene.owner).archived] == [scene.id]
    changes = (
        lambda: scene.add(100, "Ann"),
        lambda: expenses.delete(scene.owner, scene.id, expense_id),
        lambda: members.add(scene.owner, scene.id, "Di"),
        lambda: invites.make(scene.owner, scene.id),
        lambda: groups.edit(scene.owner, scene.id, name="Porto", icon="home", currency="EUR"),
        lambda: groups.archive(scene.owner, scene.id),
    )
    for change in changes:
        with world.refused(
            Invalid, "This group is archived. An administrator can bring it back, under More."
        ):
            change()
    groups.unarchive(scene.owner, scene.id)
    scene.add(100, "Ann")
    assert [card.id for card in history.home(scene.owner).groups] == [scene.id]


def test_a_deleted_group_is_gone_for_everybody(world: World) -> None:
    scene = world.group()
    bo = world.join(scene, "Bo")
    invite = invites.make(scene.owner, scene.id)
    groups.delete(scene.owner, scene.id)
    for actor in (scene.owner, bo):
        assert history.home(actor).groups == ()
        assert history.of_all(actor) == ()
        with world.refused(NotFound, NO_GROUP):
            groups.see(actor, scene.id)
    with world.refused(NotFound, "This invite link is not valid."):
        invites.look(invite.token)
    with world.refused(NotFound, "This invite link is not valid."):
        invites.accept(invite.token, name="Di")


def test_an_administrator_brings_a_deleted_group_back_with_everything_in_it(world: World) -> None:
    scene = _lived_in(world)
    before, home = scene.see(), history.home(scene.owner).groups[0]
    groups.delete(scene.owner, scene.id)
    assert [(kept.id, kept.name) for kept in groups.deleted(scene.owner)] == [(scene.id, "Lisbon 2026")]
    kept = groups.deleted(scene.owner)[0]
    assert kept.gone_at - kept.deleted_at == timedelta(days=30)
    groups.restore(scene.owner, scene.id)
    after = scene.see()
    assert (after.members, after.money, after.usual) == (before.members, before.money, before.usual)
    assert history.home(scene.owner).groups[0].balances == home.balances
    assert groups.deleted(scene.owner) == ()
    assert_sound()


def test_an_archived_group_comes_back_archived(world: World) -> None:
    scene = world.group()
    groups.archive(scene.owner, scene.id)
    groups.delete(scene.owner, scene.id)
    groups.restore(scene.owner, scene.id)
    assert scene.see().is_archived


def test_only_administrators_are_shown_and_bring_back_deleted_groups(world: World) -> None:
    scene = world.group()
    bo, stranger = world.join(scene, "Bo"), world.user("Stranger")
    groups.delete(scene.owner, scene.id)
    assert groups.deleted(bo) == groups.deleted(stranger) == ()
    with world.refused(NotAllowed, "Only administrators of the group can do that."):
        groups.restore(bo, scene.id)
    with world.refused(NotFound, NO_GROUP):
        groups.restore(stranger, scene.id)


def test_a_living_group_cannot_be_restored_nor_a_deleted_one_deleted(world: World) -> None:
    scene = world.group()
    with world.refused(NotFound, NO_GROUP):
        groups.restore(scene.owner, scene.id)
    groups.delete(scene.owner, scene.id)
    with world.refused(NotFound, NO_GROUP):
        groups.delete(scene.owner, scene.id)


def test_30_days_after_it_was_deleted_a_group_is_removed_for_good_and_nothing_else(world: World) -> None:
    other = _lived_in(world)
    before = world.snapshot()
    scene = _lived_in(world)
    groups.delete(scene.owner, scene.id)
    _deleted_ago(world, scene, timedelta(days=29))
    assert groups.purge() == 0
    assert len(groups.deleted(scene.owner)) == 1
    _deleted_ago(world, scene, timedelta(days=30, minutes=1))
    assert groups.deleted(scene.owner) == ()
    assert groups.purge() == 1
    assert groups.purge() == 0
    after = world.snapshot()
    for people in ("user", "session"):
        del before[people], after[people]
    assert after == before
    assert other.see().money
    with world.refused(NotFound, NO_GROUP):
        groups.restore(scene.owner, scene.id)
    assert_sound()


def test_what_i_choose_twice_running_is_what_i_am_offered_and_an_exception_is_not(world: World) -> None:
    scene = world.group()
    bo = world.join(scene, "Bo")
    two = (scene.members["Ann"], scene.members["Bo"])
    offered = []
    for payer, people, currency in (
        ("Bo", ["Ann", "Bo"], "JPY"),
        ("Bo", ["Ann", "Bo"], "EUR"),
        ("Ann", None, "EUR"),
        ("Ann", None, "EUR"),
    ):
        scene.add(900, payer, people, currency=currency)
        usual = scene.see().usual
        offered.append((usual.payer, usual.people, usual.currency))
    assert offered == [
        (None, None, "JPY"),
        (scene.members["Bo"], two, "EUR"),
        (scene.members["Bo"], two, "EUR"),
        (None, None, "EUR"),
    ]
    assert groups.see(bo, scene.id).usual.payer is None


def test_nobody_is_offered_somebody_who_was_removed(world: World) -> None:
    scene = world.group()
    for _ in range(2):
        scene.add(900, "Bo", ["Ann", "Bo"])
    members.remove(scene.owner, scene.id, scene.members["Bo"])
    usual = scene.see().usual
    assert (usual.payer, usual.people) == (None, (scene.members["Ann"],))


def test_whoever_comes_later_is_among_everybody(world: World) -> None:
    scene = world.group()
    for _ in range(2):
        scene.add(900, "Ann")
    members.add(scene.owner, scene.id, "Di")
    assert scene.see().usual.people is None


def test_who_only_looks_is_not_among_everybody_unless_chosen_twice_running(world: World) -> None:
    scene = world.group()
    world.join(scene, "Vi", "viewer")
    for _ in range(2):
        scene.add(900, "Ann", ["Ann", "Bo", "Cy"])
    seen = scene.see()
    assert seen.usual.people is None
    assert [member.name for member in seen.taking_part] == ["Ann", "Bo", "Cy"]
    for _ in range(2):
        scene.add(900, "Ann", ["Ann", "Vi"])
    assert scene.see().usual.people == (scene.members["Ann"], scene.members["Vi"])


def _lived_in(world: World) -> Scene:
    """Make a group with something in every table that can refer to it."""
    scene = world.group()
    world.join(scene, "Bo")
    invites.make(scene.owner, scene.id, label="Open")
    scene.add(1000, "Ann")
    scene.pay(300, "Bo", "Ann")
    expenses.delete(scene.owner, scene.id, scene.add(500, "Cy", currency="JPY"))
    return scene


def _deleted_ago(world: World, scene: Scene, ago: timedelta) -> None:
    world.run(update(GroupRow).where(GroupRow.id == scene.id).values(deleted_at=datetime.now(UTC) - ago))
