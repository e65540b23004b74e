"""What has happened in a group: who did what, and when."""

from typing import Final

from mycount.services import history, news
from mycount.services.views import Happening
from pages.calls import call
from pages.desk import Desk
from pages.elements import button, empty_state, sheet
from pages.elements.entries import Entries, Entry
from pages.happenings import icon_of, said
from pages.live import show_live
from pages.words import _, moment, money

_STEP: Final = 50


async def open_history(desk: Desk) -> None:
    """Open the list, the latest first, and follow it."""
    opened = _History(desk)
    await opened.draw(await opened.read())


class _History:
    """The sheet, and how much of the history it shows."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._wanted = _STEP

    async def read(self) -> tuple[Happening, ...]:
        """Read as much as is shown, and one more, to know whether there is more."""
        return await call(history.of_group, self._desk.user_id, self._desk.group_id, limit=self._wanted + 1)

    async def draw(self, read: tuple[Happening, ...]) -> None:
        """Build the sheet and keep it true until it is closed."""
        with sheet(_("History"), _("Close")) as self._sheet:
            self._entries = Entries(label=_("History"))
            self._more = button(_("Show more"), None, "quiet", self._grow, wide=True)
            with empty_state("history", _("Nothing has happened yet.")) as self._empty:
                pass
            self._show(read)
            await show_live([news.of_group(self._desk.group_id)], self.read, self._show, gone=self._gone)

    def _show(self, read: tuple[Happening, ...]) -> None:
        self._entries.show([_entry(n, one) for n, one in enumerate(read[: self._wanted])])
        self._more.set_visibility(len(read) > self._wanted)
        self._empty.set_visibility(not read)

    async def _grow(self) -> None:
        with self._desk.at_work(self._more):
            self._wanted += _STEP
            self._show(await self.read())

    def _gone(self) -> None:
        self._sheet.close()


def _entry(place: int, one: Happening) -> Entry:
    parts = [money(one.money.amount, one.money.currency)] if one.money else []
    return Entry(
        place, said(one), " · ".join([*parts, moment(one.at)]), icon_of(one), bright=one.verb == "paid"
    )
