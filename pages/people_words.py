"""Puts people into words: their role in a group, and how they have joined it."""

from typing import Final

from mycount.domain.words import N_
from mycount.services.views import GroupView, Joined, MemberView, Role
from pages.words import _, money

_ROLES: Final[dict[Role, str]] = {
    "administrator": N_("Administrator"),
    "member": N_("Member"),
    "viewer": N_("Viewer"),
}
_JOINED: Final[dict[Joined, str]] = {
    "name": N_("by name only"),
    "guest": N_("guest on one device"),
    "account": N_("with an account"),
}


def roles() -> dict[str, str]:
    """Give the roles there are, with their names."""
    return {role: _(name) for role, name in _ROLES.items()}


def about(group: GroupView, member: MemberView) -> str:
    """Say in one line what a member is: "You · Administrator", "Member · by name only"."""
    if not member.is_active:
        return _what_is_left(group, member)
    role = _(_ROLES[member.role])
    if member.id == group.me.id:
        return f"{_('You')} · {role}"
    return f"{role} · {_(_JOINED[member.joined])}"


def _what_is_left(group: GroupView, member: MemberView) -> str:
    """Say of somebody who is gone what is still between them and the others."""
    sums = [(kept.balances.get(member.id, 0), kept.currency) for kept in group.money]
    left = [
        _("gets {amount}", amount=money(amount, currency))
        if amount > 0
        else _("owes {amount}", amount=money(-amount, currency))
        for amount, currency in sums
        if amount
    ]
    return " · ".join([_("Not in the group any more"), *(left or [_("even")])])
