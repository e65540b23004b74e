"""Which languages there are, which one a request asks for, and the catalogs of sentences.

Catalogs are the .po files under mycount/locale, read when first needed.
"""

import copy
import io
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from starlette.requests import HTTPConnection

import mycount
from mycount.domain.language import LANGUAGES
from pages.accept_language import asked
from pages.installation import Installation

if TYPE_CHECKING:
    from nicegui import Client

CATALOGS = Path(mycount.__file__).parent / "locale"


@cache
def languages() -> dict[str, str]:
    """Give the languages there are: locale code and the name that its speakers use, in the order of the names."""
    names = {code: (Locale.parse(code).get_display_name(code) or code).capitalize() for code in LANGUAGES}
    return dict(sorted(names.items(), key=itemgetter(1)))


def language_of(request: HTTPConnection) -> str:
    """Give the locale code for a request; a stranger may have chosen one for this browser, by a cookie."""
    visitor = request.scope.get("state", {}).get("visitor")
    chosen = (visitor and visitor.language) or request.cookies.get("mycount_language")
    return preferred(request.headers.get("accept-language", ""), chosen)


def preferred(accepted: str, chosen: str | None = None) -> str:
    """Give the locale code for a chosen language, else for an Accept-Language header, else the installation's."""
    if chosen in LANGUAGES:
        return str(chosen)
    spoken = (tag.language for tag in asked(accepted) if tag.language in LANGUAGES)
    return next(spoken, Installation.default_language)


@cache
def direction(code: str) -> Literal["ltr", "rtl"]:
    """Say from which side a language is written."""
    return "rtl" if Locale.parse(code).text_direction == "rtl" else "ltr"


def speak(client: "Client", code: str) -> None:
    """Tell the browser and Quasar's own texts which language this page is in, by its locale code."""
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
        if message.id and not all(message.string or ()):
            known.delete(message.id)
    compiled = io.BytesIO()
    write_mo(compiled, known)
    compiled.seek(0)
    return Translations(compiled)
