"""Puts words, money and dates into the language of whoever is looking; source sentences are English."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Final, Literal

from babel import Locale
from babel.dates import format_skeleton, format_time, format_timedelta, get_day_names, get_month_names
from babel.numbers import get_currency_name, get_territory_currencies

from mycount.domain.currency import CURRENCIES
from mycount.domain.errors import Refusal
from mycount.services.views import Money
from pages.digits import digits, in_digits, isolated
from pages.figures import Figures
from pages.installation import Installation
from pages.language import catalog
from pages.speech import speech

_COMMA: Final = {"ar": "،", "ja": ""}


def _(message: str, **values: object) -> str:
    """Translate a sentence and fill in its {placeholders}; Money is written as the language does."""
    spoken = speech()
    return _filled(spoken.sentences.ugettext(message), values, spoken.locale)


def ngettext(one: str, many: str, n: int, **values: object) -> str:
    """Translate a sentence that counts, in the plural form for `n`; {n} is filled in too."""
    spoken = speech()
    return _filled(spoken.sentences.ungettext(one, many, n), {"n": n, **values}, spoken.locale)


def refusal(error: Refusal) -> str:
    """Give the words of a refusal in the language of whoever is looking."""
    return _(error.message, **error.values)


def translated(message: str, code: str, **values: object) -> str:
    """Translate a sentence into the language of a locale code: for answers that are no pages."""
    return _filled(catalog(code).ugettext(message), values, Locale.parse(code))


def money(amount: int, currency: str, *, sign: bool = False) -> str:
    """Write an amount of minor units with its currency: "€12.40", with sign "+€12.40" or "−€12.40"."""
    return speech().figures.money(amount, currency, sign=sign)


def number(value: Decimal | int) -> str:
    """Write a plain number as the language does."""
    return speech().figures.number(value)


def percent(value: Decimal) -> str:
    """Write a percentage as the language does: "12.5%", in German "12,5 %"."""
    return speech().figures.percent(value)


def percent_sign() -> str:
    """Give the sign for percent."""
    return speech().figures.percent_sign


def year(value: int) -> str:
    """Write a year, without anything between its thousands."""
    return in_digits(str(value), speech().locale)


def separators() -> tuple[str, str]:
    """Give the signs for decimals and for groups of thousands that are used where the person is."""
    return speech().figures.separators()


def own_digits() -> str:
    """Give the ten digits that are used where the person is."""
    return digits(speech().locale)


def currency_name(code: str) -> str:
    """Name a currency in the person's language."""
    return get_currency_name(code, locale=speech().locale)


def currency_symbol(code: str) -> str:
    """Give the sign of a currency as the person's language writes it."""
    return speech().figures.currency_symbol(code)


def currency_comes_after() -> bool:
    """Say whether the sign of a currency stands behind the amount where the person is."""
    return speech().figures.currency_comes_after


def local_currency() -> str:
    """Give the currency of the region that the browser names; the installation's where it names none."""
    where = speech().territory
    used = get_territory_currencies(where) if where else []
    return next((code for code in used if code in CURRENCIES), Installation.default_currency)


def today() -> date:
    """Give the day it is where the person is (the browser tells its time zone by a cookie), else in UTC."""
    return datetime.now(speech().zone).date()


def day(value: date) -> str:
    """Name a day: "Today · 14 March", "Yesterday · 13 March", "Thursday · 12 March", "12 March 2025"."""
    now = today()
    if value.year != now.year:
        return short_day(value)
    written = _dated("MMMMd", value)
    if value == now:
        return _("Today · {day}", day=written)
    if value == now - timedelta(days=1):
        return _("Yesterday · {day}", day=written)
    if timedelta(0) < now - value < timedelta(days=7):
        return f"{get_day_names('wide', 'stand-alone', speech().locale)[value.weekday()]} · {written}"
    return written


def short_day(value: date) -> str:
    """Write a day, with its year where it is not this year's: "14 March", "14 March 2025"."""
    skeleton = "MMMMd" if value.year == today().year else "yMMMMd"
    return _dated(skeleton, value)


def month(value: date) -> str:
    """Name the month of a day: "March 2026"."""
    return _dated("yMMMM", value)


def month_name(value: date, width: Literal["wide", "abbreviated"] = "wide") -> str:
    """Name the month of a day, without its year: "March", "Mar"."""
    return str(get_month_names(width, "stand-alone", speech().locale)[value.month])


def brief_day(value: date) -> str:
    """Write a day where there is little room: "Today, 14 Mar", "13 Mar", "14 Mar 2025"."""
    skeleton = "MMMd" if value.year == today().year else "yMMMd"
    written = _dated(skeleton, value)
    return _("Today, {day}", day=written) if value == today() else written


def moment(value: datetime) -> str:
    """Write a moment as day and time where the person is: "12 March, 18:02", "March 12, 6:02 PM"."""
    local = value.astimezone(speech().zone)
    time = in_digits(format_time(local.time(), "short", locale=speech().locale), speech().locale)
    return f"{short_day(local.date())}{_COMMA.get(speech().language, ',')} {time}"


def day_of(value: datetime) -> date:
    """Give the day that a moment falls on where the person is."""
    return value.astimezone(speech().zone).date()


def ago(value: datetime) -> str:
    """Say how long ago a moment was: "now", "5 minutes ago", "3 days ago"."""
    passed = datetime.now(UTC) - value
    if passed < timedelta(minutes=1):
        return _("now")
    return _span(-passed)


def within(value: datetime) -> str:
    """Say how far off a moment is: "in 3 days"."""
    return _span(value - datetime.now(UTC))


def _dated(skeleton: str, value: date) -> str:
    return _written(skeleton, value, speech().locale)


# A list has a date for every day of it, and is written again for everybody who looks whenever something changes.
@lru_cache(maxsize=5_000)
def _written(skeleton: str, value: date, where: Locale) -> str:
    return in_digits(format_skeleton(skeleton, value, locale=where), where)


def _span(time: timedelta) -> str:
    said = format_timedelta(time, "minute", add_direction=True, locale=speech().locale, threshold=1.2)
    return in_digits(said, speech().locale)


def _filled(text: str, values: dict[str, object], where: Locale) -> str:
    text = in_digits(text, where)
    return text.format(**{name: _shown(value, where) for name, value in values.items()}) if values else text


def _shown(value: object, where: Locale) -> object:
    """Write a value as it stands in a sentence."""
    if isinstance(value, int):
        return Figures(where).number(value)
    if isinstance(value, Money):
        value = money(value.amount, value.currency)
    elif isinstance(value, date) and not isinstance(value, datetime):
        value = short_day(value)
    return isolated(value, where.language) if isinstance(value, str) else value
