"""A list of expenses that grows as one scrolls, and keeps its length when it is read again."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Final

from mycount.domain.ids import ExpenseId
from mycount.services.views import ExpenseLine, ExpensePage, Tally

After = tuple[date, ExpenseId] | None
ReadStretch = Callable[[After, int], Awaitable[ExpensePage]]
Tallies = tuple[Tally, ...]
Count = Callable[[], Awaitable[Tallies]]

_LONGEST: Final = 400  # lines read by one call: a longer list is read by several


class Stretches:
    """What has been read of a list: `lines`, whether there are `more`, and what was `found` if some were looked for.

    `read` gives a stretch: where to begin, and how many lines at most. `count` tells what there is where a stretch
    does not: it takes longer the more there is, and so comes after the lines. One reading waits for another, so
    that scrolling and news from elsewhere do not lose one another's lines.
    """

    def __init__(self, read: ReadStretch, count: Count | None = None, *, step: int = 40) -> None:
        self.lines: tuple[ExpenseLine, ...] = ()
        self.found: tuple[Tally, ...] | None = None
        self._read = self._shown = read
        self._count = count
        self._step = self._length = step
        self._after: After = None
        self._turn = asyncio.Lock()
        self._asked = self._answered = 0

    @property
    def more(self) -> bool:
        """Whether there are lines that have not been read."""
        return self._after is not None

    def turn_to(self, read: ReadStretch, count: Count | None = None) -> None:
        """Read another list from the next `refresh` on; an answer about the one before that is late is dropped."""
        self._read, self._count, self._length = read, count, self._step

    async def refresh(self, seen: Callable[[], object] = lambda: None) -> None:
        """Read everything anew, as far as it was read before. A reading that began after one asks is enough.

        `seen` is called when the lines of another list are there, and not yet how many.
        """
        self._asked += 1
        mine = self._asked
        async with self._turn:
            if self._answered >= mine:
                return
            begun, read, count, wanted = self._asked, self._read, self._count, self._length
            first = await read(None, min(wanted, _LONGEST))
            lines, after = first.lines, first.after
            while after is not None and len(lines) < wanted:
                page = await read(after, min(wanted - len(lines), _LONGEST))
                lines, after = lines + page.lines, page.after
            if read is self._read:
                is_another = read is not self._shown
                self._take(lines, after, of=read)
                found = first.found
                if count and found is None:
                    if is_another:
                        self.found = None
                        seen()
                    found = await count()
                if read is self._read:
                    self.found, self._answered = found, begun

    async def grow(self) -> None:
        """Read the next stretch, if there is one."""
        async with self._turn:
            read = self._read
            if self._after is not None and read is self._shown:
                page = await read(self._after, self._step)
                if read is self._read:
                    self._take(self.lines + page.lines, page.after, of=read)

    def _take(self, lines: tuple[ExpenseLine, ...], after: After, *, of: ReadStretch) -> None:
        self.lines, self._after, self._shown = lines, after, of
        self._length = max(self._step, len(lines))
