"""The session cookie: its name, what it holds, and whose it is."""

import asyncio

from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import Scope

from mycount.domain.errors import Unavailable
from mycount.domain.words import N_
from mycount.services import access, sessions, tokens
from mycount.services.views import Visitor
from mycount.web.origin import Home

COOKIE = "mycount_session"

_PATIENCE_SECONDS = 5.0
_AWAY = N_("The database does not answer right now. Nothing is lost: please try again in a moment.")


def name(scope: Scope, home: Home) -> str:
    """Name the cookie: over HTTPS with the prefix that makes browsers refuse one planted from elsewhere.

    Below a path of a shared host that is the weaker of two: the stronger would send the cookie to its neighbours.
    """
    if not home.is_secure(scope):
        return COOKIE
    return f"__Secure-{COOKIE}" if home.path else f"__Host-{COOKIE}"


def token_of(scope: Scope, home: Home) -> str | None:
    """Give the session token that came with a request or socket, if it can be one."""
    token = HTTPConnection(scope).cookies.get(name(scope, home), "")
    return token if tokens.can_be(token) else None


async def visitor_of(scope: Scope, home: Home) -> Visitor | None:
    """Look up in a thread who holds the session; Unavailable if the database does not answer in time."""
    token = token_of(scope, home)
    if not token:
        return None
    try:
        return await asyncio.wait_for(asyncio.to_thread(sessions.find, token), _PATIENCE_SECONDS)
    except TimeoutError:
        raise Unavailable(_AWAY) from None


def give(response: Response, scope: Scope, home: Home, token: str) -> None:
    """Set the cookie, for as long as a session may last."""
    _set(response, scope, home, token, int(access.policy().session_life.total_seconds()))


def take(response: Response, scope: Scope, home: Home) -> None:
    """Clear the cookie."""
    _set(response, scope, home, "", 0)


def _set(response: Response, scope: Scope, home: Home, token: str, seconds: int) -> None:
    response.set_cookie(
        name(scope, home),
        token,
        max_age=seconds,
        path=home.path or "/",
        secure=home.is_secure(scope),
        httponly=True,
        samesite="lax",
    )
