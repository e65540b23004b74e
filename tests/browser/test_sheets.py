"""Sheets open when they are asked for: once, however fast one presses."""

from collections.abc import Callable

from playwright.sync_api import expect

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
