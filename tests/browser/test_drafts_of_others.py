"""Whose an unfinished expense is: it waits for whoever typed it, and for nobody else."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.person import Person
from tests.browser.stage import Stage

KEPT = "Object.keys(localStorage).filter((key) => key.includes('draft')).length"


def test_an_unfinished_expense_outlives_a_session_that_is_ended_on_another_device(
    stage: Callable[..., Stage],
) -> None:
    flat = stage("Alma", "Bo")
    alma = _signed_out_elsewhere(flat)
    alma.sign_in()
    expect(alma.page.get_by_role("heading", name="Lisbon 2026")).to_be_visible()
    alma.ready()
    sheet = alma.sheet("Add expense")
    expect(sheet.get_by_label("What for")).to_have_value("Half a taxi")


def test_nobody_else_who_signs_in_on_that_device_gets_to_see_it(stage: Callable[..., Stage]) -> None:
    flat = stage("Alma", "Bo")
    alma = _signed_out_elsewhere(flat)
    bo = Person(alma.page, alma.server, "Bo")
    bo.email = flat.outside("Bo").email
    bo.sign_in()
    expect(bo.page.get_by_role("heading", name="Lisbon 2026")).to_be_visible()
    bo.ready()
    bo.page.wait_for_function(f"{KEPT} === 0")
    expect(bo.begin_expense().get_by_label("What for")).to_have_value("")


def test_signing_out_leaves_nothing_of_it_on_the_device(stage: Callable[..., Stage]) -> None:
    alma = stage("Alma", "Bo").enter("Alma")
    _begin(alma)
    alma.page.keyboard.press("Escape")
    alma.is_told("Kept on this device")
    assert alma.page.evaluate(KEPT) == 1
    alma.open("/you")
    alma.press("Sign out")
    alma.page.wait_for_url("**/sign-in*")
    assert alma.page.evaluate(KEPT) == 0


def _begin(person: Person) -> None:
    person.begin_expense().get_by_label("What for").fill("Half a taxi")
    person.page.wait_for_function(f"{KEPT} === 1")


def _signed_out_elsewhere(flat: Stage) -> Person:
    """Let Alma type an expense, and then be signed out of that browser from another one."""
    alma, desk = flat.enter("Alma"), flat.outside("Alma")
    _begin(alma)
    desk.open("/you")
    devices = desk.page.get_by_role("list", name="Devices")
    devices.get_by_role("button", name="Sign out").first.click()
    alma.page.wait_for_url("**/sign-in?ended*")
    return alma
