"""Two people edit the same expense: neither overwrites the other without knowing."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.person import Person
from tests.browser.stage import Stage

Pair = tuple[Person, Person]


@pytest.fixture
def pair(stage: Callable[..., Stage]) -> Pair:
    """Alma and Bo, both with the form of the same expense open."""
    flat = stage("Alma", "Bo", "Cy")
    flat.group.add(3000, "Alma", title="Dinner")
    alma, bo = flat.enter("Alma"), flat.enter("Bo")
    for person in (alma, bo):
        _open(person)
    return alma, bo


def test_whoever_saves_second_is_shown_what_changed_and_can_keep_theirs(pair: Pair) -> None:
    alma, bo = pair
    choice = _both_change(alma, bo)
    expect(choice.get_by_role("group", name="Amount").get_by_label("Bo: €42.00")).to_be_checked()
    expect(choice.get_by_role("group", name="What for").get_by_label("You: Supper")).to_be_checked()
    choice.get_by_role("button", name="Keep theirs").click()
    expect(alma.page.get_by_role("dialog")).to_have_count(0)
    alma.sees("Dinner", "€42.00")


def test_the_second_can_save_their_own_version_instead(pair: Pair) -> None:
    alma, bo = pair
    _both_change(alma, bo).get_by_role("button", name="Save mine").click()
    for person in pair:
        person.sees("Supper", "€30.00")


def test_the_second_can_choose_field_by_field_and_go_back_to_the_form_meanwhile(pair: Pair) -> None:
    alma, bo = pair
    choice = _both_change(alma, bo)
    choice.get_by_role("button", name="Back").click()
    expect(choice).to_be_hidden()
    form = alma.sheet("Edit expense")
    expect(form.get_by_label("What for")).to_have_value("Supper")
    form.get_by_role("button", name="Save expense").click()
    choice = alma.sheet("Bo changed this meanwhile")
    choice.get_by_role("button", name="Save as chosen").click()
    for person in pair:
        person.sees("Supper", "€42.00")


def test_what_was_deleted_meanwhile_comes_back_only_if_one_says_so(pair: Pair) -> None:
    alma, bo = pair
    bo.sheet("Edit expense").get_by_role("button", name="Delete").click()
    expect(bo.row("Dinner")).to_be_hidden()
    alma.sheet("Edit expense").get_by_label("Amount").fill("36")
    alma.sheet("Edit expense").get_by_role("button", name="Save expense").click()
    alma.sheet("This was deleted meanwhile").get_by_role("button", name="Restore and save").click()
    for person in pair:
        person.sees("Dinner", "€36.00")

    _open(alma)
    _open(bo)
    bo.sheet("Edit expense").get_by_role("button", name="Delete").click()
    expect(alma.row("Dinner")).to_be_hidden()
    alma.sheet("Edit expense").get_by_label("Amount").fill("99")
    alma.sheet("Edit expense").get_by_role("button", name="Save expense").click()
    alma.sheet("This was deleted meanwhile").get_by_role("button", name="Leave it deleted").click()
    expect(alma.page.get_by_role("dialog")).to_have_count(0)
    expect(alma.row("Dinner")).to_be_hidden()


def _open(person: Person) -> None:
    person.row("Dinner").get_by_role("button").click()
    person.press("Edit")
    expect(person.sheet("Edit expense").get_by_label("What for")).to_have_value("Dinner")


def _both_change(alma: Person, bo: Person) -> Locator:
    """Let Bo save another amount and then Alma another title; gives the choice that Alma has."""
    bo.sheet("Edit expense").get_by_label("Amount").fill("42")
    bo.sheet("Edit expense").get_by_role("button", name="Save expense").click()
    alma.sees("Dinner", "€42.00")
    form = alma.sheet("Edit expense")
    expect(form.get_by_label("Amount")).to_have_value("30.00")
    form.get_by_label("What for").fill("Supper")
    form.get_by_role("button", name="Save expense").click()
    return alma.sheet("Bo changed this meanwhile")
