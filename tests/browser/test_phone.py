"""On a phone everything is within reach of a thumb and nothing is wider than the screen."""

from collections.abc import Callable

from playwright.sync_api import Locator, expect

from tests.browser.fitting import everything_fits
from tests.browser.person import Person
from tests.browser.stage import Stage

LONG = "Donaudampfschifffahrtsgesellschaftskapitän Maximilian"


def test_the_button_for_an_expense_is_at_the_thumb_and_opens_a_sheet_as_high_as_the_screen(
    stage: Callable[..., Stage],
) -> None:
    bo = stage("Alma", "Bo", "Cy").enter("Bo", phone=True)
    width, height = 390, 844
    button = bo.page.get_by_role("button", name="Add expense").filter(visible=True)
    box = _box(button)
    assert box["x"] > width / 2 and box["y"] > height / 2
    assert box["width"] >= 44 and box["height"] >= 44
    button.click()
    sheet = bo.sheet("Add expense")
    expect(sheet.get_by_label("Amount")).to_be_focused()
    expect(bo.page.locator(".mc-sheet--full")).to_have_css("height", f"{height}px")
    assert _box(bo.page.locator(".mc-sheet--full"))["width"] == width

    sheet.get_by_label("Amount").fill("27")
    sheet.get_by_label("What for").fill("Groceries")
    expect(sheet.get_by_role("button", name="Save expense")).to_be_in_viewport(ratio=1)
    sheet.get_by_role("button", name="Save expense").click()
    expect(bo.page.locator(".q-dialog")).to_have_count(0)
    bo.sees("Groceries", "€27.00")
    bo.is_told("Saved.")
    assert _can_be_pressed(button), "the word about what was saved lies on the button for the next one"


def test_no_page_and_no_sheet_is_wider_than_the_smallest_screen(
    stage: Callable[..., Stage], person: Callable[..., Person]
) -> None:
    flat = stage("Alma", LONG, "Cy", "Di")
    flat.group.add(123_456_789_00, "Alma", title=f"{LONG} {LONG}", note="https://example.org/" + "x" * 200)
    flat.group.add(4200, LONG, currency="CHF", title="Fondue")
    everything_fits(flat, person)


def _can_be_pressed(button: Locator) -> bool:
    """Say whether nothing lies on the middle and the corners of a button."""
    return bool(
        button.evaluate(
            """(it) => {
                const at = it.getBoundingClientRect();
                return [0.1, 0.5, 0.9].every((part) =>
                    it.contains(document.elementFromPoint(at.x + part * at.width, at.y + part * at.height)));
            }"""
        )
    )


def _box(of: Locator) -> dict[str, float]:
    box = of.bounding_box()
    assert box is not None
    return {**box}
