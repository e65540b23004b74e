"""Puts words, money and dates into the language of whoever is looking.

Source sentences are English; catalogs are the .po files under mycount/locale, read when first needed.
"""

import copy
import io
import re
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError, negotiate_locale
from babel.dates import format_skeleton, format_timedelta, get_day_names
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import (
    format_decimal,
    get_currency_name,
    get_currency_symbol,
    get_decimal_symbol,
    get_group_symbol,
    get_territory_currencies,
)
from babel.support import NullTranslations, Translations
from nicegui import context

import mycount
from mycount.domain.currency import CURRENCIES, exponent
from mycount.domain.errors import Refusal
from mycount.domain.money import to_decimal
from mycount.services.views import Money
from pages.installation import Installation

if TYPE_CHECKING:
    from nicegui import Client

CATALOGS = Path(mycount.__file__).parent / "locale"
MINUS = "\u2212"

# "CHF12.00": where a currency is written in letters, CLDR wants a space that patterns do not have.
_TOUCHING = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")


def _(message: str, **values: object) -> str:
    """Translate a sentence and fill in its {placeholders}; Money is written as the language does."""
    return _filled(_catalog(language()).ugettext(message), values)


def ngettext(one: str, many: str, n: int, **values: object) -> str:
    """Translate a sentence that counts, in the plural form for `n`; {n} is filled in too."""
    return _filled(_catalog(language()).ungettext(one, many, n), {"n": n, **values})


def refusal(error: Refusal) -> str:
    """Give the words of a refusal in the language of whoever is looking."""
    return _(error.message, **error.values)


def languages() -> dict[str, str]:
    """Give the languages there are: locale code and the name that its speakers use."""
    codes = ["en", *sorted(path.name for path in CATALOGS.glob("*") if path.is_dir())]
    return {code: (Locale.parse(code).get_display_name(code) or code).capitalize() for code in codes}


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


def translated(message: str, code: str, **values: object) -> str:
    """Translate a sentence into the language of a locale code: for answers that are no pages."""
    return _filled(_catalog(code).ugettext(message), values)


def money(amount: int, currency: str, *, sign: bool = False) -> str:
    """Write an amount of minor units with its currency: "€12.40", with sign "+€12.40" or "−€12.40"."""
    digits = exponent(currency)
    pattern = _locale().currency_formats["standard"]
    text = pattern.apply(
        abs(to_decimal(amount, digits)),
        _locale(),
        currency=currency,
        currency_digits=False,
        force_frac=(digits, digits),
    )
    mark = "+" if sign and amount > 0 else MINUS if amount < 0 else ""
    return mark + _TOUCHING.sub("\u00a0", text)


def number(value: object) -> str:
    """Write a plain number as the language does."""
    return format_decimal(value, locale=_locale())  # type: ignore[arg-type]


def separators() -> tuple[str, str]:
    """Give the signs for decimals and for groups of thousands that the person's language uses."""
    return get_decimal_symbol(_locale()), get_group_symbol(_locale())


def currency_name(code: str) -> str:
    """Name a currency in the person's language."""
    return get_currency_name(code, locale=_locale())


def currency_symbol(code: str) -> str:
    """Give the sign of a currency as the person's language writes it."""
    return get_currency_symbol(code, locale=_locale())


def local_currency() -> str:
    """Give the currency of the region that the browser names; the installation's where it names none."""
    territory = _locale().territory
    used = get_territory_currencies(territory) if territory else []
    return next((code for code in used if code in CURRENCIES), Installation.default_currency)


def today() -> date:
    """Give the day it is where the person is (the browser tells its time zone by a cookie), else in UTC."""
    return datetime.now(_zone()).date()


def day(value: date) -> str:
    """Name a day: "Today · 14 March", "Yesterday · 13 March", "Thursday · 12 March", "12 March 2025"."""
    now = today()
    if value.year != now.year:
        return short_day(value)
    written = format_skeleton("MMMMd", value, locale=_locale())
    if value == now:
        return _("Today · {day}", day=written)
    if value == now - timedelta(days=1):
        return _("Yesterday · {day}", day=written)
    if timedelta(0) < now - value < timedelta(days=7):
        return f"{get_day_names('wide', 'stand-alone', _locale())[value.weekday()]} · {written}"
    return written


def short_day(value: date) -> str:
    """Write a day, with its year where it is not this year's: "14 March", "14 March 2025"."""
    skeleton = "MMMMd" if value.year == today().year else "yMMMMd"
    return format_skeleton(skeleton, value, locale=_locale())


def brief_day(value: date) -> str:
    """Write a day where there is little room: "Today, 14 Mar", "13 Mar", "14 Mar 2025"."""
    skeleton = "MMMd" if value.year == today().year else "yMMMd"
    written = format_skeleton(skeleton, value, locale=_locale())
    return _("Today, {day}", day=written) if value == today() else written


def moment(value: datetime) -> str:
    """Write a moment as day and time where the person is: "12 March, 18:02"."""
    local = value.astimezone(_zone())
    return f"{short_day(local.date())}, {format_skeleton('Hm', local, locale=_locale())}"


def day_of(value: datetime) -> date:
    """Give the day that a moment falls on where the person is."""
    return value.astimezone(_zone()).date()


def ago(value: datetime) -> str:
    """Say how long ago a moment was: "now", "5 minutes ago", "3 days ago"."""
    passed = datetime.now(UTC) - value
    if passed < timedelta(minutes=1):
        return _("now")
    return format_timedelta(-passed, "minute", add_direction=True, locale=_locale(), threshold=1.2)


def within(value: datetime) -> str:
    """Say how far off a moment is: "in 3 days"."""
    return format_timedelta(value - datetime.now(UTC), add_direction=True, locale=_locale(), threshold=1.2)


def speak(client: "Client") -> None:
    """Tell the browser and Quasar's own texts which language this page is in."""
    code = language()
    client.page = copy.copy(client.page)
    client.page.language = "en-US" if code == "en" else code  # type: ignore[assignment]


def _filled(text: str, values: dict[str, object]) -> str:
    return text.format(**{name: _shown(value) for name, value in values.items()}) if values else text


def _shown(value: object) -> object:
    if isinstance(value, Money):
        return money(value.amount, value.currency)
    return short_day(value) if isinstance(value, date) and not isinstance(value, datetime) else value


def _chosen(client: "Client") -> str:
    visitor = client.request.scope.get("state", {}).get("visitor")
    return preferred(client.request.headers.get("accept-language", ""), visitor and visitor.language)


@cache
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


def _locale() -> Locale:
    try:
        accepted = context.client.request.headers.get("accept-language", "")[:200]
    except (RuntimeError, AttributeError):
        accepted = ""
    return _parsed(language(), accepted)


def _zone() -> ZoneInfo:
    try:
        return _zones(context.client.request.cookies.get("mycount_zone", "UTC"))
    except (RuntimeError, AttributeError):
        return _zones("UTC")


@cache
def _zones(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name[:64])
    except (ValueError, OSError, KeyError):
        return ZoneInfo("UTC")


@cache
def _catalog(code: str) -> NullTranslations:
    file = CATALOGS / code / "LC_MESSAGES" / "messages.po"
    if not file.is_file():
        return NullTranslations()
    compiled = io.BytesIO()
    with file.open("rb") as source:
        write_mo(compiled, read_po(source, locale=code))
    compiled.seek(0)
    return Translations(compiled)
