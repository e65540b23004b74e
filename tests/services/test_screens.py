"""What an open page of a group shows is read at once: the same as each of its parts, and of one moment."""

from mycount.services import expenses, groups, history, screens, users
from tests.world import PASSWORD, World


def test_a_screen_is_the_group_with_its_latest_expenses_and_events(world: World) -> None:
    scene = world.group("Ann", "Bo", "Cy")
    bo = world.join(scene, "Bo")
    for amount in (1_000, 2_000, 500):
        scene.add(amount, "Ann")
    for actor in (scene.owner, bo):
        screen = screens.see(actor, scene.id, first=2)
        assert screen.group == groups.see(actor, scene.id)
        assert screen.page == expenses.listed(actor, scene.id, limit=2)
        assert screen.latest == history.of_group(actor, scene.id, limit=3)
    assert screens.see(bo, scene.id).page is None


def test_a_screen_is_true_after_a_change_of_somebodys_account(world: World) -> None:
    scene = world.group("Ann", "Bo")
    bo = world.join(scene, "Bo")
    scene.add(1_000, "Ann")
    before = screens.see(scene.owner, scene.id, first=40)
    users.rename(bo, "Bob")
    after = screens.see(scene.owner, scene.id, first=40)
    assert [member.name for member in after.group.members] == ["Ann", "Bob"]
    assert after.group.members[1].joined == "guest"
    assert after.page == before.page
    users.keep(bo, "bo@example.org", PASSWORD)
    kept = screens.see(scene.owner, scene.id, first=40)
    assert kept.group.members[1].joined == "account"
