"""Two people at work in real browsers, as a program: Playwright would leave an event loop behind in the tests' process.

`python -m tests.monitoring.visit http://127.0.0.1:8000`, and with `guess` behind it somebody who guesses passwords.
"""

import os
import re
import sys
from types import SimpleNamespace

from playwright.sync_api import Browser, Locator, ViewportSize, expect, sync_playwright

from tests import chromium
from tests.browser.conftest import ARGUMENTS
from tests.browser.person import Person

PATIENCE = 60_000  # milliseconds; how quick the pages are is not what this is about


def visit(browser: Browser, address: str) -> None:
    """Sign up, make a group, invite, add and delete expenses; the other one sees it, and mistypes a password."""
    ann, bo = _person(browser, address, "Ann"), _person(browser, address, "Bo")
    ann.sign_up()
    ann.new_group("Lisbon")
    bo.join(ann.invite(), name="Bo")
    ann.add("12.50", "Dinner")
    bo.sees("Dinner")
    bo.add("7", "Tram")
    ann.sees("Tram")
    _mistypes(_person(browser, address, "Cy"))


def guess(browser: Browser, address: str) -> None:
    """Try more passwords than people mistype, from several addresses, for several accounts: each has few for free."""
    for number in range(5):
        mallory = _person(browser, address, f"Ann{number}", {"X-Forwarded-For": f"192.0.2.{number}"})
        _mistypes(mallory)
        for turn in range(7):
            mallory.page.get_by_label("Password", exact=True).fill(f"guess {turn}")
            expect(_refusal(mallory)).to_be_hidden()
            mallory.page.keyboard.press("Enter")
            expect(_refusal(mallory)).to_be_visible()
        mallory.page.context.close()


def _mistypes(person: Person) -> None:
    person.sign_in("a wrong password")
    expect(_refusal(person)).to_be_visible()


def _refusal(person: Person) -> Locator:
    return person.page.get_by_text(re.compile("do not match an account"))


def _person(browser: Browser, address: str, name: str, headers: dict[str, str] | None = None) -> Person:
    size: ViewportSize = {"width": 1280, "height": 860}
    context = browser.new_context(
        base_url=address, locale="en-GB", viewport=size, extra_http_headers=headers or {}
    )
    context.set_default_timeout(PATIENCE)
    person = Person(context.new_page(), SimpleNamespace(address=address), name)  # type: ignore[arg-type]
    person.email = f"{name.lower()}.{os.getpid()}@example.org"  # the visit may be made a second time
    return person


if __name__ == "__main__":
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.found(), args=list(ARGUMENTS))
        (guess if sys.argv[2:] == ["guess"] else visit)(browser, sys.argv[1])
        browser.close()
