"""Which language, region and time zone whoever is looking has, and the catalogs of sentences.

Catalogs are the .po files under mycount/locale, read when first needed.
"""

import copy
import io
from functools import cache, lru_cache
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError, negotiate_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from nicegui import context

import mycount
from mycount.domain.language import LANGUAGES
from pages.installation import Installation

if TYPE_CHECKING:
    from nicegui import Client

CATALOGS = Path(mycount.__file__).parent / "locale"


@cache
def languages() -> dict[str, str]:
    """Give the languages there are: locale code and the name that its speakers use, in the order of the names."""
    names = {code: (Locale.parse(code).get_display_name(code) or code).capitalize() for code in LANGUAGES}
    return dict(sorted(names.items(), key=itemgetter(1)))


def language() -> str:
    """Give the locale code of whoever is looking: their account's, else their browser's, else English."""
    try:
        state = context.client.request.scope.setdefault("state", {})
    except (RuntimeError, AttributeError):
        return "en"
    if "language" not in state:
        state["language"] = _chosen(context.client)
    return str(state["language"])


def preferred(accepted: str, chosen: str | None = None) -> str:
    """Give the locale code for a chosen language, else for an Accept-Language header, else the installation's."""
    if chosen in languages():
        return str(chosen)
    wanted = [part.partition(";")[0].strip() for part in accepted.split(",")]
    return negotiate_locale(wanted, [*languages()], sep="-") or Installation.default_language


def locale() -> Locale:
    """Give how whoever is looking writes numbers and dates: their language, in their browser's region."""
    try:
        accepted = context.client.request.headers.get("accept-language", "")[:200]
    except (RuntimeError, AttributeError):
        accepted = ""
    return _parsed(language(), accepted)


def zone() -> ZoneInfo:
    """Give the time zone that the browser tells by a cookie, else UTC."""
    try:
        return _zones(context.client.request.cookies.get("mycount_zone", "UTC"))
    except (RuntimeError, AttributeError):
        return _zones("UTC")


def speak(client: "Client") -> None:
    """Tell the browser and Quasar's own texts which language this page is in."""
    code = language()
    client.page = copy.copy(client.page)
    client.page.language = "en-US" if code == "en" else code  # type: ignore[assignment]


@cache
def catalog(code: str) -> NullTranslations:
    """Give the sentences of a language; those of English are the source itself.

    A sentence that is not translated in all its forms is left in English.
    """
    file = CATALOGS / code / "LC_MESSAGES" / "messages.po"
    if not file.is_file():
        return NullTranslations()
    with file.open("rb") as source:
        known = read_po(source, locale=code)
    for message in list(known):
        if message.id and not all(message.string):
            known.delete(message.id)
    compiled = io.BytesIO()
    write_mo(compiled, known)
    compiled.seek(0)
    return Translations(compiled)


def _chosen(client: "Client") -> str:
    visitor = client.request.scope.get("state", {}).get("visitor")
    return preferred(client.request.headers.get("accept-language", ""), visitor and visitor.language)


@lru_cache(maxsize=1000)  # browsers may send anything
def _parsed(code: str, accepted: str) -> Locale:
    """Prefer the region that the browser names for the language in use: dates and money differ by it."""
    for part in accepted.split(","):
        try:
            locale = Locale.parse(part.partition(";")[0].strip(), sep="-")
        except (ValueError, UnknownLocaleError):
            continue
        if locale.language == Locale.parse(code).language:
            return locale
    return Locale.parse(code)


@lru_cache(maxsize=1000)
def _zones(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name[:64])
    except (ValueError, OSError, KeyError):
        return ZoneInfo("UTC")
