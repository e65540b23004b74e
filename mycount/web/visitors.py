"""Who is visiting: the session is looked up before a page is built, and strangers are sent to sign in.

A page that redirects has built itself in memory already; this does not. It is added to NiceGUI's own app, so that
it also holds for the simulated visitors of page tests.
"""

import asyncio
from math import ceil
from urllib.parse import quote

from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from mycount.domain.errors import Refusal
from mycount.domain.network import network
from mycount.services.views import Visitor
from mycount.web import errors
from mycount.web.metrics import Metrics
from mycount.web.origin import Home
from mycount.web.pace import Pace
from mycount.web.routes import ASSETS, Templates
from mycount.web.session_cookie import visitor_of
from mycount.web.socket_guard import SocketGuard
from pages.addresses import root
from pages.entering import on_the_way_to

_CHEAP = frozenset({"/offline", "/favicon.ico", "/sw.js", "/robots.txt"})  # answered without making a page
_PUBLIC = frozenset({"/sign-in", "/sign-up", *_CHEAP})
_ASSETS_BELOW = tuple(f"{asset}/" for asset in ASSETS)
_PUBLIC_BELOW = ("/join/", "/auth/", "/manifest", *_ASSETS_BELOW)
_OF_ONE_PAGE = "/_nicegui/client/"  # uploads: NiceGUI asks for no more than the page's key


class Visitors:
    """Puts the visitor (or None) into the request's state, and turns those without a session to /sign-in."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        home: Home,
        templates: Templates,
        guard: SocketGuard,
        metrics: Metrics,
        pace: Pace,
    ) -> None:
        self.app = app
        self._home = home
        self._templates = templates
        self._guard = guard
        self._metrics = metrics
        self._pace = pace

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on with the visitor known, or answer if the request ends here."""
        answer = (
            await self._admit(scope) if scope["type"] == "http" and _needs_lookup(scope["path"]) else None
        )
        if answer is not None:
            await answer(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _admit(self, scope: Scope) -> Response | None:
        """Find the visitor; give an answer if the request ends here."""
        path: str = scope["path"]
        try:
            visitor = await visitor_of(scope, self._home)
        except (Refusal, SQLAlchemyError) as error:
            return errors.answer(Request(scope), error)
        scope.setdefault("state", {})["visitor"] = visitor
        if path.startswith(_OF_ONE_PAGE):
            key = path.removeprefix(_OF_ONE_PAGE).partition("/")[0]
            return None if self._guard.is_page_of(key, visitor) else self._refuse(scope)
        if not self._templates.find(path):
            return self._without_slash(scope)
        if visitor is None and not is_public(path):
            return ask_to_sign_in(scope)
        return None if _is_cheap(path) else await self._keep_pace(scope, visitor)

    async def _keep_pace(self, scope: Scope, visitor: Visitor | None) -> Response | None:
        """Let whoever is a little too fast wait, and turn away who is much too fast."""
        client = scope.get("client") or ("", 0)
        key = f"session {visitor.session_id}" if visitor else f"address {network(client[0])}"
        may, wait = self._pace.take(key)
        if wait:
            self._metrics.refused("too_fast")
        if not may:
            error = HTTPException(429, headers={"Retry-After": str(ceil(wait))})
            return errors.answer(Request(scope), error)
        await asyncio.sleep(wait)
        return None

    def _without_slash(self, scope: Scope) -> Response | None:
        """Lead to the address that was meant; the framework would name whatever host the client has claimed."""
        path: str = scope["path"].rstrip("/")
        if scope["method"] not in ("GET", "HEAD") or not path or not self._templates.find(path):
            return None
        query = scope["query_string"].decode("latin-1")
        meant = root() + quote(path) + (f"?{query}" if query else "")
        return RedirectResponse(meant, 308, headers={"Cache-Control": "no-store"})

    def _refuse(self, scope: Scope) -> Response:
        self._metrics.refused("client_route")
        return errors.answer(Request(scope), HTTPException(403))


def is_public(path: str) -> bool:
    """Say whether an address is for everybody, with a session or without."""
    return path in _PUBLIC or (path.startswith(_PUBLIC_BELOW) and not path.startswith(_OF_ONE_PAGE))


def ask_to_sign_in(scope: Scope) -> Response:
    """Lead a person to where they can come in and then go on, and refuse a program."""
    request = Request(scope)
    if scope["method"] not in ("GET", "HEAD") or errors.wants_json(request):
        return errors.answer(request, HTTPException(401))
    query = scope["query_string"].decode("latin-1")
    wanted = scope["path"] + (f"?{query}" if query else "")
    return RedirectResponse(on_the_way_to(wanted, "/sign-in"), 303, headers={"Cache-Control": "no-store"})


def _is_cheap(path: str) -> bool:
    return path in _CHEAP or path.startswith("/manifest")


def _needs_lookup(path: str) -> bool:
    return path.startswith(_OF_ONE_PAGE) or not path.startswith(("/auth/", *_ASSETS_BELOW))
