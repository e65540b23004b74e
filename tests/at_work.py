"""How much work something is: time of the processor, which others on a busy machine take nothing of."""

import time
from collections.abc import Callable


def is_soon_done(work: Callable[[], object], *, seconds: float, tries: int = 5) -> bool:
    """Whether the work is done within so many seconds of the processor; what is slow once may have been disturbed."""
    return any(_seconds(work) < seconds for _ in range(tries))


def _seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun
