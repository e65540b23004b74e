"""The stretch of time that the insights are about, as chosen, as days, and as columns of a chart."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Self

from mycount.domain.words import N_
from pages.filter_words import last_of_month
from pages.words import _, ngettext, short_day, today, year

_NAMES: Final[Mapping[str, str]] = {
    "6": N_("6 months"),
    "12": N_("12 months"),
    "year": N_("This year"),
    "all": N_("All time"),
    "own": N_("Own dates"),
}
_BETWEEN: Final = {
    (True, True): (N_("Spent from {first} to {last}"), N_("Your share from {first} to {last}")),
    (True, False): (N_("Spent since {first}"), N_("Your share since {first}")),
    (False, True): (N_("Spent until {last}"), N_("Your share until {last}")),
    (False, False): (N_("Spent in all"), N_("Your share in all")),
}
_MOST_COLUMNS: Final = 60
_FIRST_YEAR: Final = 1900


@dataclass(frozen=True)
class Period:
    """A choice of time: a key of `names()`. `since` and `until` (both included) count with "own" alone."""

    which: str = "6"
    since: date | None = None
    until: date | None = None

    @classmethod
    def read(cls, values: Mapping[str, str]) -> Self:
        """Read it from the end of an address; what makes no sense is left out."""
        which = values.get("period", "6")
        since, until = (_day(values.get(name, "")) for name in ("since", "until"))
        return cls(which, since, until) if which == "own" else cls(which if which in _NAMES else "6")

    def written(self) -> dict[str, str]:
        """Write it for the end of an address; nothing for the usual one."""
        days = {"since": self.since, "until": self.until} if self.which == "own" else {}
        which = {} if self.which == "6" else {"period": self.which}
        return {**which, **{name: day.isoformat() for name, day in days.items() if day}}

    def become(self, which: str) -> "Period":
        """Give another choice; one's own dates begin with those that were shown."""
        since, until = self.days()
        return replace(self, which=which, since=since, until=until)

    def days(self) -> tuple[date | None, date | None]:
        """Give the first and the last day as seen from today; None is open."""
        now = today()
        if self.which == "own":
            return self.since, self.until
        if self.which == "all":
            return None, None
        if self.which == "year":
            return now.replace(month=1, day=1), now.replace(month=12, day=31)
        return _months_from(now, 1 - int(self.which)), last_of_month(now)

    def columns(self, found: Collection[date]) -> list[date]:
        """Give the first days of the months to draw, of which those `found` have something in them.

        Nothing is left out between them, unless that would be more than can be looked at.
        """
        now = today().replace(day=1)
        since, until = self.days()
        latest = max((*found, now)) if self.which in ("year", "all") else max(found, default=now)
        first = since.replace(day=1) if since else min(found, default=now)
        last = until.replace(day=1) if until and self.which != "year" else latest
        n = (last.year - first.year) * 12 + last.month - first.month + 1
        return [_months_from(first, step) for step in range(n)] if n <= _MOST_COLUMNS else sorted(found)

    def spent(self, *, mine: bool) -> str:
        """Say what the one large number is: "Spent in the last 6 months"."""
        if self.which in ("6", "12"):
            n = int(self.which)
            if mine:
                return ngettext("Your share in the last {n} month", "Your share in the last {n} months", n)
            return ngettext("Spent in the last {n} month", "Spent in the last {n} months", n)
        if self.which == "year":
            this = year(today().year)
            return _("Your share in {year}", year=this) if mine else _("Spent in {year}", year=this)
        since, until = self.days()
        days = {"first": since and short_day(since), "last": until and short_day(until)}
        return _(_BETWEEN[bool(since), bool(until)][mine], **days)


def names() -> dict[str, str]:
    """Name the periods there are to choose from."""
    return {which: _(name) for which, name in _NAMES.items()}


def _months_from(day: date, months: int) -> date:
    place = day.year * 12 + day.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)


def _day(value: str) -> date | None:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day if day.year >= _FIRST_YEAR else None
