"""Counts every request over the whole app: pages, assets, errors; before its last byte has left."""

import time
from collections.abc import Callable

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mycount.web.metrics import Metrics
from mycount.web.routes import ASSETS, Templates

UNCOUNTED = frozenset({"/metrics", "/health", "/livez"})
_LEFT = 499
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

_log = structlog.stdlib.get_logger("mycount.web.requests")


class Instrumentation:
    """Counts and times each HTTP request once, as what was answered; one that raises is a 500.

    Where the client has left before anything was answered it is a 499, nginx' word for that: nobody failed.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics, templates: Templates) -> None:
        self.app = app
        self._metrics = metrics
        self._templates = templates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and count once."""
        if scope["type"] != "http" or scope["path"] in UNCOUNTED:
            await self.app(scope, receive, send)
            return
        count = self._counting(scope["method"], scope["path"])
        status, begun = 500, False

        async def heard() -> Message:
            nonlocal status, begun
            message = await receive()
            if message["type"] == "http.disconnect" and not begun:
                status, begun = _LEFT, True  # what is answered now, nobody gets
            return message

        async def observed(message: Message) -> None:
            nonlocal status, begun
            if message["type"] == "http.response.start" and not begun:
                status, begun = message["status"], True
            elif message["type"] == "http.response.body" and not message.get("more_body"):
                count(status)
            await send(message)

        try:
            await self.app(scope, heard, observed)
        except Exception:
            count(status if status == _LEFT else 500)
            raise
        finally:
            count(status)

    def _counting(self, method: str, path: str) -> Callable[[int], None]:
        """Give a function that counts this request the first time it is called, and does nothing later."""
        method = method if method in _METHODS else "OTHER"
        begun = time.perf_counter()
        counted = False

        def count(status: int) -> None:
            nonlocal counted
            if counted:
                return
            counted = True
            label, seconds = self._templates.label(path, method), time.perf_counter() - begun
            self._metrics.request(method, label, status, seconds)
            if label not in ASSETS:
                _log.info("request", method=method, path=label, status=status, ms=round(seconds * 1000, 1))

        return count
