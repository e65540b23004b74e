"""Coming in and going out: a page cannot set a cookie once it is open, so it asks by `fetch`."""

import asyncio
import json
from typing import Any
from urllib.parse import urlsplit

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from mycount.domain.errors import Invalid
from mycount.domain.words import N_
from mycount.services import sessions
from mycount.web import session_cookie
from mycount.web.metrics import Metrics
from mycount.web.origin import Home
from mycount.web.socket_guard import SocketGuard

_LARGEST_BODY = 4096  # bytes
_EXPIRED = N_("This took too long, or was done already. Please sign in again.")
_FRESH = {"Cache-Control": "no-store"}


class Doors:
    """POST /auth/session exchanges a ticket for the cookie; POST /auth/sign-out ends the session.

    Both want to be asked by a page of this server, with the header X-MyCount: 1, and answer with JSON.
    """

    def __init__(self, home: Home, guard: SocketGuard, metrics: Metrics) -> None:
        self._home = home
        self._guard = guard
        self._metrics = metrics

    def add_to(self, app: FastAPI) -> None:
        """Add the two addresses to an app."""
        app.add_route("/auth/session", self.enter, methods=["POST"])
        app.add_route("/auth/sign-out", self.leave, methods=["POST"])

    async def enter(self, request: Request) -> Response:
        """Take {"ticket", "next"}; answer {"next"} and set the cookie. The session before it, if any, ends."""
        self._only_from_here(request)
        wish = await _body(request)
        ticket, old_token = str(wish.get("ticket", "")), session_cookie.token_of(request.scope, self._home)
        old = await session_cookie.visitor_of(request.scope, self._home)
        with self._guard.sparing(old.session_id if old else None):
            token = await asyncio.to_thread(sessions.redeem, ticket, old_token=old_token)
        if token is None:
            raise Invalid(_EXPIRED)
        response = JSONResponse({"next": safe_next(wish.get("next"))}, headers=_FRESH)
        session_cookie.give(response, request.scope, self._home, token)
        return response

    async def leave(self, request: Request) -> Response:
        """End the session and clear the cookie; open pages of the session go to /sign-in by themselves."""
        self._only_from_here(request)
        token = session_cookie.token_of(request.scope, self._home)
        if token:
            await asyncio.to_thread(sessions.end, token)
        response = JSONResponse({"next": "/sign-in"}, headers=_FRESH)
        session_cookie.take(response, request.scope, self._home)
        return response

    def _only_from_here(self, request: Request) -> None:
        if not self._home.sent(request.scope):
            self._metrics.refused("origin")
            raise HTTPException(403)


def safe_next(target: object) -> str:
    """Give a local address to go on to; "/" for everything that could lead elsewhere, or in circles."""
    if not isinstance(target, str) or not target.startswith("/") or len(target) > 2000:
        return "/"
    strange = "\\" in target or any(ord(char) < 33 or ord(char) == 127 for char in target)
    if strange or target.startswith(("//", "/auth/", "/sign-")):
        return "/"
    parts = urlsplit(target)
    return "/" if parts.scheme or parts.netloc else target


async def _body(request: Request) -> dict[str, Any]:
    given = await request.body()
    if len(given) > _LARGEST_BODY:
        raise HTTPException(413)
    try:
        wish = json.loads(given)
    except (ValueError, RecursionError):
        wish = None
    if not isinstance(wish, dict):
        raise HTTPException(400)
    return wish
