"""What has happened: my groups with my balances on one page, and who did what."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from mycount.domain.ids import GroupId
from mycount.services import closing, expenses, groups, history, members
from mycount.services.views import GroupCard, Happening, Money
from tests.world import Scene, World


def test_my_groups_are_on_one_page_the_latest_changed_first(world: World) -> None:
    ann = world.user("Ann")
    first, second = world.group("Ann", "Bo", owner=ann), world.group("Ann", "Cy", "Di", owner=ann)
    world.group("Somebody", "Ann")
    assert _ids(history.home(ann).groups) == [second.id, first.id]
    first.add(1000, "Ann")
    home = history.home(ann)
    assert _ids(home.groups) == [first.id, second.id]
    card = home.groups[0]
    assert (card.name, card.icon, card.currency, card.people) == ("Lisbon 2026", "sailing", "EUR", 2)
    assert card.latest is not None
    assert (card.latest.verb, card.latest.subject, card.latest.is_me) == ("added", "Dinner", True)
    assert card.latest.money == Money(1000, "EUR")


def test_my_balances_are_shown_for_each_group_and_in_all(world: World) -> None:
    ann = world.user("Ann")
    lisbon, flat = world.group("Ann", "Bo", owner=ann), world.group("Ann", "Cy", owner=ann)
    lisbon.add(1000, "Ann")
    lisbon.add(600, "Bo", currency="JPY")
    flat.add(3000, "Cy")
    home = history.home(ann)
    by_group = {card.id: card.balances for card in home.groups}
    assert by_group == {
        lisbon.id: (Money(500, "EUR"), Money(-300, "JPY")),
        flat.id: (Money(-1500, "EUR"),),
    }
    assert home.to_get == (Money(500, "EUR"),)
    assert home.to_pay == (Money(1500, "EUR"), Money(300, "JPY"))
    assert not any(card.is_even for card in home.groups)
    lisbon.pay(500, "Bo", "Ann")
    lisbon.pay(300, "Ann", "Bo", currency="JPY")
    home = history.home(ann)
    assert [(card.is_even, card.balances) for card in home.groups] == [
        (True, ()),
        (False, (Money(-1500, "EUR"),)),
    ]


def test_whoever_is_in_no_group_has_an_empty_page(world: World) -> None:
    world.group()
    bo = world.user("Bo")
    home = history.home(bo)
    assert (home.groups, home.archived, home.to_get, home.to_pay) == ((), (), (), ())
    assert history.of_all(bo) == ()


def test_everything_that_happens_in_a_group_is_told_by_who_did_it(world: World) -> None:
    scene = world.group("Ann", "Bo", "Cy")
    bo = world.join(scene, "Bo")
    _do_everything(world, scene)
    told = history.of_group(bo, scene.id)
    assert {event.verb for event in told} == set(history.VERBS)
    assert [event.at for event in told] == sorted((event.at for event in told), reverse=True)
    assert {event.group_name for event in told} == {"Porto"}
    joined = next(event for event in told if event.verb == "joined" and event.is_me)
    assert (joined.member_name, joined.subject) == ("Bo", "Bo")
    assert history.of_all(bo) == told


def test_a_history_is_read_in_stretches(world: World) -> None:
    scene = world.group()
    for _ in range(5):
        scene.add(100, "Ann")
    whole = history.of_group(scene.owner, scene.id)
    read: list[Happening] = []
    while stretch := history.of_group(scene.owner, scene.id, before=len(read), limit=4):
        read += stretch
    assert tuple(read) == whole
    assert len(whole) == 6


def test_the_events_of_all_my_groups_and_of_no_other_are_told_together(world: World) -> None:
    ann = world.user("Ann")
    scenes = [world.group("Ann", owner=ann) for _ in range(3)]
    other = world.group("Somebody")
    for scene in (*scenes, other):
        scene.add(100, next(iter(scene.members)))
    groups.delete(ann, scenes[0].id)
    told = history.of_all(ann)
    assert [(event.group_id, event.verb) for event in told] == [
        (scenes[2].id, "added"),
        (scenes[1].id, "added"),
        (scenes[2].id, "created"),
        (scenes[1].id, "created"),
    ]
    assert history.of_all(ann, limit=1) == told[:1]


def test_an_event_leads_to_its_expense(world: World) -> None:
    scene = world.group()
    expense_id = scene.add(1000, "Ann")
    event = history.of_group(scene.owner, scene.id)[0]
    assert (event.expense_id, event.money, event.member_id) == (
        expense_id,
        Money(1000, "EUR"),
        scene.members["Ann"],
    )


def test_an_edit_says_what_was_changed_if_it_was_one_thing(world: World) -> None:
    scene = world.group()
    draft = scene.draft(900, "Ann", title="Dinner")
    expense_id = expenses.add(scene.owner, scene.id, draft)
    for version, changed in enumerate(_changes(scene), 1):
        draft = replace(draft, **changed)
        expenses.edit(scene.owner, scene.id, expense_id, version, draft)
    expenses.edit(scene.owner, scene.id, expense_id, 8, replace(draft, title="Lunch", note="late"))
    told = [event.verb for event in history.of_group(scene.owner, scene.id)]
    assert told[:8] == [
        "edited",
        "edited_note",
        "edited_split",
        "edited_payers",
        "edited_day",
        "edited_category",
        "edited_title",
        "edited_amount",
    ]


def _changes(scene: Scene) -> Iterator[dict[str, Any]]:
    """Change one thing of an expense of Ann's after the other."""
    ann, bo = scene.members["Ann"], scene.members["Bo"]
    yield {"amount": 3000, "payers": {ann: 3000}}
    yield {"title": "Dinner by the sea"}
    yield {"category": "pets"}
    yield {"day": date(2026, 1, 2)}
    yield {"payers": {bo: 3000}}
    yield {"typed": {ann: Decimal(1), bo: Decimal(1)}}
    yield {"note": "with wine"}


def _ids(cards: tuple[GroupCard, ...]) -> list[GroupId]:
    return [card.id for card in cards]


def _do_everything(world: World, scene: Scene) -> None:
    """Do each thing that leaves an event, beside the creating and joining that were before."""
    ann, group_id = scene.owner, scene.id
    expense_id = scene.add(1000, "Ann")
    draft = scene.draft(2000, "Ann", title="Supper")
    expenses.edit(ann, group_id, expense_id, 1, draft)
    for version, changed in enumerate(_changes(scene), 2):
        draft = replace(draft, **changed)
        expenses.edit(ann, group_id, expense_id, version, draft)
    expenses.delete(ann, group_id, expense_id)
    expenses.restore(ann, group_id, expense_id)
    scene.pay(100, "Bo", "Ann")
    members.add(ann, group_id, "Di")
    members.change_role(ann, group_id, scene.members["Cy"], "viewer")
    members.remove(ann, group_id, scene.members["Cy"])
    members.take_back(ann, group_id, scene.members["Cy"])
    em = world.join(scene, "Em")
    members.leave(em, group_id)
    world.give_account(world.join(scene, "Fay"), "fay@example.org")
    closing.close_for("fay@example.org")
    groups.edit(ann, group_id, name="Porto", icon="home", currency="EUR")
    groups.archive(ann, group_id)
    groups.unarchive(ann, group_id)
    groups.delete(ann, group_id)
    groups.restore(ann, group_id)
