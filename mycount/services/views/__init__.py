"""What services give back: frozen values, never rows. Amounts are minor units of the currency beside them."""

from mycount.services.views.amounts import Fault, Money, Size
from mycount.services.views.expenses import Draft, ExpenseLine, ExpensePage, ExpenseView, Suggestion, Why
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
from mycount.services.views.invites import Admission, InviteState, InviteView, NewInvite, Offer
from mycount.services.views.users import Device, Entered, Visitor

__all__ = [
    "Admission",
    "CurrencyBalances",
    "DeletedGroup",
    "Device",
    "Draft",
    "Entered",
    "ExpenseLine",
    "ExpensePage",
    "ExpenseView",
    "Fault",
    "GroupCard",
    "GroupView",
    "Happening",
    "Home",
    "InviteState",
    "InviteView",
    "Joined",
    "MemberView",
    "Money",
    "NewInvite",
    "Offer",
    "Role",
    "Size",
    "Suggestion",
    "Usual",
    "Visitor",
    "Why",
]
