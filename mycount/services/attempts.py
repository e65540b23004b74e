"""Slows down whoever guesses: ten attempts in five minutes are free, then each takes longer than the one before.

Attempts are counted for each account and for each address they come from (for IPv6, its network: a home has a whole
one). Nobody is locked out: a wait is 25 seconds at most, and where somebody has been let in before, neither what
others try on their account nor what comes from their network keeps them waiting. Kept in memory, by this process
alone; figures as in OWASP ASVS 5.0 (6.3.1) and in what Nextcloud does.
"""

import math
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from mycount.domain.errors import Invalid
from mycount.domain.network import network
from mycount.domain.words import N_
from mycount.services import emails
from mycount.services.operation import operation

FREE = 10
SECONDS_5_MINUTES = 300.0
FIRST, LONGEST = 0.2, 25.0  # seconds
_MOST_KEYS = 20_000
_LONGEST_ACCOUNT = 254  # as an e-mail: whatever else is typed is kept for a while, too
_TOO_MANY = N_("Too many attempts. Please wait for half a minute, then try again.")
Key = tuple[str, ...]


@dataclass
class _Record:
    attempts: deque[float] = field(default_factory=lambda: deque(maxlen=FREE + 10))
    free_at: float = 0.0


@operation
def turn(account: str, address: str) -> float:
    """Count an attempt, and give the seconds it has to wait before it is looked at; see `Attempts.turn`."""
    return _all.turn(account[:_LONGEST_ACCOUNT], address)


def succeeded(account: str, address: str) -> None:
    """Forget the attempts of somebody who was let in; see `Attempts.succeeded`."""
    _all.succeeded(account[:_LONGEST_ACCOUNT], address)


def forget() -> None:
    """Begin anew, as after a restart."""
    _all.forget()


class Attempts:
    """Remembers who tried what, for as long as it matters. Safe to use from many threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._records: OrderedDict[Key, _Record] = OrderedDict()
        self._welcome: OrderedDict[Key, None] = OrderedDict()

    def turn(self, account: str, address: str) -> float:
        """Count an attempt, and give the seconds it has to wait before it is looked at.

        Attempts from one address take turns once they have to wait; raises Invalid where that would be too long.
        """
        pair, of_address, of_account = _keys(account, address)
        with self._lock:
            now = self._clock()
            if pair in self._welcome:
                wait = self._delay(pair, now)
            else:
                own = self._delay(of_address, now)
                line = max(0.0, self._record(of_address).free_at - now) if own else 0.0
                wait = line + max(own, self._delay(of_account, now))
            if wait > 2 * LONGEST:
                raise Invalid(_TOO_MANY)
            for key in (pair, of_address, of_account):
                self._record(key).attempts.append(now)
            self._record(of_address).free_at = now + wait
            return wait

    def succeeded(self, account: str, address: str) -> None:
        """Forget the attempts: they were by somebody who is welcome, and will be from there."""
        pair, of_address, of_account = _keys(account, address)
        with self._lock:
            for key in (pair, of_account):
                self._records.pop(key, None)
            if (record := self._records.get(of_address)) is not None and record.attempts:
                record.attempts.pop()
            self._welcome[pair] = None
            self._welcome.move_to_end(pair)
            while len(self._welcome) > _MOST_KEYS:
                self._welcome.popitem(last=False)

    def forget(self) -> None:
        """Forget everybody."""
        with self._lock:
            self._records.clear()
            self._welcome.clear()

    def _delay(self, key: Key, now: float) -> float:
        attempts = self._record(key).attempts
        while attempts and attempts[0] < now - SECONDS_5_MINUTES:
            attempts.popleft()
        beyond = len(attempts) - FREE
        return 0.0 if beyond < 0 else min(LONGEST, FIRST * math.pow(2, beyond))

    def _record(self, key: Key) -> _Record:
        record = self._records.setdefault(key, _Record())
        self._records.move_to_end(key)
        if len(self._records) > _MOST_KEYS:
            self._records.popitem(last=False)
        return record


def _keys(account: str, address: str) -> tuple[Key, Key, Key]:
    """Name what is counted; an e-mail in the form that is stored, or each of its spellings would be an account."""
    account, here = emails.plain(account) or account, network(address)
    return (account, here), ("address", here), (account,)


_all = Attempts()
