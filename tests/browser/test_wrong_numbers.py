"""A number that is none is marked where it is typed, and said why; it is no more once it is put right."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.accessible import barriers
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
    sheet = alma.begin_expense()
    sheet.get_by_label("Amount").fill("30")
    sheet.get_by_label("What for").fill("Museum")
    sheet.get_by_label("Paid by", exact=True).select_option(label="Several")
    bo = sheet.get_by_role("textbox", name="Bo, paid")
    bo.fill("ten")
    _is_marked(bo, why="Bo: ")
    sheet.get_by_role("button", name="Save expense").click()
    expect(bo).to_be_focused()
    bo.fill("10")
    _is_fine(bo)


def _is_marked(field: Locator, *, why: str) -> None:
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile(why))


def _is_fine(field: Locator) -> None:
    expect(field).not_to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description("")
