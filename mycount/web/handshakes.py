"""How fast sockets are opened: so many at once for an address, then so many a second, and so many for all together.

Opening one takes half a millisecond, and two hundred at once would let everybody wait who presses something
meanwhile. Who comes a little too fast is let in later, and so are all that come back at once after the server was
started anew. Whoever is turned away is told so late: else they would only ask again at once.
"""

import asyncio
from collections.abc import Callable
from math import ceil

from nicegui import Client
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mycount.domain.network import network
from mycount.web.pace import Pace
from mycount.web.socket_guard import session_of
from mycount.web.sockets import page_key

_AT_ONCE_SECONDS = 5.0
_ALL = 5.0  # times as many as one address
_ALL_AT_ONCE_SECONDS = 0.2  # else nothing would be spread
_LONGEST_SECONDS = 5.0
_TOLD_SECONDS = 1.0
_MOST_UNTOLD = 500  # who comes when so many wait for their refusal has it at once
_MOST_PARTS = 30  # of a query: pages send a dozen, and to read as many as fit takes longer than all else


class Handshakes:
    """Lets sockets in at the pace of `per_second` for each address; 0 is without limit.

    A socket of a page that is open counts for the session that has the page, not for the address: it was paid for
    when the page was. `refused` counts what is delayed or turned away ("sockets_too_fast"), and what asks for a
    socket with more in its query than any page has ("malformed").
    """

    def __init__(self, app: ASGIApp, *, refused: Callable[[str], None], per_second: float) -> None:
        self.app = app
        self._refused = refused
        self._each = Pace(per_second, at_once=_AT_ONCE_SECONDS, longest=_LONGEST_SECONDS)
        self._all = Pace(per_second * _ALL, at_once=_ALL_AT_ONCE_SECONDS, longest=_LONGEST_SECONDS)
        self._untold = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, sockets when it is their turn."""
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
        elif scope.get("query_string", b"").count(b"&") >= _MOST_PARTS:
            self._refused("malformed")
            await receive()
            await send({"type": "websocket.close", "code": 1008})
        else:
            await self._in_turn(scope, receive, send)

    async def _in_turn(self, scope: Scope, receive: Receive, send: Send) -> None:
        may, wait = self._take(_whose(scope))
        if not may:
            await self._turn_away(wait, scope, receive, send)
        elif not wait:
            await self.app(scope, receive, send)
        else:
            begun = await receive()
            if await _stays(wait, receive, send):
                await self.app(scope, _with(begun, receive), send)

    def _take(self, key: str) -> tuple[bool, float]:
        may, wait = self._each.take(key)
        if wait:
            self._refused("sockets_too_fast")
        if not may:
            return False, wait
        may, wait_of_all = self._all.take("all")
        if not may and not wait:
            self._refused("sockets_too_fast")
        return may, max(wait, wait_of_all)

    async def _turn_away(self, wait: float, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        if self._untold < _MOST_UNTOLD:
            self._untold += 1
            try:
                if not await _stays(_TOLD_SECONDS, receive, send):
                    return
            finally:
                self._untold -= 1
        answer = PlainTextResponse(
            "Too many connections at once.", 429, headers={"Retry-After": str(ceil(wait))}
        )
        await answer(scope, receive, send)


def _whose(scope: Scope) -> str:
    """Name whom a socket counts for."""
    query = scope.get("query_string", b"").decode("latin-1")
    client = Client.instances.get(page_key({"QUERY_STRING": query}))
    session = session_of(client) if client is not None else None
    address = (scope.get("client") or ("", 0))[0]
    return f"address {network(address)}" if session is None else f"session {session}"


async def _stays(seconds: float, receive: Receive, send: Send) -> bool:
    """Wait; say whether who would open a socket is still there then, and has said nothing: browsers do not yet."""
    try:
        async with asyncio.timeout(seconds):
            message = await receive()
    except TimeoutError:
        return True
    if message["type"] != "websocket.disconnect":
        await send({"type": "websocket.close", "code": 1008})
    return False


def _with(first: Message, receive: Receive) -> Receive:
    """Receive a message that was taken already, and then what comes."""
    taken = [first]

    async def again() -> Message:
        return taken.pop() if taken else await receive()

    return again
