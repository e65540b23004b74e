"""Who is visiting: the session cookie, looked up before a page is built; signing in and out over HTTP.

Visitors without a session are sent to sign in before a page of theirs exists in memory. All of this is added to
NiceGUI's own app, so that it also holds for the simulated visitors of page tests.
"""

import asyncio
import json
from typing import Any
from urllib.parse import quote, urlsplit

from fastapi import FastAPI
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from mycount.domain.errors import Invalid, Refusal
from mycount.domain.words import N_
from mycount.services import sessions
from mycount.services.views import Visitor
from mycount.web import errors
from mycount.web.metrics import Metrics
from mycount.web.origin import Home
from mycount.web.routes import ASSETS, Templates
from mycount.web.socket_guard import SocketGuard

COOKIE = "mycount_session"
SECONDS_90_DAYS = 90 * 24 * 3600

_PUBLIC = frozenset({"/sign-in", "/sign-up", "/offline", "/favicon.ico", "/sw.js", "/robots.txt"})
_PUBLIC_BELOW = ("/join/", "/auth/", "/manifest", *(f"{asset}/" for asset in ASSETS))
_PRIVATE_BELOW = "/_nicegui/client/"
_NO_LOOKUP = ("/auth/", *(f"{asset}/" for asset in ASSETS))
_LARGEST_BODY = 4096  # bytes
_EXPIRED = N_("This took too long, or was done already. Please sign in again.")


class Visitors:
    """Puts the visitor (or None) into the request's state, and turns those without a session to /sign-in."""

    def __init__(self, app: ASGIApp, *, home: Home, templates: Templates, guard: SocketGuard, metrics: Metrics) -> None:
        self.app = app
        self._home = home
        self._templates = templates
        self._guard = guard
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _needs_lookup(scope["path"]):
            answer = await self._admit(scope)
            if answer is not None:
                await answer(scope, receive, send)
                return
        await self.app(scope, receive, send)

    async def _admit(self, scope: Scope) -> Response | None:
        """Find the visitor; give an answer if the request ends here."""
        try:
            visitor = await visitor_of(scope, self._home)
        except (Refusal, SQLAlchemyError) as error:
            return errors.answer(Request(scope), error)
        scope.setdefault("state", {})["visitor"] = visitor
        path: str = scope["path"]
        if path.startswith(_PRIVATE_BELOW):
            is_theirs = self._guard.is_page_of(path.removeprefix(_PRIVATE_BELOW).partition("/")[0], visitor)
            return None if is_theirs else self._refuse(scope)
        if visitor is not None or is_public(path) or not self._templates.find(path):
            return None
        return _ask_to_sign_in(scope)

    def _refuse(self, scope: Scope) -> Response:
        self._metrics.refused("client_route")
        return errors.answer(Request(scope), HTTPException(403))


async def visitor_of(scope: Scope, home: Home) -> Visitor | None:
    """Look up who holds the session cookie of a request or socket, in a thread."""
    token = token_of(scope, home)
    return await asyncio.to_thread(sessions.find, token) if token else None


def token_of(scope: Scope, home: Home) -> str | None:
    """Give the session token that the browser sent; over HTTPS only from the cookie that nobody could plant."""
    return HTTPConnection(scope).cookies.get(cookie_name(scope, home)) or None


def cookie_name(scope: Scope, home: Home) -> str:
    """Name the session cookie: the prefix makes browsers refuse one that was not set here over HTTPS."""
    return f"__Host-{COOKIE}" if home.is_secure(scope) else COOKIE


def is_public(path: str) -> bool:
    """Say whether an address is for everybody, with a session or without."""
    return path in _PUBLIC or (path.startswith(_PUBLIC_BELOW) and not path.startswith(_PRIVATE_BELOW))


def safe_next(target: object) -> str:
    """Give a local address to go on to; "/" for everything that could lead elsewhere, or in circles."""
    if not isinstance(target, str) or not target.startswith("/") or len(target) > 2000:
        return "/"
    strange = "\\" in target or any(ord(char) < 33 or ord(char) == 127 for char in target)
    if strange or target.startswith(("//", "/auth/", "/sign-")):
        return "/"
    parts = urlsplit(target)
    return "/" if parts.scheme or parts.netloc else target


class Doors:
    """POST /auth/session exchanges a ticket for the cookie; POST /auth/sign-out ends the session.

    Both want to be asked by a page of this server, by `fetch` with the header X-MyCount.
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
        old = await visitor_of(request.scope, self._home)
        with self._guard.sparing(old.session_id if old else None):
            token = await asyncio.to_thread(
                sessions.redeem, str(wish.get("ticket", "")), old_token=token_of(request.scope, self._home)
            )
        if token is None:
            raise Invalid(_EXPIRED)
        response = JSONResponse({"next": safe_next(wish.get("next"))}, headers=_FRESH)
        self._set_cookie(response, request, token, SECONDS_90_DAYS)
        return response

    async def leave(self, request: Request) -> Response:
        """End the session and clear the cookie; open pages of the session go to /sign-in by themselves."""
        self._only_from_here(request)
        token = token_of(request.scope, self._home)
        if token:
            await asyncio.to_thread(sessions.end, token)
        response = JSONResponse({"next": "/sign-in"}, headers=_FRESH)
        self._set_cookie(response, request, "", 0)
        return response

    def _only_from_here(self, request: Request) -> None:
        if not self._home.sent(request.scope):
            self._metrics.refused("origin")
            raise HTTPException(403)

    def _set_cookie(self, response: Response, request: Request, token: str, seconds: int) -> None:
        response.set_cookie(
            cookie_name(request.scope, self._home),
            token,
            max_age=seconds,
            path="/",
            secure=self._home.is_secure(request.scope),
            httponly=True,
            samesite="lax",
        )


_FRESH = {"Cache-Control": "no-store"}


def _needs_lookup(path: str) -> bool:
    return path.startswith(_PRIVATE_BELOW) or not path.startswith(_NO_LOOKUP)


def _ask_to_sign_in(scope: Scope) -> Response:
    if scope["method"] not in ("GET", "HEAD") or errors.wants_json(Request(scope)):
        return errors.answer(Request(scope), HTTPException(401))
    query = scope["query_string"].decode("latin-1")
    wanted = scope["path"] + (f"?{query}" if query else "")
    target = "/sign-in" if wanted == "/" else f"/sign-in?next={quote(wanted, safe='')}"
    return RedirectResponse(target, 303, headers=_FRESH)


async def _body(request: Request) -> dict[str, Any]:
    given = b""
    async for chunk in request.stream():
        given += chunk
        if len(given) > _LARGEST_BODY:
            raise HTTPException(413)
    try:
        wish = json.loads(given)
    except ValueError:
        wish = None
    if not isinstance(wish, dict):
        raise HTTPException(400)
    return wish
