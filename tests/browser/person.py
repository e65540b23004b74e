"""What a person does in a browser, in their words: found by names and roles, as a screen reader finds it."""

import re
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import ConsoleMessage, Locator, Page, expect

from pages.words import translated
from tests.server import Server

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
PASSWORD = "correct horse battery"


_AT_WORK = """async () => {
    const { active, scope } = await navigator.serviceWorker.ready;
    if (active.state !== "activated") await new Promise((done) => active.addEventListener("statechange", done));
    return scope;
}"""


class Person:
    """Somebody with a browser profile of their own, who reads what is there in the language of that."""

    def __init__(self, page: Page, server: Server, name: str, language: str = "en") -> None:
        self.page = page
        self.server = server
        self.name = name
        self.language = language
        self.email = f"{name.lower()}@example.org"
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._hear)

    def words(self, sentence: str, **values: object) -> str:
        """Give a sentence as this person reads it."""
        return translated(sentence, self.language, **values)

    def holds(self, token: str) -> None:
        """Be signed in, by a session that was made without this browser."""
        cookie = {"name": "mycount_session", "value": token, "url": self.server.address}
        self.page.context.add_cookies([cookie])  # type: ignore[list-item]

    def another(self, path: str) -> "Person":
        """Open one more page in the same browser profile."""
        other = Person(self.page.context.new_page(), self.server, self.name, self.language)
        other.email, other.errors = self.email, self.errors
        other.open(path)
        return other

    def open(self, path: str) -> None:
        """Open a page and wait until it answers to clicks."""
        self.page.goto(path)
        self.ready()

    def ready(self) -> None:
        """Wait until the page that is open is connected."""
        self.page.wait_for_function("window.did_handshake === true")

    def worker(self) -> str:
        """Wait until the service worker is at work, and give the address below which it answers."""
        return str(self.page.evaluate(_AT_WORK))

    def front(self) -> "Person":
        """Look at this page: the other tabs of the same browser draw slowly meanwhile."""
        self.page.bring_to_front()
        return self

    def stays(self) -> None:
        """Mark the page that is open, to know it again."""
        self.page.evaluate("window.stays = true")

    def is_still_there(self) -> None:
        """Assert that the page is the one that was marked: it was not loaded again."""
        assert self.page.evaluate("window.stays === true"), f"a page of {self.name} was loaded again"

    def sign_up(self) -> None:
        """Make an account."""
        self.open("/sign-up")
        self.page.get_by_label(self.words("Your name")).fill(self.name)
        self.page.get_by_label(self.words("E-mail")).fill(self.email)
        self.page.get_by_label(self.words("Password"), exact=True).fill(PASSWORD)
        self.press(self.words("Make an account"))
        expect(self.page.get_by_role("heading", name=self.words("Groups"))).to_be_visible()
        self.ready()

    def sign_in(self, password: str = PASSWORD) -> None:
        """Sign in from the page that is open, or the one for it."""
        if "/sign-in" not in self.page.url:
            self.open("/sign-in")
        self.ready()
        self.page.get_by_label(self.words("E-mail")).fill(self.email)
        self.page.get_by_label(self.words("Password"), exact=True).fill(password)
        self.page.keyboard.press("Enter")

    def new_group(self, name: str, *people: str) -> None:
        """Make a group in EUR with more people by name, and be in it."""
        self.open("/")
        ways = "|".join(map(self.words, ("New group", "Make a group")))
        self.page.get_by_role("button", name=re.compile(ways)).filter(visible=True).first.click()
        sheet = self.sheet(self.words("New group"))
        sheet.get_by_label(self.words("Name"), exact=True).fill(name)
        sheet.get_by_role("combobox", name=self.words("Currency")).fill("EUR")
        sheet.get_by_role("option", name=re.compile("^EUR ·")).click()
        sheet.get_by_label(self.words("Other people")).fill("\n".join(people))
        sheet.get_by_role("button", name=self.words("Make the group")).click()
        expect(self.page.get_by_role("heading", name=name, level=1)).to_be_visible()
        self.page.wait_for_url(re.compile(r"/groups/\d+"))
        self.ready()

    def invite(self, joins_as: str = "Somebody new") -> str:
        """Make an invite in the group that is open, and give its link."""
        self.press(self.words("Invite"))
        sheet = self.page.get_by_role("dialog")
        sheet.get_by_label(self.words("Joins as")).select_option(label=self.words(joins_as))
        sheet.get_by_role("button", name=self.words("Make the link")).click()
        address = sheet.locator("[title*='/join/']")
        expect(address).to_be_visible()
        link = address.get_attribute("title")
        assert link is not None
        sheet.get_by_role("button", name=self.words("Close")).click()
        expect(sheet).to_be_hidden()
        return link

    def join(self, link: str, *, name: str = "", choose: str = "") -> None:
        """Open an invite link, say who one is, and press Join."""
        self.open(link)
        if choose:
            self.page.get_by_text(choose, exact=True).click()
        if name:
            self.page.get_by_label(self.words("Your name in the group")).fill(name)
        self.press(self.words("Join"))
        self.page.wait_for_url(re.compile(r"/groups/\d+"))
        self.ready()

    def begin_expense(self) -> Locator:
        """Open the form for a new expense."""
        self.press(self.words("Add expense"))
        sheet = self.sheet(self.words("Add expense"))
        expect(sheet.get_by_label(self.words("Amount"))).to_be_focused()
        return sheet

    def add(
        self,
        amount: str,
        title: str,
        *,
        payers: str | Mapping[str, str] = "",
        mode: str = "Equally",
        typed: Mapping[str, str] | None = None,
        without: tuple[str, ...] = (),
        also: tuple[str, ...] = (),
    ) -> None:
        """Add an expense: who paid (several with their amounts), how it is split, what is typed for whom.

        Names of people, of ways to split, and "You", are given in English. `without` are unticked, and `also` ticked,
        who otherwise would not be.
        """
        sheet = self.begin_expense()
        sheet.get_by_label(self.words("Amount")).fill(amount)
        sheet.get_by_label(self.words("What for")).fill(title)
        self._pay(sheet, payers)
        if mode != "Equally":
            way = sheet.get_by_role("radio", name=self.words(mode))
            way.click()
            expect(way).to_be_checked()
        for name in (*without, *also):
            sheet.get_by_role("checkbox", name=self.words(name), exact=True).click()
        for name, value in (typed or {}).items():
            sheet.get_by_role("textbox", name=re.compile(f"^{self.words(name)}, ")).fill(value)
        sheet.get_by_role("button", name=self.words("Save expense")).click()
        expect(sheet).to_be_hidden()

    def row(self, title: str) -> Locator:
        """Give the row of an expense in the list."""
        return self.page.get_by_role("listitem").filter(has=self.page.get_by_text(title, exact=True))

    def sees(self, title: str, *more: str) -> None:
        """Wait until an expense is in the list, with these words in its row."""
        row = self.row(title)
        expect(row).to_be_visible()
        for words in more:
            expect(row).to_contain_text(words)

    def here(self) -> Locator:
        """Give the word about who else is looking; there is one for phones and one for desktops."""
        return self.page.locator(".mc-here").filter(visible=True)

    def tab(self, name: str) -> None:
        """Show another view of the group."""
        self.page.get_by_role("tab", name=name).click()
        expect(self.page.get_by_role("tabpanel", name=name)).to_be_visible()

    def press(self, name: str) -> None:
        """Press the button of this name that can be seen."""
        self.page.get_by_role("button", name=name).filter(visible=True).first.click()

    def is_told(self, words: str) -> None:
        """Wait for a notice with these words."""
        expect(self.page.locator(".mc-toast-text", has_text=words)).to_be_visible()

    def undo(self, said: str) -> None:
        """Press Undo on the notice that says this."""
        self.page.get_by_role("region", name=said).get_by_role("button", name=self.words("Undo")).click()

    def sheet(self, name: str) -> Locator:
        """Give the sheet or dialog of this name, once it is open."""
        sheet = self.page.get_by_role("dialog", name=name)
        expect(sheet).to_be_visible()
        return sheet

    def _hear(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.errors.append(message.text)

    def _pay(self, sheet: Locator, payers: str | Mapping[str, str]) -> None:
        if isinstance(payers, str):
            if payers:
                sheet.get_by_label(self.words("Paid by"), exact=True).select_option(label=self.words(payers))
            return
        sheet.get_by_label(self.words("Paid by"), exact=True).select_option(label=self.words("Several"))
        for name, amount in payers.items():
            row = f"{self.words(name)}, {self.words('paid')}"
            sheet.get_by_role("textbox", name=row).fill(amount)
