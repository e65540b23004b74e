"""Work with passwords, which takes the longer the more often somebody tries; people who belong here do not notice."""

import asyncio
from collections.abc import Awaitable, Callable
from math import ceil
from typing import TypeVar

from mycount.services import attempts
from pages.calls import call
from pages.visitors import address
from pages.words import ngettext

R = TypeVar("R")
_WORTH_SAYING = 2.0  # seconds


async def patiently(account: str, work: Callable[[], Awaitable[R]], say: Callable[[str], None]) -> R:
    """Do the work once it is this attempt's turn, and give what it gives; `say` is told where that takes a while.

    `account` is what is tried: an e-mail, or whatever else stands for one person. Refuses too many at once.
    """
    account, here = account.strip().casefold(), address()
    wait = await call(attempts.turn, account, here)
    if wait > _WORTH_SAYING:
        seconds = ceil(wait)
        say(
            ngettext(
                "This was tried often. Please wait for {n} second.",
                "This was tried often. Please wait for {n} seconds.",
                seconds,
            )
        )
    await asyncio.sleep(wait)
    if wait > _WORTH_SAYING:
        say("")
    done = await work()
    await call(attempts.succeeded, account, here)
    return done
