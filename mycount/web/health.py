"""Whether this server is alive (/livez) and whether it can work (/health): the database is asked, briefly.

The question has a thread of its own, so that it is answered however busy the others are, and is asked once at a
time, so that impatient probes do not pile up on a database that hangs.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

_log = structlog.stdlib.get_logger("mycount.web.health")


@dataclass(frozen=True)
class Doubt:
    """Why the server cannot work yet; `is_grave` when that may well remain so."""

    reason: str
    is_grave: bool


class Health:
    """Asks the database by `ping`, which raises if there is no answer; gives up waiting after `seconds`.

    `doubt` names a reason why the server cannot work yet, without asking; `changed` hears every result.
    """

    def __init__(
        self,
        ping: Callable[[], None],
        *,
        seconds: float = 2.5,
        doubt: Callable[[], Doubt | None] = lambda: None,
        changed: Callable[[bool], None] = lambda _: None,
    ) -> None:
        self._ping = ping
        self._seconds = seconds
        self._doubt = doubt
        self._changed = changed
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="health")
        self._question: asyncio.Future[str | None] | None = None
        self._told: object = None
        self._was_told = False

    async def check(self) -> bool:
        """Say whether the database answers; a failure is logged, once for each question asked.

        That the server is still starting is no failure, as long as there is hope.
        """
        doubt = self._doubt()
        if doubt:
            self._tell(doubt.reason, about=doubt, is_grave=doubt.is_grave)
        is_well = doubt is None and await self._asked() is None
        self._changed(is_well)
        if is_well and self._was_told:
            _log.info("health_recovered")
            self._was_told = False
        return is_well

    def close(self) -> None:
        """Ask no more; a question that hangs is left to its own time limit."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def routes(self) -> list[Route]:
        """Give the two addresses, for GET and HEAD."""
        return [Route("/health", self._health), Route("/livez", _livez)]

    async def _health(self, _request: Request) -> JSONResponse:
        if await self.check():
            return JSONResponse({"status": "ok"}, headers=_FRESH)
        return JSONResponse({"detail": "Database unavailable"}, 503, headers=_FRESH)

    async def _asked(self) -> str | None:
        if self._question is None or self._question.done():
            self._question = asyncio.get_running_loop().run_in_executor(self._thread, self._try)
        question = self._question
        done, _ = await asyncio.wait([question], timeout=self._seconds)
        reason = question.result() if done else f"no answer within {self._seconds:g} s"
        if reason:
            self._tell(reason, about=question)
        return reason

    def _tell(self, reason: str, *, about: object, is_grave: bool = True) -> None:
        """Log a failure, or that the server is starting, once for what it is about."""
        if self._told == about:
            return
        self._told = about
        if is_grave:
            self._was_told = True
            _log.error("health_failed", reason=reason)
        else:
            _log.info("health_starting", reason=reason)

    def _try(self) -> str | None:
        try:
            self._ping()
        except Exception as error:
            return reason_of(error)
        return None


_FRESH = {"Cache-Control": "no-store"}


async def _livez(_request: Request) -> JSONResponse:
    return JSONResponse({"status": "ok"}, headers=_FRESH)


def reason_of(error: BaseException) -> str:
    """Say in one line why the database could not be used: what the driver said, without any SQL."""
    said = str(getattr(error, "orig", None) or error).strip().splitlines()
    return f"{type(error).__name__}: {said[0][:300]}" if said else type(error).__name__
