"""Accounts that are closed while others, or the same person elsewhere, do something that depends on them."""

from mycount.db.tables import UserRow
from mycount.domain.errors import Refusal, Unavailable
from mycount.services import closing, groups, invites, users
from tests.at_once import at_once
from tests.world import PASSWORD, World, assert_sound


def test_of_two_administrators_who_close_their_accounts_at_once_one_stays(world: World) -> None:
    for turn in range(8):
        owner = world.account(f"Ann{turn}")
        scene = world.group("Ann", owner=owner.id)
        other = world.join(scene, "Bo", "administrator")
        world.give_account(other, f"bo{turn}@example.org")
        world.join(scene, "Cy")
        outcomes = at_once(
            [lambda: closing.close_for(owner.email), lambda: closing.close_for(f"bo{turn}@example.org")]  # noqa: B023
        )
        assert sorted(isinstance(outcome, Refusal) for outcome in outcomes) == [False, True], outcomes
        assert [m.role for m in groups.see(scene.users["Cy"], scene.id).members].count("administrator") == 1
    assert_sound()


def test_whoever_makes_or_enters_a_group_while_the_account_is_closed_is_in_it_or_not_at_all(
    world: World,
) -> None:
    for turn in range(12):
        scene, eve = world.group("Ann"), world.account(f"Eve{turn}")
        token = invites.make(scene.owner, scene.id).token
        outcomes = at_once(
            [
                lambda: closing.close_for(eve.email),  # noqa: B023
                lambda: groups.create(eve.id, "Porto", "home", "EUR"),  # noqa: B023
                lambda: invites.accept(token, actor=eve.id),  # noqa: B023
                lambda: users.rename(eve.id, "Evi"),  # noqa: B023
                lambda: users.sign_in(eve.email, PASSWORD),  # noqa: B023
            ]
        )
        went_wrong = [one for one in outcomes if isinstance(one, Exception) and not isinstance(one, Refusal)]
        assert went_wrong == [] and not any(isinstance(one, Unavailable) for one in outcomes), outcomes
        assert_sound()
        if closing.is_closed(eve.id):
            with world.database.reading() as session:
                assert session.get_one(UserRow, eve.id).name == ""
