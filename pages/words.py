"""Puts words, money and dates into the language of whoever is looking; source sentences are English."""

import re
from datetime import UTC, date, datetime, timedelta

from babel.dates import format_skeleton, format_timedelta, get_day_names
from babel.numbers import (
    format_decimal,
    get_currency_name,
    get_currency_symbol,
    get_decimal_symbol,
    get_group_symbol,
    get_territory_currencies,
)

from mycount.domain.currency import CURRENCIES, exponent
from mycount.domain.errors import Refusal
from mycount.domain.money import to_decimal
from mycount.services.views import Money
from pages.installation import Installation
from pages.language import catalog, language, locale, zone

MINUS = "\u2212"

# "CHF12.00": where a currency is written in letters, CLDR wants a space that patterns do not have.
_TOUCHING = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")


def _(message: str, **values: object) -> str:
    """Translate a sentence and fill in its {placeholders}; Money is written as the language does."""
    return _filled(catalog(language()).ugettext(message), values)


def ngettext(one: str, many: str, n: int, **values: object) -> str:
    """Translate a sentence that counts, in the plural form for `n`; {n} is filled in too."""
    return _filled(catalog(language()).ungettext(one, many, n), {"n": n, **values})


def refusal(error: Refusal) -> str:
    """Give the words of a refusal in the language of whoever is looking."""
    return _(error.message, **error.values)


def translated(message: str, code: str, **values: object) -> str:
    """Translate a sentence into the language of a locale code: for answers that are no pages."""
    return _filled(catalog(code).ugettext(message), values)


def money(amount: int, currency: str, *, sign: bool = False) -> str:
    """Write an amount of minor units with its currency: "€12.40", with sign "+€12.40" or "−€12.40"."""
    digits = exponent(currency)
    pattern = locale().currency_formats["standard"]
    text = pattern.apply(
        abs(to_decimal(amount, digits)),
        locale(),
        currency=currency,
        currency_digits=False,
        force_frac=(digits, digits),
    )
    mark = "+" if sign and amount > 0 else MINUS if amount < 0 else ""
    return mark + _TOUCHING.sub("\u00a0", text)


def number(value: object) -> str:
    """Write a plain number as the language does."""
    return format_decimal(value, locale=locale())  # type: ignore[arg-type]


def separators() -> tuple[str, str]:
    """Give the signs for decimals and for groups of thousands that the person's language uses."""
    return get_decimal_symbol(locale()), get_group_symbol(locale())


def currency_name(code: str) -> str:
    """Name a currency in the person's language."""
    return get_currency_name(code, locale=locale())


def currency_symbol(code: str) -> str:
    """Give the sign of a currency as the person's language writes it."""
    return get_currency_symbol(code, locale=locale())


def local_currency() -> str:
    """Give the currency of the region that the browser names; the installation's where it names none."""
    territory = locale().territory
    used = get_territory_currencies(territory) if territory else []
    return next((code for code in used if code in CURRENCIES), Installation.default_currency)


def today() -> date:
    """Give the day it is where the person is (the browser tells its time zone by a cookie), else in UTC."""
    return datetime.now(zone()).date()


def day(value: date) -> str:
    """Name a day: "Today · 14 March", "Yesterday · 13 March", "Thursday · 12 March", "12 March 2025"."""
    now = today()
    if value.year != now.year:
        return short_day(value)
    written = format_skeleton("MMMMd", value, locale=locale())
    if value == now:
        return _("Today · {day}", day=written)
    if value == now - timedelta(days=1):
        return _("Yesterday · {day}", day=written)
    if timedelta(0) < now - value < timedelta(days=7):
        return f"{get_day_names('wide', 'stand-alone', locale())[value.weekday()]} · {written}"
    return written


def short_day(value: date) -> str:
    """Write a day, with its year where it is not this year's: "14 March", "14 March 2025"."""
    skeleton = "MMMMd" if value.year == today().year else "yMMMMd"
    return format_skeleton(skeleton, value, locale=locale())


def month(value: date) -> str:
    """Name the month of a day: "March 2026"."""
    return format_skeleton("yMMMM", value, locale=locale())


def brief_day(value: date) -> str:
    """Write a day where there is little room: "Today, 14 Mar", "13 Mar", "14 Mar 2025"."""
    skeleton = "MMMd" if value.year == today().year else "yMMMd"
    written = format_skeleton(skeleton, value, locale=locale())
    return _("Today, {day}", day=written) if value == today() else written


def moment(value: datetime) -> str:
    """Write a moment as day and time where the person is: "12 March, 18:02"."""
    local = value.astimezone(zone())
    return f"{short_day(local.date())}, {format_skeleton('Hm', local, locale=locale())}"


def day_of(value: datetime) -> date:
    """Give the day that a moment falls on where the person is."""
    return value.astimezone(zone()).date()


def ago(value: datetime) -> str:
    """Say how long ago a moment was: "now", "5 minutes ago", "3 days ago"."""
    passed = datetime.now(UTC) - value
    if passed < timedelta(minutes=1):
        return _("now")
    return format_timedelta(-passed, "minute", add_direction=True, locale=locale(), threshold=1.2)


def within(value: datetime) -> str:
    """Say how far off a moment is: "in 3 days"."""
    return format_timedelta(value - datetime.now(UTC), add_direction=True, locale=locale(), threshold=1.2)


def _filled(text: str, values: dict[str, object]) -> str:
    return text.format(**{name: _shown(value) for name, value in values.items()}) if values else text


def _shown(value: object) -> object:
    if isinstance(value, Money):
        return money(value.amount, value.currency)
    return short_day(value) if isinstance(value, date) and not isinstance(value, datetime) else value
