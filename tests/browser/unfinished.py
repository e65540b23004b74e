"""An expense that is half typed, and what stands in its form."""

from playwright.sync_api import Locator, expect

from tests.browser.person import Person


def begin_by_percent(person: Person) -> Locator:
    """Type an expense in several fields, split by percent without Cy and Di, and leave it unfinished."""
    sheet = person.begin_expense()
    sheet.get_by_label("Amount").fill("80+12.48")
    sheet.get_by_label("What for").fill("Sailing lesson")
    sheet.get_by_role("radio", name="Percent").click()
    sheet.get_by_role("textbox", name="You, percent").fill("60")
    for name in ("Cy", "Di"):
        sheet.get_by_role("checkbox", name=name, exact=True).click()
    expect(sheet.get_by_text("2 take part")).to_be_visible()
    return sheet


def typed(person: Person) -> object:
    """Give everything that is typed, ticked and chosen in the form, and where the cursor is."""
    return person.page.evaluate(
        """() => {
            const sheet = document.querySelector("[role=dialog]");
            const all = [...sheet.querySelectorAll("input,select,textarea,[role=radio]")];
            const one = (it) => [it.id, it.value, it.checked, it.getAttribute("aria-checked")];
            const at = document.activeElement;
            return [all.map(one), at.id, at.selectionStart, at.selectionEnd];
        }"""
    )
