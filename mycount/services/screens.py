"""What an open page of a group shows, in one reading: a change has every one of them read again."""

from mycount.domain.ids import GroupId, UserId
from mycount.services import access, happened, listing, rosters
from mycount.services.operation import operation
from mycount.services.views import Screen

_MOST = 3


@operation
def see(actor: UserId, group_id: GroupId, *, first: int | None = None) -> Screen:
    """Give a group, the `first` so many of its expenses, if wanted, and its latest events, all of one moment."""
    with access.reading(actor, group_id) as door:
        return Screen(
            group=rosters.group(door, actor),
            page=None if first is None else listing.beginning(door, first),
            latest=happened.latest(door, actor, _MOST),
        )
