"""Keeps people waiting in front of a friendly page until the server can work; probes, counts and assets pass."""

from collections.abc import Callable

from starlette.types import ASGIApp, Receive, Scope, Send

from mycount.web import plain
from mycount.web.instrument import UNCOUNTED
from mycount.web.routes import ASSETS


class UntilReady:
    """Answers 503 with a page that looks again by itself, and turns sockets away, until `ready` says yes."""

    def __init__(self, app: ASGIApp, ready: Callable[[], bool]) -> None:
        self.app = app
        self._ready = ready

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or say that the server is starting."""
        if scope["type"] == "lifespan" or self._ready() or _passes(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1013})
        else:
            await plain.starting(scope)(scope, receive, send)


def _passes(scope: Scope) -> bool:
    path: str = scope["path"]
    is_asset = path.startswith(tuple(f"{asset}/" for asset in ASSETS if asset != "/_nicegui_ws"))
    return path in UNCOUNTED or (scope["type"] == "http" and is_asset and "/client/" not in path)
