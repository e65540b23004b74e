"""Where whoever is looking is: how dates, numbers and money are written there, and which time it is."""

from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global
from babel.localedata import exists

from mycount.domain.language import LANGUAGES
from pages.accept_language import asked

_ELSEWHERE: Final = {"en": "en_001"}  # English of no region is American, which nobody else writes dates like


@lru_cache(maxsize=1000)  # browsers may send anything
def locale_of(code: str, accepted: str) -> Locale:
    """Give how a language is written in the region of an Accept-Language header."""
    region = territory_of(code, accepted)
    if region is None:
        return Locale.parse(code)
    there = f"{code}_{region}"
    return Locale.parse(there if exists(there) else _ELSEWHERE.get(code, code))


@lru_cache(maxsize=1000)
def territory_of(code: str, accepted: str) -> str | None:
    """Take the region of the browser's first language, whichever that is: a German's English is not American."""
    tags = asked(accepted)
    if tags and tags[0].language != code and (region := tags[0].region or _at_home(tags[0].language)):
        return region
    return next((tag.region for tag in tags if tag.language == code and tag.region), None)


@lru_cache(maxsize=1000)
def zone_of(name: str) -> ZoneInfo:
    """Give the time zone of a name that a browser tells, else UTC."""
    try:
        return ZoneInfo(name[:64])
    except (ValueError, OSError, KeyError):
        return ZoneInfo("UTC")


def _at_home(foreign: str) -> str | None:
    """Guess the region of a language that we do not speak; ours are spoken in too many to guess."""
    likely = None if foreign in LANGUAGES else get_global("likely_subtags").get(foreign)
    return likely.rpartition("_")[2] if likely else None
