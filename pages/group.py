"""The page of a group: its expenses, balances, settling up, and everything else about it."""

from typing import Final

from nicegui import ui
from starlette.exceptions import HTTPException

from mycount.domain.ids import GroupId
from mycount.services import groups, news
from mycount.services.views import GroupView
from pages.calls import call
from pages.frame import frame
from pages.group_body import VIEWS, GroupBody
from pages.live import Live, show_live
from pages.visitors import me
from pages.words import _

_LARGEST_ID: Final = 2**62  # an address can name any number, a database cannot


async def group_page(group_id: str, view: str = "expenses") -> None:
    """Shows a group to its members and follows every change of it; for others there is no such page."""
    if not (group_id.isascii() and group_id.isdigit()) or view not in VIEWS:
        raise HTTPException(404)
    if int(group_id) > _LARGEST_ID:
        raise HTTPException(404)
    screen = GroupScreen(GroupId(int(group_id)), view)
    screen.live = await show_live(
        [news.of_group(screen.group_id)], screen.read, screen.show, gone=screen.leave
    )
    if screen.body is None:
        raise HTTPException(404 if screen.is_missing else 503)


class GroupScreen:
    """One group in one browser: reads once, draws, and changes what has changed.

    Nothing is built before the first reading has shown that whoever asks is a member.
    """

    def __init__(self, group_id: GroupId, view: str) -> None:
        self.group_id = group_id
        self.user_id = me().user_id
        self.body: GroupBody | None = None
        self.is_missing = False
        self.live: Live[GroupView] | None = None
        self._first_view = view

    async def read(self) -> GroupView:
        """Read the group, and what the tab needs beside it."""
        seen = await call(groups.see, self.user_id, self.group_id)

    def show(self, seen: GroupView) -> None:
        """Build the page, or show in place what is new."""

    def leave(self) -> None:
        """Go elsewhere: the visitor was removed, or the group deleted."""
