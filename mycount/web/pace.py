"""How many pages a visitor may have made: so many at once, then so many a second; who is a little too fast waits.

Making a page is the dearest thing that a stranger can ask for, and it is kept until its socket comes or a minute is
over. Whoever is signed in is counted alone, so that a whole office behind one address is not taken for one visitor.
"""

import time
from collections import OrderedDict
from collections.abc import Callable

_MOST_KEYS = 20_000
_AT_ONCE_SECONDS = 12.0
_LONGEST = 2.0


class Pace:
    """Counts by key, in memory; of many keys, those that were used last. At 0 a second, everybody may.

    What `at_once` seconds bring may be taken in one go, and nobody waits longer than `longest`.
    """

    def __init__(
        self,
        per_second: float,
        clock: Callable[[], float] = time.monotonic,
        *,
        at_once: float = _AT_ONCE_SECONDS,
        longest: float = _LONGEST,
    ) -> None:
        self._per_second = per_second
        self._at_once = max(1.0, per_second * at_once)
        self._longest = longest
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str) -> tuple[bool, float]:
        """Ask for one more: whether it may be, and after how many seconds, or in how many one may ask again."""
        if not self._per_second:
            return True, 0.0
        now = self._clock()
        left, at = self._left.get(key, (self._at_once, now))
        left = min(self._at_once, left + (now - at) * self._per_second) - 1
        wait = max(0.0, -left / self._per_second)
        may = wait <= self._longest
        self._left[key] = (left if may else left + 1, now)
        self._left.move_to_end(key)
        if len(self._left) > _MOST_KEYS:
            self._left.popitem(last=False)
        return may, wait
