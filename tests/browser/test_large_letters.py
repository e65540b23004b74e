"""Whose browser writes everything twice as large reads everything, also on a small phone."""

from collections.abc import Callable, Iterator
from typing import Final

import pytest
from playwright.sync_api import Browser, expect

from tests import chromium
from tests.browser.conftest import ARGUMENTS
from tests.browser.fitting import fits
from tests.browser.person import PHONE, Person
from tests.browser.stage import Stage

_CUT: Final = """() => [...document.querySelectorAll("#app *, .q-dialog *")]
    .filter((it) => it.checkVisibility() && getComputedStyle(it).overflowY === "hidden")
    .filter((it) => !it.closest(".mc-only-read,svg,.mc-connection") && it.scrollHeight > it.clientHeight + 3)
    .map((it) => it.outerHTML.slice(0, 160))"""
_VIEWS: Final = ("", "/balances", "/settle", "/insights", "/more")


@pytest.fixture
def large(browser: Browser) -> Iterator[Browser]:
    """A Chromium that is set to letters of 200 %."""
    settings = (*ARGUMENTS, "--blink-settings=defaultFontSize=32")
    large = browser.browser_type.launch(executable_path=chromium.found(), args=list(settings))
    yield large
    large.close()


def test_at_twice_the_size_nothing_is_cut_and_nothing_too_wide(
    stage: Callable[..., Stage], large: Browser
) -> None:
    flat = stage("Alma", "Bo", "Cy")
    flat.group.add(123456, "Bo", title="Apartment with a view of the harbour")
    known = flat.outside("Alma")
    view = {**PHONE, "viewport": {"width": 360, "height": 740}, "locale": "en-GB", "reduced_motion": "reduce"}
    context = large.new_context(base_url=flat.server.address, **view)
    context.add_cookies(known.page.context.cookies())  # type: ignore[arg-type]
    alma = Person(context.new_page(), flat.server, "Alma")

    for path in ("/", "/activity", "/you", *(flat.path + view for view in _VIEWS)):
        alma.open(path)
        _is_whole(alma)
    alma.open(flat.path)
    expect(alma.page.locator(".mc-exp-title")).to_have_css("font-size", "30px")
    alma.row("Apartment with a view of the harbour").get_by_role("button").tap()
    expect(alma.page.get_by_role("dialog").locator(".mc-sheet")).to_have_css("transform", "none")
    fits(alma)
    alma.press("Close")
    sheet = alma.begin_expense()
    sheet.get_by_label("Amount").fill("1234.56")
    for mode in ("Shares", "Percent", "Amounts", "Adjust"):
        sheet.get_by_role("radio", name=mode).click()
        fits(alma)


def _is_whole(person: Person) -> None:
    fits(person)
    assert person.page.evaluate(_CUT) == []
