"""Keeps the garbage collector from stopping the event loop for long, however many pages are open.

A collection goes through everything that is alive, and nothing else happens meanwhile: with hundreds of open pages that
is a third of a second. So pages that have just been opened are set aside, without a look: next to nothing of what is
new is waste by then, and the look cost a tenth of opening a page.
What is set aside and then left by everybody is freed at once, except where it refers to itself, as little of a page
does: for that everything is looked through when nobody has a page open, or when as many have gone as it is worth.
"""

import asyncio
import gc

from nicegui import Client, app

_EVERY_SECONDS = 0.5
_WAVE = 10
"""So many pages are worth to be set aside: some thirty thousand objects."""
_MANY_GONE = 300


async def keep_tidy() -> None:
    """Do so for all pages of this process, until it is cancelled."""
    collector = Collector()
    app.on_connect(collector.come)
    app.on_delete(collector.gone)
    while True:
        await asyncio.sleep(_EVERY_SECONDS)
        collector.tidy(len(Client.instances))


class Collector:
    """Told of pages that come and go, and asked now and then to do what is due."""

    def __init__(self) -> None:
        self._come = self._gone = 0
        self._has_set_aside = False

    def come(self) -> None:
        """Count a page that is open now."""
        self._come += 1

    def gone(self) -> None:
        """Count a page that is not there any more."""
        self._gone += 1

    def tidy(self, still_open: int) -> None:
        """Do what is due, with so many pages that are there."""
        if self._has_set_aside and (still_open == 0 or self._gone >= max(_MANY_GONE, 2 * still_open)):
            self._gone = 0
            gc.unfreeze()
            gc.collect()
        elif self._come < _WAVE:
            return
        self._come, self._has_set_aside = 0, still_open > 0
        gc.freeze()
