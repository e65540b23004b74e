"""A list of expenses that grows as one scrolls, and keeps its length when it is read again."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Final

from mycount.domain.ids import ExpenseId
from mycount.services.views import ExpenseLine, ExpensePage

After = tuple[date, ExpenseId] | None
ReadStretch = Callable[[After, int], Awaitable[ExpensePage]]

_LONGEST: Final = 400  # lines read by one call: a longer list is read by several


class Stretches:
    """What has been read of a list: `lines`, and whether there are `more`.

    `read` gives a stretch: where to begin, and how many lines at most. One reading waits for another, so that
    scrolling and news from elsewhere do not lose one another's lines.
    """

    def __init__(self, read: ReadStretch, *, step: int = 40) -> None:
        self.lines: tuple[ExpenseLine, ...] = ()
        self._read = read
        self._step = step
        self._after: After = None
        self._turn = asyncio.Lock()

    @property
    def more(self) -> bool:
        """Whether there are lines that have not been read."""
        return self._after is not None

    async def refresh(self) -> None:
        """Read everything anew, as far as it was read before."""
        async with self._turn:
            wanted = max(self._step, len(self.lines))
            lines, after = await self._stretch(None, min(wanted, _LONGEST))
            while after is not None and len(lines) < wanted:
                further, after = await self._stretch(after, min(wanted - len(lines), _LONGEST))
                lines += further
            self.lines, self._after = lines, after

    async def grow(self) -> None:
        """Read the next stretch, if there is one."""
        async with self._turn:
            if self._after is not None:
                further, self._after = await self._stretch(self._after, self._step)
                self.lines += further

    async def _stretch(self, after: After, limit: int) -> tuple[tuple[ExpenseLine, ...], After]:
        page = await self._read(after, limit)
        return page.lines, page.after
