"""What a page of a group reads: the group, and stretches of its list."""

from mycount.domain.ids import GroupId, UserId
from mycount.services import expenses, screens, tallies
from mycount.services.views import ExpensePage, Filter, Screen
from pages.calls import call
from pages.stretches import After, Count, ReadStretch, Tallies


class GroupReading:
    """Reads as one visitor. What was read of one moment with the list is not read once more for the group."""

    def __init__(self, user_id: UserId, group_id: GroupId) -> None:
        self._user_id, self._group_id = user_id, group_id
        self._together: Screen | None = None  # what was read of one moment with the whole list

    def forget(self) -> None:
        """Let what was read with the list count no more."""
        self._together = None

    async def screen(self) -> Screen:
        """Give what was read with the list since, or read the group."""
        if self._together is not None:
            return self._together
        return await call(screens.see, self._user_id, self._group_id)

    def of(self, wanted: Filter) -> tuple[ReadStretch, Count | None]:
        """Give how stretches of the list of what is wanted are read, and how it is counted."""

        async def stretch(after: After, limit: int) -> ExpensePage:
            if after is None and not wanted:
                self._together = await call(screens.see, self._user_id, self._group_id, first=limit)
                assert self._together.page is not None
                return self._together.page
            self._together = None  # it may not know who is named from here on
            return await call(
                expenses.listed, self._user_id, self._group_id, wanted=wanted, after=after, limit=limit
            )

        async def count() -> Tallies:
            return await call(tallies.see, self._user_id, self._group_id, wanted=wanted)

        return stretch, count if wanted else None
