"""Waits for what should be seen, instead of sleeping and hoping."""

import time
from collections.abc import Callable

PATIENCE = 60.0  # seconds, for a busy machine; what is seen sooner costs no time


def until(seen: Callable[[], object], what: str, *, seconds: float = PATIENCE) -> None:
    """Return as soon as `seen()` is true; fail with `what` when the time is over."""
    end = time.monotonic() + seconds
    while not seen():
        if time.monotonic() > end:
            raise AssertionError(f"not seen within {seconds} s: {what}")
        time.sleep(0.05)
