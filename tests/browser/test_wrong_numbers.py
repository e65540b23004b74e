"""A number that is none is marked where it is typed, and said why; it is no more once it is put right."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.accessible import barriers
from tests.browser.person import Person
from tests.browser.stage import Stage


@pytest.mark.parametrize(("mode", "wrong", "right"), [("Amounts", "12+", "12"), ("Percent", "half", "40")])
def test_a_wrong_number_of_a_split_is_marked_and_gone_to(
    stage: Callable[..., Stage], mode: str, wrong: str, right: str
) -> None:
    alma = stage("Alma", "Bo", "Cy").enter("Alma", phone=True)
    sheet = alma.begin_expense()
    sheet.get_by_label("Amount").fill("30")
    sheet.get_by_label("What for").fill("Museum")
    sheet.get_by_role("radio", name=mode).click()
    bo = sheet.get_by_role("textbox", name="Bo, ")
    bo.fill(wrong)
    _is_marked(bo, why="Bo: ")
    sheet.get_by_role("button", name="Save expense").click()
    expect(bo).to_be_focused()
    assert barriers(alma) == []
    bo.fill(right)
    _is_fine(bo)
    expect(sheet.get_by_role("textbox", name="Cy, ")).not_to_have_attribute("aria-invalid", "true")


def test_a_wrong_number_of_a_payer_is_marked_and_gone_to(stage: Callable[..., Stage]) -> None:
    alma = stage("Alma", "Bo").enter("Alma")
    sheet = _paid_by_several(alma)
    bo = sheet.get_by_role("textbox", name="Bo, paid")
    bo.fill("ten")
    _is_marked(bo, why="Bo: ")
    sheet.get_by_role("button", name="Save expense").click()
    expect(bo).to_be_focused()
    bo.fill("10")
    _is_fine(bo)


def test_payers_who_paid_too_little_are_gone_to_and_told_of_again(stage: Callable[..., Stage]) -> None:
    alma = stage("Alma", "Bo").enter("Alma")
    sheet = _paid_by_several(alma)
    sheet.get_by_role("textbox", name="Bo, paid").fill("10")
    expect(sheet.get_by_text("€20.00 still to be given")).to_be_visible()
    sheet.get_by_role("button", name="Save expense").click()
    expect(alma.page.locator("#mc-voice")).to_have_text("€20.00 still to be given")
    expect(sheet.get_by_role("textbox", name="You, paid")).to_be_focused()


def test_the_rest_is_given_by_keyboard(stage: Callable[..., Stage]) -> None:
    alma = stage("Alma", "Bo", "Cy").enter("Alma")
    sheet = alma.begin_expense()
    sheet.get_by_label("Amount").fill("30")
    sheet.get_by_role("radio", name="Percent").click()
    sheet.get_by_role("button", name="Give the rest to …").press("Enter")
    menu = alma.page.get_by_role("menu")
    expect(menu.get_by_role("menuitem", name="You")).to_be_focused()
    assert barriers(alma) == []
    alma.page.keyboard.press("ArrowDown")
    expect(menu.get_by_role("menuitem", name="Bo")).to_be_focused()
    alma.page.keyboard.press("Enter")
    expect(sheet.get_by_role("textbox", name="Bo, percent")).to_have_value("100")
    expect(sheet.get_by_role("status").filter(has_text="1 person, €30.00")).to_be_focused()


def _is_marked(field: Locator, *, why: str) -> None:
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile(why))


def _is_fine(field: Locator) -> None:
    expect(field).not_to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description("")


def _paid_by_several(person: Person) -> Locator:
    """Begin an expense of €30 that several have paid."""
    sheet = person.begin_expense()
    sheet.get_by_label("Amount").fill("30")
    sheet.get_by_label("What for").fill("Museum")
    sheet.get_by_label("Paid by", exact=True).select_option(label="Several")
    return sheet
