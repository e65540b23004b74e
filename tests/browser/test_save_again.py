"""A press on Save whose answer does not come, and two windows with the same form: what was typed last is stored."""

from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser.stage import Stage


def test_a_press_without_a_connection_waits_on_its_button_and_stores_what_was_typed_last(
    stage: Callable[..., Stage],
) -> None:
    alma = stage("Alma", "Bo").enter("Alma")
    sheet = alma.begin_expense()
    sheet.get_by_label("Amount").fill("10")
    sheet.get_by_label("What for").fill("Taxi")
    save = sheet.locator("button[type=submit]")
    alma.page.context.set_offline(True)
    save.click()
    expect(save).to_have_attribute("data-waits", "")
    expect(save).to_have_css("opacity", "0.6")
    sheet.get_by_label("Amount").fill("12")
    save.click()
    alma.page.context.set_offline(False)
    expect(sheet).to_be_hidden()
    alma.sees("Taxi", "€12.00")
    expect(alma.page.get_by_role("listitem").filter(has_text="Taxi")).to_have_count(1)


def test_two_windows_with_the_same_unfinished_expense_lose_neither_version(
    stage: Callable[..., Stage],
) -> None:
    alma = stage("Alma", "Bo").enter("Alma")
    sheet = alma.begin_expense()
    sheet.get_by_label("Amount").fill("10")
    sheet.get_by_label("What for").fill("Taxi")
    expect(sheet.get_by_text("€5.00").first).to_be_visible()
    other = alma.another(urlsplit(alma.page.url).path)
    second = other.begin_expense()
    expect(second.get_by_label("What for")).to_have_value("Taxi")
    alma.front()
    sheet.get_by_role("button", name="Save expense").click()
    expect(sheet).to_be_hidden()
    other.front()
    second.get_by_label("Amount").fill("14")
    second.get_by_role("button", name="Save expense").click()
    expect(second).to_be_hidden()
    expect(other.page.get_by_role("listitem").filter(has_text="Taxi")).to_have_count(2)
    expect(other.page.get_by_role("listitem").filter(has_text="€14.00")).to_have_count(1)


def test_a_form_in_which_everything_was_taken_back_is_not_kept(stage: Callable[..., Stage]) -> None:
    alma = stage("Alma", "Bo").enter("Alma")
    sheet = alma.begin_expense()
    sheet.get_by_label("What for").fill("Taxi")
    sheet.get_by_label("What for").fill("")
    sheet.get_by_role("button", name="Close").click()
    expect(sheet).to_be_hidden()
    assert alma.page.evaluate("Object.keys(localStorage).filter((key) => key.includes('draft'))") == []
    sheet = alma.begin_expense()
    expect(sheet.get_by_text("Your unfinished expense is back.")).to_be_hidden()
    sheet.get_by_role("radio", name="Income").click()
    expect(alma.sheet("Add income")).to_be_visible()
