"""Puts expenses into words: who paid, how it was split, and what it means for whoever looks."""

from collections.abc import Collection, Iterable
from functools import lru_cache
from itertools import groupby
from typing import Final

from mycount.domain.category import CATEGORIES
from mycount.domain.ids import ExpenseId, GroupId, MemberId, UserId
from mycount.domain.ledger import Kind
from mycount.domain.split import Mode
from mycount.domain.words import N_
from mycount.services.views import ExpenseLine, GroupView
from pages import words
from pages.elements import Day, Effect, Row
from pages.speech import Speech
from pages.words import _, money, ngettext

_ICONS: Final = {category.key: category.icon for category in CATEGORIES}
_LABELS: Final = {category.key: category.label for category in CATEGORIES}
_MOST_NUMBERS: Final = 4  # of a split in a caption: more are not read
_PAID: Final = (
    (N_("You paid"), N_("You received it")),
    (N_("You and {name} paid"), N_("You and {name} received it")),
    (N_("You and {n} others paid"), N_("You and {n} others received it")),
    (N_("{name} paid"), N_("{name} received it")),
    (N_("{name} and {other} paid"), N_("{name} and {other} received it")),
    (N_("{name} and {n} others paid"), N_("{name} and {n} others received it")),
)


class Written:
    """Writes a list of expenses by days, and keeps what it has written: most of a list stays when something changes."""

    def __init__(self) -> None:
        self._rows: dict[ExpenseId, tuple[ExpenseLine, bool, Row]] = {}
        self._people: object = None

    def days(self, group: GroupView, lines: Iterable[ExpenseLine], fresh: Collection[int] = ()) -> list[Day]:
        """Write a list, in the order given; those in `fresh` are marked as new."""
        people = (group.me, group.members, group.former)
        known = self._rows if people == self._people else {}
        self._rows, self._people = {}, people
        for line in lines:
            before = known.get(line.id)
            is_fresh = line.id in fresh
            if before is None or before[:2] != (line, is_fresh):
                before = line, is_fresh, row(group, line, fresh=is_fresh)
            self._rows[line.id] = before
        by_day = groupby(self._rows.values(), key=lambda kept: kept[0].day)
        return [Day(words.day(day), tuple(kept[2] for kept in of_day)) for day, of_day in by_day]


@lru_cache(maxsize=128)  # of 40 kB
def written(user_id: UserId, group_id: GroupId, spoken: Speech) -> Written:
    """Give what was written last for somebody of a group, in their words: most of it is the same when they return."""
    return Written()


def row(group: GroupView, line: ExpenseLine, *, fresh: bool = False) -> Row:
    """Write one expense as a row of the list."""
    said, kind, short = _effect(group, line)
    return Row(
        id=line.id,
        icon=icon(line.category, line.kind),
        title=title(group, line.kind, line.title, line.payers, line.people),
        caption=caption(group, line),
        amount=money(line.amount, line.currency),
        effect=said,
        effect_kind=kind,
        effect_short=short,
        fresh=fresh,
        is_payment=line.kind is Kind.PAYMENT,
    )


def icon(category: str, kind: Kind) -> str:
    """Name the icon of an expense."""
    return "payments" if kind is Kind.PAYMENT else _ICONS.get(category, "category")


def category_name(category: str) -> str:
    """Name a category."""
    return _(_LABELS.get(category, category))


def who(group: GroupView, member_id: MemberId) -> str:
    """Name a member at the beginning of a line: "You", or their name."""
    return _("You") if member_id == group.me.id else group.named(member_id).name


def title(
    group: GroupView, kind: Kind, typed: str, payers: Iterable[MemberId], people: Iterable[MemberId]
) -> str:
    """Give what an expense was for; a payment is called by who paid whom."""
    if kind is not Kind.PAYMENT:
        return typed
    return paid_back(group, next(iter(payers)), next(iter(people)))


def paid_back(group: GroupView, payer: MemberId, payee: MemberId) -> str:
    """Say that a payment was made: "Em paid you", "Cy paid Di"."""
    if payer == group.me.id:
        return _("You paid {name}", name=group.named(payee).name)
    if payee == group.me.id:
        return _("{name} paid you", name=group.named(payer).name)
    return _("{name} paid {other}", name=group.named(payer).name, other=group.named(payee).name)


def pays(group: GroupView, payer: MemberId, payee: MemberId) -> str:
    """Say that a payment is to be made: "Em pays you", "You pay Di"."""
    if payer == group.me.id:
        return _("You pay {name}", name=group.named(payee).name)
    if payee == group.me.id:
        return _("{name} pays you", name=group.named(payer).name)
    return _("{name} pays {other}", name=group.named(payer).name, other=group.named(payee).name)


def caption(group: GroupView, line: ExpenseLine) -> str:
    """Say in one line who paid and how it was split: "Bo paid · split between 5"."""
    if line.kind is Kind.PAYMENT:
        return f"{_('Payment')} · {line.title}" if line.title else _("Payment")
    return f"{paid(group, line.kind, line.payers)} · {shared(group, line)}"


def paid(group: GroupView, kind: Kind, payers: Collection[MemberId]) -> str:
    """Say who paid, or of an income who received it: "You and Di paid"."""
    others = [group.named(payer).name for payer in payers if payer != group.me.id]
    with_me = len(others) < len(payers)
    which = min(len(others), 2) if with_me else 2 + min(len(others), 3)
    n = len(others) if with_me else len(others) - 1
    name, other = (*others, "", "")[:2]
    return _(_PAID[which][kind is Kind.INCOME], name=name, other=other, n=n)


def shared(group: GroupView, line: ExpenseLine) -> str:
    """Say how an expense was split: "split between 5", "6 : 4 : 2 by shares"."""
    if len(line.people) == 1:
        only = line.people[0]
        return (
            _("for you alone") if only == group.me.id else _("for {name} alone", name=group.named(only).name)
        )
    if line.mode is Mode.AMOUNTS:
        return _("by exact amounts")
    if line.mode is Mode.ADJUST:
        return _("equally, with adjustments")
    if line.mode is Mode.EQUAL:
        return ngettext("split between {n}", "split between {n}", len(line.people))
    numbers = _numbers(line)
    if line.mode is Mode.SHARES:
        return _("{numbers} by shares", numbers=numbers) if numbers else _("by shares")
    return _("{numbers} by percent", numbers=numbers) if numbers else _("by percent")


def _numbers(line: ExpenseLine) -> str:
    if len(line.people) > _MOST_NUMBERS:
        return ""
    return " : ".join(words.number(line.typed[member]) for member in line.people)


def _effect(group: GroupView, line: ExpenseLine) -> tuple[str, Effect, str]:
    """Say what an expense means for me, for a desktop and for a phone. A payment speaks for itself."""
    if line.kind is Kind.PAYMENT:
        return "", "none", ""
    signed = money(line.effect, line.currency, sign=True)
    if line.effect > 0:
        return _("you get {amount}", amount=money(line.effect, line.currency)), "owed", signed
    if line.effect < 0:
        return _("you owe {amount}", amount=money(-line.effect, line.currency)), "owe", signed
    if group.me.id in line.people or group.me.id in line.payers:
        return _("you are even"), "none", ""
    return ("" if group.me.role == "viewer" else _("without you")), "none", ""
