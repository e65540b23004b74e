"""Puts into words what is looked for in a list, and how much of it there is."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Final

from mycount.domain.ids import MemberId
from mycount.domain.ledger import Kind
from mycount.domain.words import N_
from mycount.services.views import GroupView, Tally
from pages.words import _, brief_day, money, month, ngettext, today

KINDS: Final = {
    Kind.EXPENSE: N_("Expenses"),
    Kind.INCOME: N_("Incomes"),
    Kind.PAYMENT: N_("Payments"),
}
_COUNTS: Final[dict[Kind, Callable[[int], str]]] = {
    Kind.EXPENSE: lambda n: ngettext("{n} expense", "{n} expenses", n),
    Kind.INCOME: lambda n: ngettext("{n} income", "{n} incomes", n),
    Kind.PAYMENT: lambda n: ngettext("{n} payment", "{n} payments", n),
}


def tally(found: Iterable[Tally]) -> str:
    """Say how much was found: "12 expenses · €340.20 · $9.00 · 1 payment · €50.00"."""
    by_kind: defaultdict[Kind, list[Tally]] = defaultdict(list)
    for one in found:
        by_kind[one.kind].append(one)
    parts = [
        part
        for kind, tallies in by_kind.items()
        for part in (
            _COUNTS[kind](sum(one.count for one in tallies)),
            *(money(one.amount, one.currency) for one in tallies),
        )
    ]
    return " · ".join(parts) if parts else _("Nothing found")


def days(since: date | None, until: date | None) -> str:
    """Name a stretch of days: "March 2026", "From 3 Mar", "3 Mar – 9 Mar"."""
    if since and until:
        if since.day == 1 and until == last_of_month(since):
            return month(since)
        return brief_day(since) if since == until else f"{brief_day(since)} – {brief_day(until)}"
    if since:
        return _("From {day}", day=brief_day(since))
    return _("Until {day}", day=brief_day(until)) if until else _("Dates")


def last_of_month(day: date) -> date:
    """Give the last day of a day's month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def periods() -> dict[str, tuple[date, date]]:
    """Name the stretches of days that are asked for most, as seen from today."""
    now = today()
    first = now.replace(day=1)
    before = first - timedelta(days=1)
    return {
        _("This month"): (first, last_of_month(now)),
        _("Last month"): (before.replace(day=1), before),
        _("Last 30 days"): (now - timedelta(days=29), now),
        _("This year"): (now.replace(month=1, day=1), now.replace(month=12, day=31)),
    }


def name(group: GroupView, member_id: MemberId) -> str:
    """Name a member on a button: "You", or their name."""
    return _("You") if member_id == group.me.id else group.named(member_id).name
