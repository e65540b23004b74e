"""How much there is: what was deleted does not count, what was restored does."""

from mycount.services import books, expenses, groups
from tests.world import World


def test_totals_count_what_is_there(world: World) -> None:
    scene = world.group("Ann", "Bo")
    before = books.totals()
    expense = scene.add(1000, "Ann")
    scene.add(500, "Bo")
    assert books.totals().expenses == before.expenses + 2

    expenses.delete(scene.owner, scene.id, expense)
    assert books.totals().expenses == before.expenses + 1

    other = world.group("Di")
    now = books.totals()
    assert (now.groups, now.users) == (before.groups + 1, before.users + 1)
    groups.delete(other.owner, other.id)
    assert books.totals().groups == before.groups
