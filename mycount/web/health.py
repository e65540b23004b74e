"""Whether this server is alive (/livez) and whether it can work (/health): the database is asked, briefly.

The question has a thread of its own, so that it is answered however busy the others are, and is asked once at a
time, so that impatient probes do not pile up on a database that hangs.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

_log = structlog.stdlib.get_logger("mycount.web.health")


class Health:
    """Asks the database by `ping`, which raises if there is no answer; gives up waiting after `seconds`.

    `doubt` names a reason why the server cannot work yet, without asking; `changed` hears every result.
    """

    def __init__(
        self,
        ping: Callable[[], None],
        *,
        seconds: float = 2.5,
        doubt: Callable[[], str | None] = lambda: None,
        changed: Callable[[bool], None] = lambda _: None,
    ) -> None:
        self._ping = ping
        self._seconds = seconds
        self._doubt = doubt
        self._changed = changed
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="health")
        self._question: asyncio.Future[str | None] | None = None
        self._told: object = None
        self._well = True

    async def check(self) -> bool:
        """Say whether the database answers; a failure is logged, once for each question asked."""
        reason = doubt = self._doubt()
        if doubt:
            self._tell(doubt, about=doubt)
        else:
            reason = await self._asked()
        self._changed(reason is None)
        if reason is None and not self._well:
            _log.info("health_recovered")
        self._well = reason is None
        return self._well

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

    def _tell(self, reason: str, *, about: object) -> None:
        """Log a failure, once for what it is about."""
        if self._told != about:
            self._told = about
            _log.error("health_failed", reason=reason)

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
