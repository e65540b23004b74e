"""Somebody who goes from state to state in one browser profile; finds things by their names in any language."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Locator, Page, expect

from pages.words import translated
from tests.screenshots.rest import rest
from tests.screenshots.scene import Scene


@dataclass
class Tour:
    """One browser profile, in one language, and the page that is open in it."""

    page: Page
    language: str
    scene: Scene

    @property
    def context(self) -> BrowserContext:
        """Give the browser profile."""
        return self.page.context

    def say(self, words: str, **values: object) -> str:
        """Give the words of a button or a field in the language of this tour."""
        return translated(words, self.language, **values)

    def open(self, path: str) -> None:
        """Open a page and wait until it answers to clicks."""
        self.page.goto(path)
        self.page.wait_for_function("window.did_handshake === true")

    def group(self, which: str, view: str = "") -> None:
        """Open a group of the scene."""
        self.open(self.scene.groups[which] + (f"/{view}" if view else ""))
        expect(self.page.get_by_role("tabpanel")).to_be_visible()

    def press(self, words: str, within: Locator | None = None) -> None:
        """Press the first button of this name that can be seen."""
        there = (within or self.page.locator("body")).get_by_role("button", name=self.say(words))
        there.filter(visible=True).first.click()

    def sheet(self) -> Locator:
        """Give the sheet that is on top, once it is open."""
        sheet = self.page.get_by_role("dialog").last
        expect(sheet).to_be_visible()
        expect(self.page.locator(".q-dialog__inner--animating")).to_have_count(0)
        return sheet

    def fill(self, words: str, typed: str) -> None:
        """Type into a field of the page or sheet that is open."""
        self.page.get_by_label(self.say(words), exact=True).filter(visible=True).last.fill(typed)

    def choose(self, words: str) -> None:
        """Press one of several that exclude each other."""
        radio = self.page.get_by_role("radio", name=self.say(words), exact=True)
        radio.click()
        expect(radio).to_be_checked()

    def rest(self) -> None:
        """Wait until nothing moves and every letter has its font."""
        self.page.wait_for_load_state("load")
        rest(self.page, quiet=True)


Reach = Callable[[Tour], None]


@dataclass(frozen=True)
class State:
    """What is to be seen: its name, the way there, as whom, and whether it is shown in other languages too."""

    name: str
    reach: Reach
    who: str = "alma"
    everywhere: bool = False


def named(who: str, ways: Sequence[Reach], everywhere: Sequence[Reach]) -> list[State]:
    """Make states of functions, called like them."""
    return [State(way.__name__.replace("_", "-"), way, who, way in everywhere) for way in ways]
