"""What has happened lately in all my groups."""

from itertools import groupby

from nicegui import ui

from mycount.services import history, news
from mycount.services.views import Happening
from pages.away import Away
from pages.calls import call
from pages.elements import button, empty_state, heading
from pages.elements.link_list import LinkList, LinkRow, Section, Sum
from pages.frame import frame
from pages.happenings import icon_of, said
from pages.live import Live, show_live
from pages.visitors import me
from pages.words import _, ago, day, day_of, money

_STRETCH = 50


async def activity_page() -> None:
    """Shows the latest events by day, and follows them."""
    with frame("activity", _("Activity"), narrow=True):
        page = ActivityPage()
        page.live = await show_live(
            [news.of_user(me().user_id)],
            page.read,
            page.show,
            gone=lambda: ui.navigate.to("/sign-in"),
            away=page.away.show,
        )


class ActivityPage:
    """The list, and how much of it is shown."""

    def __init__(self) -> None:
        self._user = me().user_id
        self._limit = _STRETCH
        self.live: Live[tuple[Happening, ...]] | None = None
        heading(1, _("Activity"))
        self.away = Away()
        self._list = LinkList()
        with empty_state(
            "history", _("Nothing has happened yet. What anybody does in your groups is listed here.")
        ) as self._empty:
            self._empty.set_visibility(False)
        with ui.element("div").classes("mc-center mc-after-list"):
            self._more = button(_("Show more"), kind="quiet", on_click=self._show_more)
            self._more.set_visibility(False)

    async def read(self) -> tuple[Happening, ...]:
        """Read as many events as are shown, and one more to know whether there are any."""
        return await call(history.of_all, self._user, limit=self._limit + 1)

    def show(self, happenings: tuple[Happening, ...]) -> None:
        """Show the events as they are now."""
        shown = happenings[: self._limit]
        days = groupby(shown, key=lambda happening: day_of(happening.at))
        self._list.show([Section([_line(one) for one in of_day], day(at)) for at, of_day in days])
        self._empty.set_visibility(not shown)
        self._more.set_visibility(len(happenings) > self._limit)

    async def _show_more(self) -> None:
        self._more.disable()
        self._limit += _STRETCH
        if self.live is not None:
            await self.live.refresh()
        self._more.enable()


def _line(happening: Happening) -> LinkRow:
    money_of = happening.money
    return LinkRow(
        id=f"{happening.group_id} {happening.at.isoformat()} {happening.verb} {happening.subject}",
        href=f"/groups/{happening.group_id}",
        icon=icon_of(happening),
        tint="brand" if happening.verb == "paid" else "plain",
        title=said(happening),
        caption=_("{group} · {ago}", group=happening.group_name, ago=ago(happening.at)),
        sums=[Sum(money(money_of.amount, money_of.currency))] if money_of else [],
    )
