"""Puts balances into words and bars: who gets, who owes, in which currency."""

from mycount.domain.ids import MemberId
from mycount.services.views import CurrencyBalances, GroupView
from pages import expense_words
from pages.elements import Bar
from pages.elements.words import Tint
from pages.words import _, money


def standing(balance: int) -> str:
    """Say how somebody who is looking stands, in front of the amount without a sign."""
    return _("You are owed") if balance > 0 else _("You owe") if balance < 0 else _("You are even")


def tint(balance: int) -> Tint:
    """Give the colour of a balance."""
    return "owed" if balance > 0 else "owe" if balance < 0 else None


def shown_currencies(group: GroupView) -> list[CurrencyBalances]:
    """Give the currencies to show, the group's own first: those with anything to say, and in any case that one."""
    own = [kept for kept in group.money if kept.currency == group.currency]
    others = [kept for kept in group.money if kept.currency != group.currency and any(kept.balances.values())]
    return own + others


def bars(group: GroupView, kept: CurrencyBalances, most: int | None = None) -> list[Bar]:
    """Give everybody's bar in one currency, who gets most first; with `most` only mine and those furthest from even."""
    shown = [member.id for member in group.members]
    if most is not None:
        uneven = [member for member in shown if kept.balances.get(member, 0) or member == group.me.id]
        shown = sorted(uneven, key=lambda member: -abs(kept.balances.get(member, 0)))[:most]
    ordered = sorted(shown, key=lambda member: -kept.balances.get(member, 0))
    return [_bar(group, kept, member) for member in ordered]


def _bar(group: GroupView, kept: CurrencyBalances, member: MemberId) -> Bar:
    balance = kept.balances.get(member, 0)
    return Bar(member, expense_words.who(group, member), balance, money(balance, kept.currency, sign=True))
