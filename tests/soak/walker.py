"""Somebody who goes through pages with open eyes: counts whatever text of people was taken for more than text."""

import csv
import io
import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Locator, Page, expect

from tests.waiting import PATIENCE

_WATCH: Final = """
Object.defineProperty(window, "ran", { set: () => console.log("walk: ran"), get: () => undefined });
document.addEventListener("securitypolicyviolation", (it) =>
    console.log("walk: violation", it.violatedDirective, it.blockedURI, it.sample));
"""
_TAKEN_FOR_MORE: Final = (
    """() => [...document.querySelectorAll("[data-ran], [href^='javascript:' i]")].length"""
)
_ADDRESSES: Final = """() => [...document.querySelectorAll("[href], [src]")]
    .map((it) => new URL(it.getAttribute("href") ?? it.getAttribute("src"), location.href))
    .filter((it) => it.origin !== location.origin && !["data:", "blob:"].includes(it.protocol)).map(String)"""
_FORMULA: Final = re.compile(r"(^|[;\t])\s*[=+\-@\t\r\0＝＋－＠]")
_POLICY: Final = "content-security-policy"
_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?")

RAN, ASKED, VIOLATED, UNGUARDED, TAKEN, ELSEWHERE, FAILED, FORMULAS = KINDS = (
    "scripts run from text",
    "dialogs opened",
    "violations of the content security policy",
    "pages without that policy",
    "elements and links made of text",
    "addresses that lead elsewhere",
    "errors in the console",
    "cells that a spreadsheet takes for formulas",
)
"""What is counted: none of it should ever be."""


class Walker:
    """One page of a browser profile, and what was found in it so far; `found` has an example of each."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self._address = address
        self.seen = 0
        self._is_deaf = False
        self.counted: Counter[str] = Counter(dict.fromkeys(KINDS, 0))
        self.found: dict[str, str] = {}
        context.add_init_script(_WATCH)
        self.page: Page = context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self._count(FAILED, str(error)))
        self.page.on("dialog", self._asked)

    def open(self, path: str, *, live: bool = True) -> None:
        """Open a page, wait until it answers to clicks if it is one that does, and look at it."""
        answer = self.page.goto(self._address + path)
        if answer is None or "script-src 'self' 'unsafe-eval' 'nonce-" not in answer.headers.get(_POLICY, ""):
            self._count(UNGUARDED, path)
        if live:
            self.page.wait_for_function("window.did_handshake === true")
        self.look()

    def look(self) -> None:
        """Look for what was made of text in whatever is shown now."""
        self.seen += 1
        if made := self.page.evaluate(_TAKEN_FOR_MORE):
            self._count(TAKEN, self.page.url, made)
        for address in self.page.evaluate(_ADDRESSES):
            self._count(ELSEWHERE, address)

    def tab(self, name: str) -> None:
        """Show another view of a group, and look at it."""
        self.page.get_by_role("tab", name=name, exact=True).filter(visible=True).first.click()
        expect(self.page.get_by_role("tabpanel", name=name, exact=True)).to_be_visible()
        self.look()

    def sheet(self, opener: Locator, *presses: str) -> None:
        """Open a sheet, press what is named in it, looking each time, and close it, and whatever lies below it."""
        opener.click()
        sheets = self.page.get_by_role("dialog")
        expect(sheets.last).to_be_visible()
        self.look()
        for name in presses:
            sheets.last.get_by_role("button", name=name, exact=True).click()
            expect(sheets.last.get_by_role("button", name=name, exact=True)).to_be_hidden()
            expect(sheets.last).to_be_visible()
            self.look()
        begun = time.monotonic()
        while sheets.count():
            assert time.monotonic() - begun < PATIENCE, "a sheet stays open"
            self.page.keyboard.press("Escape")  # again, where it came before the sheet listened
            with suppress(AssertionError):
                expect(sheets.last).to_be_hidden(timeout=3000)

    def button(self, name: str) -> Locator:
        """Give the button of this name that can be seen."""
        return self.page.get_by_role("button", name=name).filter(visible=True).first

    @contextmanager
    def unheard(self) -> Iterator[None]:
        """Expect errors in the console inside the block."""
        self._is_deaf = True
        yield
        self._is_deaf = False

    def read_table(self, text: str) -> None:
        """Look for formulas in a table."""
        self.seen += 1
        for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")):
            for cell in row:
                if _FORMULA.search(cell) and not _NUMBER.fullmatch(cell):
                    self._count(FORMULAS, cell)

    def _asked(self, dialog: Dialog) -> None:
        self._count(ASKED, dialog.message)
        dialog.dismiss()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.text.startswith("walk: ran"):
            self._count(RAN, self.page.url)
        elif message.text.startswith("walk: violation"):
            self._count(VIOLATED, message.text)
        elif message.type == "error" and not self._is_deaf and "Content Security Policy" not in message.text:
            self._count(FAILED, message.text)

    def _count(self, what: str, example: str, times: int = 1) -> None:
        self.counted[what] += times
        self.found.setdefault(what, example[:120])
