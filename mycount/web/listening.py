"""Hears what happens on the other servers of the same PostgreSQL, in a thread with a connection of its own.

Every server gives a sign of life: whoever is silent for a few seconds is gone, and so are the people who looked
at its pages. Nothing of this is stored: what may have been missed is asked for again on return. The connection
also holds the duty: the lock of the one server that does what is to be done once, however many there are.
"""

import asyncio
import os
import secrets
import threading
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress

import structlog
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    sleep_using_event,
    stop_when_event_set,
    wait_exponential_jitter,
)

from mycount.db.channel import Channel, ChannelError, tell_by_pool
from mycount.db.session import Database
from mycount.services import news
from mycount.services.neighbours import Neighbours, understood
from mycount.web.neighbour_metrics import NeighbourMetrics
from mycount.web.neighbourhood import Neighbourhood

_log = structlog.stdlib.get_logger("mycount.web.listening")

_BEAT_SECONDS = 2.0
_LONELY_BEAT_SECONDS = 15.0
_ECHO_SECONDS = 5.0
_DUTY_KNOWN_SECONDS = 10.0
_END_SECONDS = 2.0
_BETWEEN_PAGES = 0.01
"""Between one part of a page and the next, when all are drawn again."""

_DEAF = (
    "what is told is not heard: give MYCOUNT_DATABASE_URL the address of PostgreSQL itself, or of a pooler in "
    "session mode; until then pages do not follow what happens on other servers"
)


class Listening:
    """Follows the other servers from `begin` to `end`; `returned` is awaited whenever news may have been missed."""

    def __init__(
        self,
        database: Database,
        neighbours: Neighbours,
        metrics: NeighbourMetrics,
        returned: Callable[[], Awaitable[object]],
    ) -> None:
        self.neighbours = neighbours
        self._database = database
        self._metrics = metrics
        self._returned = returned
        self._neighbourhood = Neighbourhood(neighbours, metrics, self._rouse)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._catching_up: asyncio.Task[None] | None = None
        self._thread = threading.Thread(target=self._run, name="listening", daemon=True)
        self._ending = threading.Event()
        self._duty_known = threading.Event()
        self._has_duty = self._has_heard = False
        self._echoed_at = 0.0
        self._awaited = ""
        self._woken, self._wake = os.pipe()
        for end in (self._woken, self._wake):
            os.set_blocking(end, False)

    def begin(self) -> None:
        """Start listening; to be called on the event loop."""
        self._loop = asyncio.get_running_loop()
        self._metrics.listening.set(0)
        self._metrics.others.set(0)
        self._neighbourhood.begin()
        self._thread.start()

    async def end(self) -> None:
        """Take leave of the others."""
        self._neighbourhood.end()
        self._ending.set()
        self._rouse()
        if self._thread.ident is not None:
            await asyncio.to_thread(self._thread.join, _END_SECONDS)
        if self._catching_up is not None:
            self._catching_up.cancel()

    def has_duty(self) -> bool:
        """Say whether what only one server is to do is for this one to do; waits until that is known."""
        self._duty_known.wait(_DUTY_KNOWN_SECONDS)
        return self._has_duty

    def _run(self) -> None:
        while (channel := self._opened()) is not None:
            try:
                self._follow(channel)
            except ChannelError as error:
                _log.warning("listening_lost", reason=str(error))
            except Exception as error:
                _log.error("listening_failed", exc_info=error)
                self._ending.wait(1)
            finally:
                channel.close()
                self._lose()

    def _opened(self) -> Channel | None:
        """Give a channel that is heard on; None at the end."""
        retrying = Retrying(
            wait=wait_exponential_jitter(initial=0.1, max=5, jitter=0.2),
            stop=stop_when_event_set(self._ending),
            retry=retry_if_exception_type(ChannelError),
            sleep=sleep_using_event(self._ending),
            before_sleep=self._say_again,
            retry_error_callback=lambda _: None,
        )
        return None if self._ending.is_set() else retrying(self._open)

    def _open(self) -> Channel:
        self._neighbourhood.begin_anew()
        channel = Channel(self._database)
        try:
            self._await_echo(channel)
            self._seek_duty(channel)
        except ChannelError:
            channel.close()
            raise
        self.neighbours.listen(True)
        self._has_heard = True
        self._metrics.listening.set(1)
        _log.info("listening_to_servers", server=self.neighbours.name)
        self._catch_up_soon()
        return channel

    def _await_echo(self, channel: Channel) -> None:
        """Say hello by another connection, and hear oneself say it: behind some poolers one would wait for ever."""
        self._awaited = self.neighbours.say("hello", [self.neighbours.mark, secrets.token_hex(4)])
        tell_by_pool(self._database, self._awaited)
        end = time.monotonic() + _ECHO_SECONDS
        while self._awaited:
            left = end - time.monotonic()
            if left <= 0:
                raise ChannelError(_DEAF)
            self._hear(channel, left)

    def _follow(self, channel: Channel) -> None:
        beat_at = self._echoed_at
        while not self._ending.is_set():
            due = beat_at + (_BEAT_SECONDS if self.neighbours.count else _LONELY_BEAT_SECONDS)
            self._hear(channel, due - time.monotonic())
            for message in self._neighbourhood.to_tell():
                channel.tell(message)
            self._neighbourhood.miss()
            if time.monotonic() >= due:
                if self._echoed_at < beat_at:
                    raise ChannelError(_DEAF)
                beat_at = time.monotonic()
                channel.tell(self.neighbours.say("beat"))
                self._seek_duty(channel)
        channel.tell(self.neighbours.say("bye"))

    def _hear(self, channel: Channel, seconds: float) -> None:
        for said in channel.hear(seconds, self._woken):
            self._awaited = "" if said == self._awaited else self._awaited
            message = understood(said)
            if message is None:
                _log.warning("message_not_understood", size=len(said))
            elif message.server == self.neighbours.name:
                self._echoed_at = time.monotonic()
            else:
                self._neighbourhood.take(message)
        with suppress(BlockingIOError):
            os.read(self._woken, 4096)

    def _seek_duty(self, channel: Channel) -> None:
        if not self._has_duty and channel.take_duty():
            self._has_duty = True
            _log.info("duty_taken", server=self.neighbours.name)
        self._duty_known.set()

    def _lose(self) -> None:
        self._has_duty = False
        self._metrics.listening.set(0)
        self._neighbourhood.begin_anew()
        if not self._ending.is_set():
            self._metrics.lost.inc()

    def _say_again(self, state: RetryCallState) -> None:
        if not self._has_heard:  # nobody can say who has the duty: then everybody has
            self._has_duty = True
            self._duty_known.set()
        if state.attempt_number == 1:
            reason = state.outcome.exception() if state.outcome else None
            _log.warning("listening_impossible", reason=str(reason))

    def _rouse(self) -> None:
        with suppress(BlockingIOError):  # it is full: whoever reads it wakes all the same
            os.write(self._wake, b".")

    def _catch_up_soon(self) -> None:
        def begin() -> None:
            if self._catching_up is not None:
                self._catching_up.cancel()
            self._catching_up = asyncio.create_task(self._catch_up(), name="catching up")

        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(begin)

    async def _catch_up(self) -> None:
        """Send away whose session has ended meanwhile; then have everything drawn again, one part after the other."""
        await self._returned()
        for tell in news.missed():
            tell()
            await asyncio.sleep(_BETWEEN_PAGES)
