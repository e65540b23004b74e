"""What there is to a socket of a page: what it says of itself as it is opened, and how it is ended."""

import asyncio
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs

from nicegui import Client, core
from starlette.requests import Request

from mycount.services import closing
from mycount.services.views import Visitor
from pages.entering import on_the_way_to

_LAST_WORD_SECONDS = 2.0
_NAMES = ("client_id", "tab_id", "old_tab_id", "document_id")
_LONGEST_NAME = 64  # of those; what a page calls itself is kept for a while
_NUMBER = re.compile(r"[0-9]{1,15}")


async def dismiss(client: Client, *, reload: bool) -> None:
    """Forget a page, give it its last message, and close its sockets, for which a slow browser has a moment."""
    sockets, request = list(client._socket_to_document_id), client.request
    if client.id in Client.instances:
        client.delete()
        client.outbox.updates.clear()  # seen to go, an unfinished form would not open again for whoever returns
    address = "" if reload else await _way_out(request)
    async with asyncio.timeout(_LAST_WORD_SECONDS):
        if reload:
            await core.sio.emit("run_javascript", {"code": "location.reload()"}, room=client.id)
        else:
            await core.sio.emit("open", {"path": address, "new_tab": False}, room=client.id)
        for sid in sockets:
            connection = core.sio.manager.eio_sid_from_sid(sid, "/")
            await core.sio.disconnect(sid)
            await core.sio.eio.disconnect(connection)
    for document in list(client._delete_tasks):
        client._cancel_delete_task(document)  # it would delete the page once more, a minute later


async def close_soon(connection: str) -> None:
    """End a connection after a moment for the last word, whatever is still said there."""
    await asyncio.sleep(_LAST_WORD_SECONDS)
    await core.sio.eio.disconnect(connection)


def page_key(environ: dict[str, Any]) -> str:
    """Give the key of the page that a socket says it is for; "" if it says none."""
    return parse_qs(str(environ.get("QUERY_STRING", ""))).get("client_id", [""])[0]


def introduces_itself(environ: dict[str, Any]) -> bool:
    """Say whether what a socket says of itself in its address is what browsers say."""
    query = parse_qs(str(environ.get("QUERY_STRING", "")))
    return all(is_introduction({name: value}) for name, values in query.items() for value in values)


def is_introduction(said: Mapping[str, Any]) -> bool:
    """Say whether a socket calls itself and its page by short names, and counts what it has heard by a number.

    At what it cannot count by NiceGUI stops halfway, and would take the page for one that is open for ever.
    """
    names = [said.get(name) for name in _NAMES]
    if not all(name is None or (isinstance(name, str) and len(name) <= _LONGEST_NAME) for name in names):
        return False
    number = said.get("next_message_id")
    return number is None or _NUMBER.fullmatch(str(number)) is not None


async def _way_out(request: Request) -> str:
    """Give the address for signing in again, or, where there is nothing left to sign in to, that says so."""
    visitor: Visitor | None = request.scope.get("state", {}).get("visitor")
    with suppress(Exception):  # without an answer of the database it is as after any other end
        async with asyncio.timeout(_LAST_WORD_SECONDS):
            if visitor is not None and await asyncio.to_thread(closing.is_closed, visitor.user_id):
                return "/sign-in?closed=1"
    return on_the_way_to(request.url.path, "/sign-in?ended=1")
