"""Gives every request an id that its log lines carry, its answer names, and an error page shows."""

import re
import secrets

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SANE = re.compile(r"[A-Za-z0-9_-]{8,64}")


class RequestId:
    """Binds `request_id` for everything that is logged below; a proxy's id is kept if it is short and plain."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on under an id."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        request_id = _given(scope) or secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = request_id

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["x-request-id"] = request_id
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            await self.app(scope, receive, named)


def of(scope: Scope) -> str:
    """Name the request; "-" where it came in by another door than the server's (a simulated visitor)."""
    return str(scope.get("state", {}).get("request_id", "-"))


def _given(scope: Scope) -> str | None:
    given = Headers(scope=scope).get("x-request-id", "")
    return given if _SANE.fullmatch(given) else None
