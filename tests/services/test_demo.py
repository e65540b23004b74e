"""The demo: a few groups to look around in, as sound as what people enter, and never among their data."""

from mycount.demo import EMAIL, fill
from mycount.domain.errors import Conflict
from mycount.domain.ledger import Kind
from mycount.domain.split import Mode
from mycount.services import expenses, groups, history, users
from tests.world import World, assert_sound


def test_the_demo_makes_an_account_with_groups_of_every_kind_of_entry(world: World) -> None:
    entered = users.sign_in(EMAIL, fill())
    home = history.home(entered.user_id)
    assert len(home.groups) == 3
    assert home.to_get or home.to_pay
    lines = [
        line for card in home.groups for line in expenses.listed(entered.user_id, card.id, limit=1000).lines
    ]
    assert {line.mode for line in lines} == set(Mode)
    assert {line.kind for line in lines} == set(Kind)
    assert any(len(line.payers) > 1 for line in lines)
    joined = {
        member.joined for card in home.groups for member in groups.see(entered.user_id, card.id).members
    }
    assert joined == {"name", "guest", "account"}
    assert world.visitor(world.redeemed(entered.ticket)).is_administrator
    assert_sound()


def test_the_demo_refuses_a_database_that_somebody_uses(world: World) -> None:
    world.account("Ann")
    with world.refused(Conflict, "The demo needs an empty one."):
        fill()
