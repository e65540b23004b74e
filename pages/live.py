"""Keeps what is shown true: listens first, then reads and draws, then follows every change.

A burst of news costs one more read, and screens follow by turns (`turns.py`). Reading happens off the loop; drawing
is synchronous, in one go, so that nobody sees a half or empty screen. Every read is checked by the service again:
who was removed is sent away.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from nicegui import ui

from mycount.domain.errors import NotFound, Unavailable
from mycount.services import news
from pages.speech import one_speech
from pages.turns import acts, turns

T = TypeVar("T")

_RETRY_SECONDS = 2.0


class Live(ui.element, Generic[T]):
    """An invisible element that keeps a part of a page up to date for as long as it exists."""

    def __init__(
        self,
        topics: Sequence[str],
        read: Callable[[], Awaitable[T]],
        draw: Callable[[T], None],
        gone: Callable[[], None],
        away: Callable[[bool], None] | None = None,
    ) -> None:
        super().__init__("span")
        self.set_visibility(False)
        self._read, self._draw, self._gone, self._away = read, draw, gone, away
        self._loop = asyncio.get_running_loop()
        self._wanted = self._busy = False
        self._heard_at: float | None = None  # of the oldest news that is not on the screen yet
        self._stops = [news.listen(topic, self._heard) for topic in topics]

    async def refresh(self) -> None:
        """Read and draw now. News that comes meanwhile causes one more round; refusals of others are raised."""
        self._wanted = True
        if self._busy:
            return
        self._busy = True
        try:
            while self._wanted and not self.is_deleted:
                self._wanted = False
                await self._round()
        finally:
            self._busy = False

    async def _round(self) -> None:
        heard_at, self._heard_at = self._heard_at, None
        try:
            found = await self._read()
        except NotFound:
            self._end()
            if not self.is_deleted:
                with self.parent_slot or self:
                    self._gone()
            return
        except Unavailable:
            self._heard_at = heard_at or self._heard_at
            self._tell_away(True)
            self._loop.call_later(_RETRY_SECONDS, self._wake)
            return
        if not self.is_deleted:
            self._tell_away(False)
            with self.parent_slot or self, one_speech():
                self._draw(found)
            if heard_at is not None:
                news.shown(time.perf_counter() - heard_at)

    def _heard(self, _topic: str) -> None:
        self._loop.call_soon_threadsafe(self._wake, time.perf_counter())

    def _wake(self, heard_at: float | None = None) -> None:
        if not self.is_deleted:
            self._heard_at = self._heard_at or heard_at
            turns().ask(self, self.refresh, first=acts(self.client.id))

    def _tell_away(self, is_away: bool) -> None:
        if self._away is not None and not self.is_deleted:
            with self.parent_slot or self:
                self._away(is_away)

    def _end(self) -> None:
        for stop in self._stops:
            stop()
        self._stops = []

    def _handle_delete(self) -> None:
        self._end()
        super()._handle_delete()
        del self._read, self._draw, self._gone, self._away  # whose page may hold this: both would stay


async def show_live(
    topics: Sequence[str],
    read: Callable[[], Awaitable[T]],
    draw: Callable[[T], None],
    *,
    gone: Callable[[], None],
    away: Callable[[bool], None] | None = None,
) -> Live[T]:
    """Read and draw now and at every news of the topics, until the surrounding element is deleted.

    `gone` is called instead of `draw` when the read says NotFound (removed, deleted): it leads elsewhere.
    `away` hears whether the database cannot be reached; reading is tried again every two seconds meanwhile.
    """
    live = Live(topics, read, draw, gone, away)
    await live.refresh()
    return live
