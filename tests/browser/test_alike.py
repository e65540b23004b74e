"""Whoever is about to add what somebody has added already is asked, and not held up."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from playwright.sync_api import expect

from tests.browser.accessible import barriers
from tests.browser.stage import Stage


def test_the_same_amount_of_the_same_day_is_asked_about_and_saved_all_the_same(
    stage: Callable[..., Stage],
) -> None:
    trip = stage("Alma", "Bo")
    alma = trip.enter("Alma")
    trip.group.add(1250, "Bo", title="Dinner", day=_today())
    sheet = alma.begin_expense()
    line = sheet.locator(".mc-alike")
    sheet.get_by_label("Amount").fill("12.50")
    expect(line).to_contain_text("Did you add this already? “Dinner”")
    assert barriers(alma) == []
    sheet.get_by_label("Amount").fill("12.51")
    expect(line).to_have_text("")
    sheet.get_by_label("Amount").fill("10+2.50")
    expect(line).to_contain_text("“Dinner”")
    sheet.get_by_label("Date").fill("2020-01-01")
    expect(line).to_have_text("")
    sheet.get_by_label("Date").fill(_today().isoformat())
    expect(line).to_contain_text("“Dinner”")
    sheet.get_by_label("What for").fill("Another dinner")
    sheet.get_by_role("button", name="Save expense").click()
    expect(sheet).to_be_hidden()
    alma.is_told("Saved.")
    alma.sees("Another dinner")


def test_who_added_it_is_named(stage: Callable[..., Stage]) -> None:
    trip = stage("Alma", "Bo")
    alma, bo = trip.enter("Alma"), trip.enter("Bo")
    bo.add("7.00", "Taxi")
    sheet = alma.begin_expense()
    sheet.get_by_label("Amount").fill("7")
    expect(sheet.locator(".mc-alike")).to_contain_text("Did Bo add this already? “Taxi”")


def _today() -> date:
    return datetime.now(UTC).date()
