"""What is answered when something cannot be had: a friendly page or JSON with the right status, nothing internal.

Refusals become 404, 400, 403, 409 or 503 with their own words; an integrity error that nobody foresaw a 400; a
database that does not answer a 503; anything else a 500 whose traceback goes to the log only, under the
reference that the page shows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.utils import ClientDisconnected

from mycount.domain.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal, Unavailable
from mycount.domain.words import N_
from mycount.web import plain, request_id

_log = structlog.stdlib.get_logger("mycount.web")

_KINDS: tuple[type[Exception], ...] = (
    HTTPException,
    RequestValidationError,
    Refusal,
    IntegrityError,
    OperationalError,
    InterfaceError,
    PoolTimeoutError,
    Exception,
)
_REFUSALS: tuple[tuple[type[Refusal], int, str], ...] = (
    (NotFound, 404, N_("Not found")),
    (NotAllowed, 403, N_("Not allowed")),
    (Invalid, 400, N_("That cannot be")),
    (Conflict, 409, N_("Somebody was faster")),
    (Unavailable, 503, N_("One moment, please")),
)
_MISSING = N_("There is no such page, or it is not for you. Check the address, or go back to the start.")
_MISFIT = N_(
    "That does not fit with what is stored already. Nothing was changed: reload the page and try again."
)
_AWAY = N_("The database does not answer right now. Nothing is lost: please try again in a moment.")
_BROKEN = N_("Something went wrong here, and it is not your fault. Nothing was half saved. Please try again.")
_TOO_FAST = N_("Those were too many pages at once. Please wait a moment, then try again.")
_OTHER = N_("This request cannot be answered. Go back to the start and try from there.")


@dataclass(frozen=True)
class Verdict:
    """What to answer: a status, a title, and one sentence that says what to do, with values to fill in."""

    status: int
    title: str
    message: str
    values: Mapping[str, object] = field(default_factory=dict)


def install(app: FastAPI) -> None:
    """Let every error of an app be answered from here. To be called before it serves."""
    app.add_exception_handler(404, _handle)
    for kind in _KINDS:
        app.add_exception_handler(kind, _handle)


def answer(request: Request, error: Exception) -> Response:
    """Make the answer to an error, as JSON for programs, and log what an administrator should know of it."""
    verdict, voice = judge(error), plain.Voice.to(request.scope)
    text = voice.say(verdict.message, **verdict.values)
    _tell(error)
    if wants_json(request):
        response: Response = JSONResponse({"detail": text}, verdict.status)
    else:
        reference = request_id.of(request.scope) if verdict.status >= 500 else ""
        response = plain.page(voice, verdict.status, voice.say(verdict.title), text, reference=reference)
    response.headers.update(getattr(error, "headers", None) or {})
    if verdict.status == 503:
        response.headers["Retry-After"] = "5"
    return response


def judge(error: Exception) -> Verdict:
    """Decide what an error means for whoever asked."""
    if isinstance(error, Refusal):
        status, title = next((to, name) for kind, to, name in _REFUSALS if isinstance(error, kind))
        return Verdict(status, title, error.message, error.values)
    if isinstance(error, RequestValidationError):
        in_path = any(part["loc"][:1] == ("path",) for part in error.errors())
        error = HTTPException(404 if in_path else 400)
    if isinstance(error, HTTPException):
        return _of_status(error.status_code)
    if isinstance(error, IntegrityError):
        return Verdict(400, N_("That cannot be"), _MISFIT)
    if isinstance(error, OperationalError | InterfaceError | PoolTimeoutError):
        return Verdict(503, N_("One moment, please"), _AWAY)
    return Verdict(500, N_("That did not work"), _BROKEN)


def wants_json(request: Request) -> bool:
    """Say whether a program asks, not a person: by what it accepts, or by the address."""
    accept = request.headers.get("accept", "")
    if request.scope["path"].startswith(("/auth/", "/static/", "/_nicegui")):
        return True
    return "application/json" in accept and "text/html" not in accept


def tell_unexpected(error: Exception) -> None:
    """Log what failed after a page was sent, where there is nothing to answer: handlers and timers of pages."""
    _tell(error)
    if judge(error).status == 500:
        _log.error("unexpected_error", exc_info=error)


class Unexpected:
    """Logs every exception that nobody handled, once, and answers a 500 if nothing was answered yet."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and answer for what goes wrong inside."""
        started = ended = False

        async def noted(message: Message) -> None:
            nonlocal started, ended
            started = started or message["type"] == "http.response.start"
            ended = message["type"] == "http.response.body" and not message.get("more_body")
            await send(message)

        try:
            await self.app(scope, receive, noted)
        except (ClientDisconnect, ClientDisconnected):  # whoever has left a request, or a socket
            return
        except Exception as error:
            _log.error("unexpected_error", exc_info=error)
            if scope["type"] != "http" or (started and not ended):
                raise
            if not started:
                await answer(Request(scope), error)(scope, receive, send)


def _of_status(status: int) -> Verdict:
    if status == 404:
        return Verdict(404, N_("There is nothing here"), _MISSING)
    if status == 429:
        return Verdict(429, N_("One moment, please"), _TOO_FAST)
    if status in (502, 503, 504):
        return Verdict(status, N_("One moment, please"), _AWAY)
    return Verdict(status, N_("That did not work"), _BROKEN if status >= 500 else _OTHER)


def _tell(error: Exception) -> None:
    if isinstance(error, IntegrityError):
        diagnosis = getattr(error.orig, "diag", None)
        constraint = getattr(diagnosis, "constraint_name", None) or str(error.orig)
        _log.error("integrity_error", constraint=constraint[:200])
    elif isinstance(error, OperationalError | InterfaceError | PoolTimeoutError):
        _log.error("database_unavailable", reason=type(error).__name__)


async def _handle(request: Request, error: Exception) -> Response:
    return answer(request, error)
