"""How whoever is looking is spoken to: their language, region and time zone, found once and kept with their request.

A page of a group asks some five hundred times: working it out anew each time took a third of the time of a page, and
finding out each time which page it is (`one_speech`) a tenth of the time of drawing it again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from babel import Locale
from babel.support import NullTranslations
from nicegui import context

from pages.figures import Figures
from pages.language import catalog, language_of
from pages.region import locale_of, territory_of, zone_of

_LONGEST: Final = 200  # characters of what a browser says about itself that are kept


@dataclass(frozen=True)
class Speech:
    """A language (its locale code), as it is written where somebody is.

    `territory` is the region (ISO 3166, or a number for a part of the world) that the browser names, if it names one.
    """

    language: str
    locale: Locale
    territory: str | None
    zone: ZoneInfo
    sentences: NullTranslations
    figures: Figures


def speech() -> Speech:
    """Give the speech of whoever is looking: their account's language, else their browser's; outside pages English."""
    spoken = _spoken.get()
    if spoken is not None:
        return spoken
    try:
        request = context.client.request
        state = request.scope.setdefault("state", {})
    except (RuntimeError, AttributeError):
        return _of("en", "", "UTC")
    known = state.get("speech")
    if not isinstance(known, Speech):
        accepted = request.headers.get("accept-language", "")[:_LONGEST]
        zone = request.cookies.get("mycount_zone", "UTC")[:_LONGEST]
        known = state["speech"] = _of(language_of(request), accepted, zone)
    return known


@contextmanager
def one_speech() -> Iterator[None]:
    """Speak to whoever looks at the page that is being drawn, until the block ends, without asking again who it is.

    For drawing in one go: a block that waits could be overtaken by another choice of language.
    """
    before = _spoken.set(speech())
    try:
        yield
    finally:
        _spoken.reset(before)


_spoken: ContextVar[Speech | None] = ContextVar("spoken", default=None)


@lru_cache(maxsize=1000)  # browsers may send anything
def _of(language: str, accepted: str, zone: str) -> Speech:
    where = locale_of(language, accepted)
    territory = territory_of(language, accepted)
    return Speech(language, where, territory, zone_of(zone), catalog(language), Figures(where))
