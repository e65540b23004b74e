"""What is being typed is the person's own: nothing that happens elsewhere touches it."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.stage import Stage
from tests.browser.unfinished import begin_by_percent, typed


def test_nothing_typed_changes_while_somebody_else_adds_edits_and_deletes(
    stage: Callable[..., Stage],
) -> None:
    flat = stage("Alma", "Bo", "Cy", "Di")
    alma, bo = flat.enter("Alma"), flat.enter("Bo")
    sheet = begin_by_percent(alma)
    sheet.get_by_role("textbox", name="Bo, percent").press_sequentially("33.")
    before = typed(alma)

    bo.add("30", "Dinner")
    alma.sees("Dinner")
    assert typed(alma) == before
    bo.row("Dinner").get_by_role("button").click()
    bo.press("Delete")
    expect(alma.row("Dinner")).to_be_hidden()
    bo.add("9", "Coffee")
    alma.sees("Coffee")
    assert typed(alma) == before

    alma.page.keyboard.type("5")  # the focus is where it was, behind what was typed
    sheet.get_by_role("textbox", name="You, percent").fill("66.5")
    expect(sheet.get_by_text("€61.50", exact=True)).to_be_visible()
    sheet.get_by_role("button", name="Save expense").click()
    alma.sees("Sailing lesson", "€92.48")
    bo.sees("Sailing lesson", "€92.48", "you owe €30.98")
