"""However long a list has become, all of it can be reached, stretch by stretch, and nothing of it twice."""

from datetime import date, timedelta

import pytest

from mycount.domain.ids import ExpenseId, InviteId
from mycount.services import expenses, invites
from tests.world import World


@pytest.mark.parametrize("limit", [1, 7, 50])
def test_invites_are_listed_to_the_first_also_while_others_are_made(world: World, limit: int) -> None:
    scene, other = world.group("Ann"), world.group("Zoe")
    made = [invites.make(scene.owner, scene.id).id for _ in range(21)]
    invites.make(other.owner, other.id)
    seen: list[InviteId] = []
    while stretch := invites.listed(scene.owner, scene.id, before=seen[-1] if seen else None, limit=limit):
        assert len(stretch) <= limit
        seen += [one.id for one in stretch]
        invites.make(scene.owner, scene.id)
    assert seen == made[::-1]


@pytest.mark.parametrize("limit", [1, 7, 50])
def test_deleted_expenses_are_listed_to_the_first_also_while_others_are_deleted(
    world: World, limit: int
) -> None:
    scene = world.group("Ann", "Bo")
    begin = date(2026, 3, 1)
    gone = [scene.add(1000, "Ann", day=begin + timedelta(number // 3)) for number in range(21)]
    kept = scene.add(1000, "Ann", day=begin)
    for expense_id in gone:
        expenses.delete(scene.owner, scene.id, expense_id)
    seen: list[ExpenseId] = []
    after = None
    while True:
        page = expenses.deleted(scene.owner, scene.id, after=after, limit=limit)
        seen += [line.id for line in page.lines]
        if (after := page.after) is None:
            break
        newer = scene.add(1000, "Ann", day=date(2026, 12, 1))
        expenses.delete(scene.owner, scene.id, newer)
    assert seen == gone[::-1] and kept not in seen
