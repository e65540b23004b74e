"""Binds first, connects later: the server listens while the database is tried, migrated, and handed to the services.

Uvicorn serves only after the lifespan's start, so the connecting is a task begun there; whoever runs the server
watches `failed` and ends the process.
"""

import asyncio
import time
from collections.abc import Callable, Iterable
from contextlib import suppress

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception_type,
    stop_after_attempt,
    wait_exponential,
)

from mycount.db.migrate import ahead, migrate
from mycount.db.session import Database
from mycount.services import access
from mycount.services.policy import Policy
from mycount.web.health import Doubt, reason_of
from mycount.web.jobs import Job, repeat
from mycount.web.listening import Listening

_log = structlog.stdlib.get_logger("mycount.web.startup")

_WORTH_TRYING_AGAIN = (OperationalError, InterfaceError, PoolTimeoutError, OSError)

_LONGEST_WAIT = 30.0  # seconds, as the setting says


class Startup:
    """Brings the database up, in the background: `ready` when people can work, `failed` when there is no hope.

    Waits `retry_seconds` after the first attempt, twice that after the second, and so on. `tried` hears the
    outcome of each attempt, "ok" or "failed". `jobs` begin when the database is ready, and so does `listening`.
    """

    def __init__(
        self,
        database: Database,
        policy: Policy,
        *,
        attempts: int = 3,
        retry_seconds: float = 2.0,
        tried: Callable[[str], None] = lambda _: None,
        jobs: Iterable[Job] = (),
        listening: Listening | None = None,
    ) -> None:
        self.ready = False
        self.failed = False
        self._database = database
        self._policy = policy
        self._attempts = attempts
        self._attempt = 0
        self._retry_seconds = retry_seconds
        self._tried = tried
        self._jobs = tuple(jobs)
        self._listening = listening
        self._task: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Start connecting; to be called on the event loop."""
        self._task = asyncio.create_task(self._run(), name="start-up")

    async def end(self) -> None:
        """Stop what is running in the background and close the database."""
        self.ready = False
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        if self._listening is not None:
            await self._listening.end()
        access.stop()
        self._database.close()

    def doubt(self) -> Doubt | None:
        """Say why people cannot work yet, or None; grave from the last of several attempts on."""
        if self.ready:
            return None
        if self.failed:
            return Doubt("gave up", is_grave=True)
        is_last = 1 < self._attempt == self._attempts
        return Doubt(f"starting, attempt {self._attempt} of {self._attempts}", is_grave=is_last)

    async def _run(self) -> None:
        try:
            await self._connect()
        except Exception as error:
            self.failed = True
            self._say_why(error)
            return
        await repeat(self._jobs)

    async def _connect(self) -> None:
        begun = time.monotonic()
        retrying = AsyncRetrying(
            stop=stop_after_attempt(self._attempts),
            wait=wait_exponential(multiplier=self._retry_seconds, max=_LONGEST_WAIT),
            retry=retry_if_exception_type(_WORTH_TRYING_AGAIN),
            before_sleep=self._say_again,
            reraise=True,
        )
        async for attempt in retrying:
            with attempt:
                self._attempt = attempt.retry_state.attempt_number
                _log.info(
                    "database_attempt", attempt=self._attempt, of=self._attempts, database=self._address()
                )
                revision = await asyncio.to_thread(self._prepare)
        if self._listening is None:
            access.start(self._database, self._policy)
        else:
            access.start(self._database, self._policy, self._listening.neighbours.tell_news)
            self._listening.begin()
        self.ready = True
        self._tried("ok")
        seconds = round(time.monotonic() - begun, 2)
        if newer := ahead(revision):
            _log.warning("database_newer", message=newer, revision=revision)
        _log.info("database_ready", attempt=self._attempt, revision=revision, seconds=seconds)

    def _prepare(self) -> str:
        self._database.ping()
        return migrate(self._database)

    def _say_again(self, state: RetryCallState) -> None:
        self._tried("failed")
        error = state.outcome.exception() if state.outcome else None
        _log.warning(
            "database_attempt_failed",
            attempt=state.attempt_number,
            of=self._attempts,
            reason=reason_of(error) if error else "",
            next_in_seconds=round(state.upcoming_sleep, 1),
        )

    def _say_why(self, error: Exception) -> None:
        self._tried("failed")
        known = isinstance(error, _WORTH_TRYING_AGAIN)
        _log.error(
            "database_unreachable" if known else "database_not_usable",
            message="MyCount cannot use its database and ends. Check MYCOUNT_DATABASE_URL and the database itself.",
            attempts=self._attempt,
            database=self._address(),
            reason=reason_of(error),
            exc_info=None if known else error,
        )

    def _address(self) -> str:
        return self._database.engine.url.render_as_string(hide_password=True)
