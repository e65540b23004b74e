"""Names of members as a form shows them."""

from mycount.domain.ids import MemberId
from mycount.services.views import GroupView
from pages.words import _


def own_name(group: GroupView, member_id: MemberId) -> str:
    """Give a member's own name, by which initials and colour go."""
    found = next((member.name for member in group.members if member.id == member_id), None)
    return found or _("Somebody who left")


def name(group: GroupView, member_id: MemberId) -> str:
    """Name a member as I speak of them: "You", or by name."""
    return _("You") if member_id == group.me.id else own_name(group, member_id)
