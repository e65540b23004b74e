"""Calls services from pages: in a thread of its own, so that the event loop never waits for a database."""

import asyncio
import contextvars
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import ParamSpec, TypeVar

from mycount.domain.errors import Refusal
from mycount.services import passwords
from pages.elements import toast
from pages.turns import acting
from pages.words import refusal

P = ParamSpec("P")
R = TypeVar("R")

# As many as there are database connections by default: more would only wait for one another.
_threads = ThreadPoolExecutor(10, thread_name_prefix="service")
_slow_threads = ThreadPoolExecutor(passwords.AT_ONCE, thread_name_prefix="password")


async def call(service: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run a service function in a thread and give what it gives; raises what it raises."""
    here = contextvars.copy_context()
    work = partial(here.run, partial(service, *args, **kwargs))
    threads = _slow_threads if passwords.is_slow(service) else _threads
    with acting():
        return await asyncio.get_running_loop().run_in_executor(threads, work)


@contextmanager
def refusals_shown() -> Iterator[None]:
    """Show a refusal raised inside the block as a notice; the rest of the handler after the block goes on."""
    try:
        yield
    except Refusal as error:
        toast(refusal(error))
