"""What an invite is to be: for whom, in which role, for how long."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from mycount.domain.ids import MemberId
from mycount.services import invites
from mycount.services.views import GroupView, MemberView, NewInvite, Role
from pages.calls import call
from pages.desk import Desk
from pages.elements import choice, field, pair, text
from pages.form import Form
from pages.words import _, ngettext

_SOMEBODY_NEW: Final = 0
_DAYS: Final = (1, 7, 30)
_USUAL_DAYS: Final = 7


class InviteForm(Form):
    """Makes an invite, and hands it on with the name of the member it is for."""

    def __init__(
        self, desk: Desk, member_id: MemberId | None, made: Callable[[NewInvite, str | None], None]
    ) -> None:
        super().__init__(self._make)
        self._desk = desk
        self._made = made
        group = desk.seen
        with self:
            text(
                _(
                    "A link lets in one person: whoever opens it first and presses “join”. No account is needed."
                ),
                muted=True,
            )
            self._member = choice(
                _("Joins as"), _places(group), member_id or _SOMEBODY_NEW, lambda: self._adapt()
            )
            with pair():
                self._role = choice(_("May"), _roles(group), "member")
                self._days = choice(
                    _("Valid for"),
                    {days: ngettext("{n} day", "{n} days", days) for days in _DAYS},
                    _USUAL_DAYS,
                )
            self._label = field(
                _("For whom"), placeholder=_("Fay"), max_length=80, hint=_("Only to tell your invites apart.")
            )
        self.fields |= {"role": self._role, "label": self._label}
        self._adapt()

    def _adapt(self) -> None:
        """A member has a name and a role already."""
        is_new = self._member.value == _SOMEBODY_NEW
        self._role.set_visibility(is_new)
        self._label.set_visibility(is_new)

    async def _make(self) -> None:
        member = self._member.value
        role: Role = next(role for role in ("member", "viewer", "administrator") if role == self._role.value)
        made = await call(
            invites.make,
            self._desk.user_id,
            self._desk.group_id,
            role=role,
            label="" if member else self._label.text,
            valid_for=timedelta(days=self._days.value),
            member_id=MemberId(member) if member else None,
        )
        self.leaving = True
        self._made(made, self._desk.seen.named(MemberId(member)).name if member else None)


def can_be_handed_over(group: GroupView, member: MemberView) -> bool:
    """Whether an invite can be for exactly this member: nobody with an account, and guests by administrators."""
    if not member.is_active or member.is_me or not group.can_change:
        return False
    if member.role == "administrator" and not group.is_administrator:
        return False
    return member.joined == "name" or (member.joined == "guest" and group.is_administrator)


def _places(group: GroupView) -> dict[int, str]:
    free = [member for member in group.people if can_be_handed_over(group, member)]
    by_name = {int(one.id): one.name for one in free if one.joined == "name"}
    guests = {
        int(one.id): _("{name}, on a new device", name=one.name) for one in free if one.joined == "guest"
    }
    return {_SOMEBODY_NEW: _("Somebody new"), **by_name, **guests}


def _roles(group: GroupView) -> dict[str, str]:
    roles = {"member": _("Take part"), "viewer": _("Only look")}
    return roles | ({"administrator": _("Administer")} if group.is_administrator else {})
