"""Downloads of a group, at /groups/{group_id}/export.csv and export.json, for whoever may see it.

A download is read, written and compressed stretch by stretch in the threads of the services, and sent as fast as it is
fetched: neither a connection to the database nor a thread waits for a slow client, and no more than a stretch is held.
At each stretch the session and the membership are looked at again. Whatever ends it early, the answer stays without its
end, so that a browser says that the download has failed.

These routes stand beside NiceGUI's app and not in it: middlewares there would end an answer well that was cut off.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from mycount.domain.errors import NotFound, Refusal
from mycount.domain.ids import GroupId, UserId
from mycount.domain.words import N_
from mycount.services import export
from mycount.services.views import Outline, Visitor
from mycount.web import errors, plain
from mycount.web.attachment import attachment
from mycount.web.export_csv import Csv
from mycount.web.export_json import Json
from mycount.web.export_writing import Form, Writing
from mycount.web.origin import Home
from mycount.web.session_cookie import visitor_of
from mycount.web.visitors import ask_to_sign_in
from pages.calls import call

FORMS: Final[dict[str, Callable[[Outline], Form]]] = {"csv": Csv, "json": Json}
MOST, MOST_OF_ONE = 4, 2
"""How many exports a server makes at the same time, and how many of them for one person."""

_PIECE: Final = 65_536  # bytes
_STALLED_SECONDS: Final = 30.0
_LONGEST_ID: Final = 19  # digits
_NOWHERE = N_("There is no such page, or it is not for you. Check the address, or go back to the start.")
_WAIT = N_("One moment, please")
_BUSY = N_("Several exports are being made here right now. Go back, and try again in a minute.")

_log = structlog.stdlib.get_logger("mycount.web.exports")


class Exports:
    """Answers with downloads, a few at the same time; `refused` counts those that were too many ("export")."""

    def __init__(self, home: Home, refused: Callable[[str], None]) -> None:
        self._home = home
        self._refused = refused
        self._running: Counter[UserId] = Counter()

    def routes(self) -> list[Route]:
        """Give a route for each form."""
        return [
            Route(f"/groups/{{group_id}}/export.{name}", _Door(self, name), methods=["GET"]) for name in FORMS
        ]

    async def answer(self, name: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Send a group to whoever may see it, and refuse all others as a page of the group would."""
        visitor = await visitor_of(scope, self._home)
        scope.setdefault("state", {})["visitor"] = visitor  # a refusal is in their language
        if visitor is None:
            await ask_to_sign_in(scope)(scope, receive, send)
            return
        with self._place(visitor.user_id) as has_place:
            if has_place:
                await self._give(name, visitor, scope, receive, send)
                return
        self._refused("export")
        await _too_many(Request(scope))(scope, receive, send)

    @contextmanager
    def _place(self, user: UserId) -> Iterator[bool]:
        """Take a place for the block, and say whether there was one."""
        if self._running.total() >= MOST or self._running[user] >= MOST_OF_ONE:
            yield False
            return
        self._running[user] += 1
        try:
            yield True
        finally:
            self._running -= Counter([user])  # and forget who has none left

    async def _give(self, name: str, visitor: Visitor, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        outline = await call(export.begin, visitor.user_id, _group_id(request))
        form, zipped = FORMS[name](outline), "gzip" in request.headers.get("accept-encoding", "")
        writing = Writing(visitor.user_id, outline, form, zipped=zipped)
        first = await call(writing.go_on)  # what cannot be had is still refused in words
        await send(_start(outline, form.media_type, name, zipped=zipped))
        if request.method == "HEAD":
            await send({"type": "http.response.body", "body": b""})
            return
        leaving = asyncio.create_task(_left(receive), name="export: waits for the client to leave")
        try:
            await self._send_all(first, writing, visitor, scope, send, leaving)
        except (Refusal, TimeoutError) as error:
            _log.warning("export_cut", reason=type(error).__name__)
        finally:
            leaving.cancel()

    async def _send_all(
        self,
        piece: bytes | None,
        writing: Writing,
        visitor: Visitor,
        scope: Scope,
        send: Send,
        leaving: asyncio.Task[None],
    ) -> None:
        while piece is not None:
            for at in range(0, len(piece), _PIECE):
                async with asyncio.timeout(_STALLED_SECONDS):
                    body = piece[at : at + _PIECE]
                    await send({"type": "http.response.body", "body": body, "more_body": True})
            if leaving.done():
                return
            still = await visitor_of(scope, self._home)
            if still is None or still.session_id != visitor.session_id:
                raise NotFound(_NOWHERE)
            piece = await call(writing.go_on)
        await send({"type": "http.response.body", "body": b""})


class _Door:
    """The ASGI app of one route."""

    def __init__(self, exports: Exports, name: str) -> None:
        self._exports = exports
        self._name = name

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._exports.answer(self._name, scope, receive, send)


def _group_id(request: Request) -> GroupId:
    given = request.path_params["group_id"]
    if not (given.isascii() and given.isdecimal() and len(given) <= _LONGEST_ID):
        raise NotFound(_NOWHERE)
    return GroupId(int(given))


def _start(outline: Outline, media_type: str, suffix: str, *, zipped: bool) -> dict[str, object]:
    headers = {
        "Content-Type": media_type,
        "Content-Disposition": attachment(f"{outline.name} {outline.at.date()}", suffix),
        "Cache-Control": "no-store",
        **({"Content-Encoding": "gzip", "Vary": "Accept-Encoding"} if zipped else {}),
    }
    raw = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()]
    return {"type": "http.response.start", "status": 200, "headers": raw}


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _too_many(request: Request) -> Response:
    voice = plain.Voice.to(request.scope)
    text = voice.say(_BUSY)
    if errors.wants_json(request):
        response: Response = JSONResponse({"detail": text}, 429)
    else:
        response = plain.page(voice, 429, voice.say(_WAIT), text)
    response.headers["Retry-After"] = "60"
    return response
