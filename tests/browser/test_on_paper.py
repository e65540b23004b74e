"""A group on paper: its name, the balances, how to settle up and the list, black on white, and nothing to press."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.stage import Stage


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_a_printed_group_is_what_is_to_be_read_and_nothing_to_press(
    stage: Callable[..., Stage], phone: bool
) -> None:
    flat = stage("Alma", "Bo")
    flat.group.add(3000, "Alma", title="Dinner")
    alma = flat.enter("Alma", phone=phone, color_scheme="dark")
    page = alma.page
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Lisbon 2026", level=1)).to_be_visible()
    expect(page.get_by_role("list", name="Balances in EUR")).to_contain_text("+€15.00")
    expect(page.get_by_text("1 payment, the fewest possible")).to_be_visible()
    expect(page.get_by_text("Dinner", exact=True)).to_be_visible()
    for what in ("Invite", "Add expense", "Record a payment", "Search", "All"):
        expect(page.get_by_role("button", name=what, exact=True).filter(visible=True)).to_have_count(0)
    for what in ("tab", "navigation", "searchbox"):
        expect(page.get_by_role(what).filter(visible=True)).to_have_count(0)  # type: ignore[arg-type]
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
    for text in (page.locator("h1"), page.locator(".mc-exp-effect").first, page.locator(".mc-bar-sum").first):
        expect(text).to_have_css("color", "rgb(0, 0, 0)")
