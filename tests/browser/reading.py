"""Reads the page that is open as somebody does who knows no English."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from babel.messages.pofile import read_po
from playwright.sync_api import expect

from pages.language import CATALOGS, direction
from tests.browser.fitting import fits
from tests.browser.person import Person

_SEEN: Final = """() => {
    const isSeen = (it) => it.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    const texts = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const within = walker.currentNode.parentElement;
        if (isSeen(within) && !within.closest("script,style,.mc-given,kbd")) texts.push(walker.currentNode.data);
    }
    for (const it of document.querySelectorAll("body *"))
        if (isSeen(it))
            for (const name of ["aria-label", "aria-description", "placeholder", "title", "alt"])
                if (it.hasAttribute(name)) texts.push(it.getAttribute(name));
    return [document.title, ...texts].map((it) => it.trim()).filter((it) => it);
}"""
_PLACE: Final = re.compile(r"\{\w+\}")
_PARTS: Final = re.compile(r" [·|] ")


def reads_well(person: Person) -> None:
    """Assert that the page is marked as its reader's language, runs from its side, has room, and speaks no English."""
    html = person.page.locator("html")
    expect(html).to_have_attribute("lang", person.language)
    assert (html.get_attribute("dir") or "ltr") == direction(person.language)
    fits(person)
    assert untranslated(person) == []


def untranslated(person: Person) -> list[str]:
    """Give what can be seen or is read out on the page that is open, and is English."""
    texts = {part for text in person.page.evaluate(_SEEN) for part in _PARTS.split(text)}
    return sorted(text for text in texts if _is_english(text, person.language))


@cache  # most of what a page says was on the one before, and it is compared with every sentence there is
def _is_english(text: str, language: str) -> bool:
    english, own = _sentences(language)
    return bool(english.fullmatch(text) and not own.fullmatch(text))


@cache
def _sentences(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Give patterns for all sentences, in English and in a language, as they look once they are filled in."""
    with (CATALOGS / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        known = [message for message in read_po(file, locale=language) if message.id]
    english = {text for message in known for text in _forms(message.id)}
    own = {text for message in known for text in _forms(message.string)}
    return _any_of(english - own), _any_of(own)


def _forms(texts: object) -> Iterator[str]:
    for text in texts if isinstance(texts, list | tuple) else (texts,):
        if any(len(part.strip()) > 2 for part in _PLACE.split(str(text))):  # else it says nothing by itself
            yield str(text)


def _any_of(sentences: set[str]) -> re.Pattern[str]:
    ways = (".+".join(map(re.escape, _PLACE.split(sentence))) for sentence in sorted(sentences))
    return re.compile("|".join(ways))
