"""Sheets open when they are asked for: once, however fast one presses, and again as soon as they are closed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.stage import Stage


def test_a_sheet_opens_once_at_a_double_press_and_again_as_soon_as_it_is_closed(
    stage: Callable[..., Stage],
) -> None:
    alma = stage("Alma", "Bo").enter("Alma", "more")
    opener = alma.page.get_by_role("button", name="History")
    opener.dblclick()
    sheet = alma.sheet("History")
    expect(sheet).to_have_count(1)

    first = sheet.get_attribute("id")
    opener.evaluate(
        """(it) => {
            document.querySelector("[role=dialog] [aria-label=Close]").click();
            it.click(); // faster than the sheet can go
        }"""
    )
    again = alma.page.locator(f"[role=dialog]:not(#{first})")
    expect(again.get_by_text("made the group")).to_be_visible()
    expect(sheet).to_have_count(1)


@pytest.mark.parametrize(
    ("path", "opener", "title"),
    [
        ("/you", "Name", "Your name"),
        ("/you", "Password", "Change password"),
        ("/you", "Keyboard shortcuts", "Keyboard shortcuts"),
        ("/", "New group", "New group"),
    ],
)
def test_outside_of_a_group_too_a_double_press_opens_one(
    stage: Callable[..., Stage], path: str, opener: str, title: str
) -> None:
    alma = stage("Alma", "Bo").outside("Alma")
    alma.open(path)
    pressed = alma.page.get_by_role("button", name=opener).filter(visible=True).last
    for _ in range(2):
        pressed.evaluate("(it) => { it.click(); it.click(); }")
        sheet = alma.sheet(title)
        expect(sheet).to_have_count(1)
        sheet.get_by_role("button", name="Close").click()
        expect(sheet).to_have_count(0)


@pytest.mark.parametrize("way", ["Close", "Escape"])
def test_a_sheet_that_is_leaving_the_screen_swallows_no_press(stage: Callable[..., Stage], way: str) -> None:
    alma = stage("Alma", "Bo").enter("Alma")
    alma.page.context.new_cdp_session(alma.page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    opener = _middle(alma.page.get_by_role("button", name="Add expense").filter(visible=True))
    for _ in range(3):
        alma.page.mouse.click(*opener)
        sheet = alma.sheet("Add expense")
        expect(sheet).to_have_count(1)
        number = sheet.get_attribute("id")
        if way == "Close":
            alma.page.mouse.click(*_middle(sheet.get_by_role("button", name="Close")))
        else:
            alma.page.keyboard.press("Escape")
        alma.page.mouse.click(*opener)
        expect(alma.page.locator(f"[role=dialog]:not(#{number})")).to_be_visible()
        expect(sheet).to_have_count(1)
        alma.page.keyboard.press("Escape")
        expect(sheet).to_have_count(0)


def test_the_second_half_of_a_double_press_on_close_reaches_nothing_below(
    stage: Callable[..., Stage],
) -> None:
    alma = stage("Alma", "Bo").enter("Alma")
    sheet = alma.begin_expense()
    closer = _middle(sheet.get_by_role("button", name="Close"))
    alma.page.evaluate("window.addEventListener('click', () => (window.heard = (window.heard ?? 0) + 1))")
    alma.page.mouse.dblclick(*closer)
    expect(sheet).to_have_count(0)
    assert alma.page.evaluate("window.heard") == 1


def test_a_sheet_closes_without_a_connection(stage: Callable[..., Stage]) -> None:
    alma = stage("Alma", "Bo").enter("Alma")
    sheet = alma.begin_expense()
    alma.page.context.set_offline(True)
    alma.page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    alma.page.context.set_offline(False)
    alma.begin_expense()


def test_a_list_that_is_longer_than_its_sheet_can_be_scrolled_to_its_end(stage: Callable[..., Stage]) -> None:
    here = stage("Alma", "Bo")
    for _ in range(20):
        here.group.pay(500, "Bo", "Alma")
    alma = here.enter("Alma", "more")
    alma.press("History")
    sheet = alma.sheet("History")
    expect(sheet.get_by_role("listitem")).to_have_count(21)
    alma.page.mouse.move(*_middle(sheet))
    alma.page.mouse.wheel(0, 5000)
    expect(sheet.get_by_text("made the group")).to_be_in_viewport(ratio=1)


def _middle(element: Locator) -> tuple[float, float]:
    box = element.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
