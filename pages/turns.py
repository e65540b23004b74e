"""Lets the screens that follow a change draw by turns, so that a crowd of them holds up nobody who presses something.

Each screen costs some milliseconds of the one processor that all share. So only a few are at work at the same time:
those of whoever has just acted first, the others in the order in which they heard. What changes while a screen
waits is shown with its turn: the busier the server, the more changes one drawing shows.
"""

import asyncio
from collections import Counter, OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Final
from weakref import WeakKeyDictionary

from nicegui import background_tasks, context

Work = Callable[[], Awaitable[object]]

_AT_ONCE: Final = 2  # one reads in a thread while another draws
_PATIENCE: Final = 0.25  # seconds after which a turn is over for the others: a database may be slow to say no


class Turns:
    """Does work by turns; whoever waits already waits once."""

    def __init__(self) -> None:
        self._free = _AT_ONCE
        self._first: OrderedDict[Hashable, Work] = OrderedDict()
        self._rest: OrderedDict[Hashable, Work] = OrderedDict()

    def ask(self, who: Hashable, work: Work, *, first: bool = False) -> None:
        """Let `work` be done at the turn of `who`; it begins after this was called, or never if `who` waits already."""
        if first:
            self._rest.pop(who, None)
            self._first.setdefault(who, work)
        elif who not in self._first:
            self._rest.setdefault(who, work)
        self._go_on()

    def _go_on(self) -> None:
        while self._free and (waiting := self._first or self._rest):
            _, work = waiting.popitem(last=False)
            self._free -= 1
            background_tasks.create(self._play(work), name="turn")

    async def _play(self, work: Work) -> None:
        is_over = False

        def end() -> None:
            nonlocal is_over
            if not is_over:
                is_over = True
                self._free += 1
                self._go_on()

        late = asyncio.get_running_loop().call_later(_PATIENCE, end)
        try:
            await work()
        finally:
            late.cancel()
            end()


def turns() -> Turns:
    """Give the turns of this event loop, of which a server has one."""
    return _turns.setdefault(asyncio.get_running_loop(), Turns())


@contextmanager
def acting() -> Iterator[None]:
    """Note that somebody does something in this page until the block ends; elsewhere than in pages nothing is noted."""
    try:
        page = context.client.id
    except RuntimeError:
        yield
        return
    _acting[page] += 1
    try:
        yield
    finally:
        _acting[page] -= 1
        if not _acting[page]:
            del _acting[page]


def acts(page: str) -> bool:
    """Whether something is being done in the page with this id: what it hears of is likely its own."""
    return page in _acting


_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, Turns] = WeakKeyDictionary()
_acting: Counter[str] = Counter()
