"""What services give back: frozen values, never rows. Amounts are minor units of the currency beside them."""

from mycount.services.views.amounts import Fault, Money, Size, Totals
from mycount.services.views.differing import FIELDS, Field, differing
from mycount.services.views.expenses import Draft, ExpenseLine, ExpensePage, ExpenseView, Suggestion, Why
from mycount.services.views.export import ExportedExpense, ExportedPart, ExportedStretch, Outline
from mycount.services.views.finding import Filter, Tally, Word
from mycount.services.views.groups import (
    CurrencyBalances,
    DeletedGroup,
    GroupCard,
    GroupView,
    Happening,
    Home,
    Joined,
    MemberView,
    Role,
    Usual,
)
from mycount.services.views.insights import CurrencySpending, Insights, PersonSpent, Spent
from mycount.services.views.invites import Admission, InviteState, InviteView, NewInvite, Offer
from mycount.services.views.screens import Screen
from mycount.services.views.users import Closing, Device, Entered, Visitor

__all__ = [
    "FIELDS",
    "Admission",
    "Closing",
    "CurrencyBalances",
    "CurrencySpending",
    "DeletedGroup",
    "Device",
    "Draft",
    "Entered",
    "ExpenseLine",
    "ExpensePage",
    "ExpenseView",
    "ExportedExpense",
    "ExportedPart",
    "ExportedStretch",
    "Fault",
    "Field",
    "Filter",
    "GroupCard",
    "GroupView",
    "Happening",
    "Home",
    "Insights",
    "InviteState",
    "InviteView",
    "Joined",
    "MemberView",
    "Money",
    "NewInvite",
    "Offer",
    "Outline",
    "PersonSpent",
    "Role",
    "Screen",
    "Size",
    "Spent",
    "Suggestion",
    "Tally",
    "Totals",
    "Usual",
    "Visitor",
    "Why",
    "Word",
    "differing",
]
