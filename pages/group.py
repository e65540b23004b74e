"""The page of a group: its expenses, balances, settling up, and everything else about it."""

import json
from collections.abc import Callable
from typing import Final

from nicegui import Client, ui
from starlette.exceptions import HTTPException

from mycount.domain.ids import GroupId, MemberId
from mycount.services import groups, news
from mycount.services.views import Screen
from pages import filter_address
from pages.calls import call, refusals_shown
from pages.desk import Desk
from pages.elements import button, button_link, empty_state, heading, row
from pages.first_sight import show_at_first
from pages.frame import Bar, frame
from pages.group_body import VIEWS, GroupBody
from pages.group_reading import GroupReading
from pages.herald import Herald
from pages.insights_reading import InsightsReading
from pages.live import show_live
from pages.on_device import LastSeen
from pages.presence import presence, topic
from pages.search import Search
from pages.stretches import Stretches
from pages.visitors import me
from pages.words import _

_LONGEST_ID: Final = 18  # digits; an address may name any number, a database knows only so many


async def group_page(group_id: str, view: str = "expenses") -> None:
    """Shows a group to its members, and follows every change of it; for anybody else there is no such page."""
    is_number = group_id.isascii() and group_id.isdigit() and len(group_id) <= _LONGEST_ID
    if not is_number or view not in VIEWS:
        raise HTTPException(404)
    screen = GroupScreen(GroupId(int(group_id)), view)
    live = await show_live(
        [news.of_group(screen.group_id)], screen.read, screen.show, gone=screen.leave, away=screen.show_away
    )
    if screen.body is None:
        live.delete()
        raise HTTPException(404 if screen.is_missing else 503)
    await screen.follow_presence()
    if view == "expenses":
        show_at_first()


class GroupScreen:
    """One group in one browser. Nothing is built before a reading has shown that whoever asks is a member."""

    _desk: Desk
    _bar: Bar
    _page: ui.element
    _last_seen: LastSeen
    _herald: Herald

    def __init__(self, group_id: GroupId, view: str) -> None:
        self.group_id = group_id
        self.body: GroupBody | None = None
        self.is_missing = False
        self._user_id = me().user_id
        self._view = view
        self._search = Search(*filter_address.read(ui.context.client.request.query_params))
        self._reading = GroupReading(self._user_id, group_id)
        self._lines = Stretches(*self._reading.of(self._search.wanted))
        self._insights = InsightsReading(self._user_id, group_id, ui.context.client.request.query_params)
        self._depart: Callable[[], None] = lambda: None

    async def read(self) -> Screen:
        """Read what is shown, as far as it is, and then the group, so that everybody who is named is known."""
        if self.body is None and self._search.names_somebody:
            seen = await call(groups.see, self._user_id, self.group_id)
            self._search.keep_to((*seen.members, *seen.former))
            self._lines.turn_to(*self._reading.of(self._search.wanted))
        if (self.body.view if self.body else self._view) == "insights":
            await self._insights.refresh()
        else:
            self._insights.expire()
        self._reading.forget()
        await self._lines.refresh()
        return await self._reading.screen()

    def show(self, screen: Screen) -> None:
        """Build the page at the first time; then show in place what is new."""
        seen = screen.group
        if self.body is not None:
            self._desk.seen = seen
            self._last_seen.show_one(seen)
            self.body.show()
            self._herald.tell(screen.latest)
            return
        with frame("groups", seen.name, back="/") as self._bar, ui.element("div") as self._page:
            self._desk = Desk(self._user_id, self.group_id, seen)
            self.body = GroupBody(
                self._desk, self._bar, self._lines, self._view, self._search, self._reading.of, self._insights
            )
            self._last_seen = LastSeen()
            self._last_seen.show_one(seen)
            self._desk.reopen_unfinished()
        self._herald = Herald(self._page)

    def show_away(self, is_away: bool) -> None:
        """Say whether the database cannot be reached."""
        if self.body is not None:
            self.body.show_away(is_away)

    def leave(self) -> None:
        """Go to the other groups, with a word about why: removed, or left, or the group was deleted."""
        if self.body is None:
            self.is_missing = True
        elif self._desk.has_deleted:
            self._offer_undo()
        else:
            gone = _("You are not in “{group}” any more, or it was deleted.", group=self._desk.seen.name)
            word = json.dumps(self._desk.farewell or gone)
            ui.run_javascript(f"mycount.goElsewhere('/', {word})")

    async def follow_presence(self) -> None:
        """Tell the others that this member looks, while the browser is connected; show who else does."""
        assert self.body is not None
        client, member_id = ui.context.client, self._desk.seen.me.id

        def arrive(client: Client) -> None:  # it is given: if these knew it, it would never be without them
            self._depart = presence.enter(self.group_id, client.id, member_id)

        def depart(client: Client) -> None:
            if not client.has_socket_connection:
                self._depart()

        client.on_connect(arrive)
        client.on_disconnect(depart)
        client.on_delete(lambda: self._depart())  # whether it is connected or not: its session may have ended
        with self._page:
            await show_live([topic(self.group_id)], self._others, self.body.head.show_here, gone=lambda: None)

    async def _others(self) -> tuple[MemberId, ...]:
        return presence.others(self.group_id, self._desk.seen.me.id)

    def _offer_undo(self) -> None:
        for part in (self._bar.middle, self._bar.end, self._page):
            part.clear()
        name = self._desk.seen.name
        sentence = _("You deleted “{group}”. Its administrators can restore it for 30 days.", group=name)
        with self._page:
            heading(1, _("Deleted")).classes("mc-only-read")
            with empty_state("groups", sentence), row(wrap=True):
                button(_("Undo"), "undo", "soft", lambda e: self._restore(e.sender))
                button_link(_("To your groups"), "/", kind="quiet")

    async def _restore(self, pressed: ui.element) -> None:
        pressed.props["disable"] = True
        with refusals_shown():
            await call(groups.restore, self._user_id, self.group_id)
            ui.navigate.to(f"/groups/{self.group_id}")
