"""Single keys do what the help says, and nothing where something is typed or somebody wants none of them."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.accessible import barriers
from tests.browser.stage import Stage


def test_a_key_undoes_what_was_just_said_to_be_done(stage: Callable[..., Stage]) -> None:
    trip = stage("Alma", "Bo")
    for title in ("Dinner", "Taxi"):
        trip.group.add(1000, "Alma", title=title)
    alma = trip.enter("Alma")
    for title in ("Dinner", "Taxi"):
        alma.row(title).get_by_role("button").click()
        alma.sheet(title).get_by_role("button", name="Delete").click()
        alma.is_told(f"Deleted “{title}”")
        expect(alma.page.get_by_role("dialog")).to_have_count(0)
    expect(alma.row("Taxi")).to_have_count(0)
    alma.page.keyboard.press("u")
    alma.sees("Taxi")
    expect(alma.row("Dinner")).to_have_count(0)
    alma.page.keyboard.press("u")
    alma.sees("Dinner")


def test_the_help_says_the_keys_and_can_switch_them_off(stage: Callable[..., Stage]) -> None:
    alma = stage("Alma", "Bo").enter("Alma")
    keys = alma.page.keyboard
    keys.press("?")
    sheet = alma.sheet("Keyboard shortcuts")
    expect(sheet.get_by_text("Search the expenses of the group")).to_be_visible()
    assert barriers(alma) == []
    keys.press("n")  # nothing happens below an open sheet
    sheet.get_by_role("checkbox", name="Use these keys").uncheck()
    keys.press("Escape")
    expect(alma.page.get_by_role("dialog")).to_have_count(0)
    alma.page.reload()
    alma.ready()
    field = alma.page.get_by_role("searchbox")
    for key in ("?", "n", "/"):
        keys.press(key)
    expect(field).not_to_be_focused()
    expect(alma.page.get_by_role("dialog")).to_have_count(0)

    alma.open("/you")
    alma.page.get_by_role("button", name="Keyboard shortcuts").last.click()
    alma.sheet("Keyboard shortcuts").get_by_role("checkbox", name="Use these keys").check()
    alma.sheet("Keyboard shortcuts").get_by_role("button", name="Close").click()
    expect(alma.page.get_by_role("dialog")).to_have_count(0)
    keys.press("?")
    expect(alma.sheet("Keyboard shortcuts")).to_be_visible()


def test_while_something_is_typed_the_keys_are_letters(stage: Callable[..., Stage]) -> None:
    alma = stage("Alma", "Bo").enter("Alma")
    field = alma.page.get_by_role("searchbox")
    alma.page.keyboard.press("/")
    expect(field).to_be_focused()
    alma.page.keyboard.type("n/?u")
    expect(field).to_have_value("n/?u")
    expect(alma.page.get_by_role("dialog")).to_have_count(0)


def test_keys_are_where_they_are_on_keyboards_of_other_scripts(stage: Callable[..., Stage]) -> None:
    alma = stage("Alma", "Bo").enter("Alma")
    alma.page.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'ظ', code: 'Slash', bubbles: true}))"
    )
    expect(alma.page.get_by_role("searchbox")).to_be_focused()
    alma.page.keyboard.press("Escape")
    alma.page.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'т', code: 'KeyN', bubbles: true}))"
    )
    expect(alma.sheet("Add expense")).to_be_visible()
