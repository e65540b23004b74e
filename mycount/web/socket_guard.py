"""Binds what travels on a socket to the page and the session that it belongs to.

NiceGUI takes the key of a page for a credential. Here a socket must come from this server's origin, with the cookie of
the session that fetched the page; events are taken only from the socket that made the page's handshake; and when a
session ends, its pages are sent away at once and not heard any more. This replaces private handlers of NiceGUI 3.18.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from nicegui import Client, core
from nicegui import nicegui as framework
from socketio import AsyncServer
from socketio.exceptions import ConnectionRefusedError as SocketRefused

from mycount.domain.ids import SessionId
from mycount.services import news
from mycount.services.views import Visitor
from mycount.web.connections import Connections
from mycount.web.origin import Home
from mycount.web.session_cookie import token_of, visitor_of
from mycount.web.sockets import close_soon, dismiss, introduces_itself, is_introduction, page_key

_RELOAD = "Implicit handshake failed"  # the page in the browser knows these words, and loads itself again
_COUNTED = "mycount.origin_refused"
_SPARED_SECONDS = 2.0
_SPOKEN = frozenset({"handshake", "event", "javascript_response", "ack", "log"})


class SocketGuard:
    """Guards the sockets of this process; `refused` counts what it turns away, by reason."""

    def __init__(self, home: Home, refused: Callable[[str], None], connections: Connections) -> None:
        self._home = home
        self._connections = connections
        self._refused = refused
        self._ended: set[SessionId] = set()
        self._spared: set[SessionId] = set()
        self._watched: dict[SessionId, Callable[[], None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None

    def install(self) -> None:
        """Put this guard in front of NiceGUI's handlers; a guard that was there before is replaced."""
        core.sio.eio.cors_allowed_origins = self._is_allowed
        core.sio.eio.cors_credentials = False
        core.sio.eio.max_http_buffer_size = 200_000
        core.sio._handle_event = self._said
        core.sio.on("connect", self._connect)
        core.sio.on("disconnect", self._disconnect)
        core.sio.on("handshake", self._handshake)
        core.sio.on("event", self._event)
        core.sio.on("javascript_response", self._javascript_response)
        core.sio.on("ack", self._ack)
        core.sio.on("log", self._log)

    @contextmanager
    def sparing(self, session: SessionId | None) -> Iterator[None]:
        """Let the pages of a session that ends inside the block stay for a moment: one of them is signing in.

        It goes on by itself once it has its new cookie; sent away earlier, it would lose the answer.
        """
        spared = {session} if session is not None else set[SessionId]()
        self._spared |= spared
        try:
            yield
        finally:
            self._spared -= spared

    def is_page_of(self, key: str, visitor: Visitor | None) -> bool:
        """Say whether a page was fetched with the visitor's session."""
        client = Client.instances.get(key)
        return client is not None and session_of(client) == (visitor.session_id if visitor else None)

    def forget(self) -> None:
        """Stop listening for the ends of sessions."""
        for stop in self._watched.values():
            stop()
        self._watched.clear()

    def leave(self, client: Client) -> None:
        """Stop listening for the end of a session when the last page of it is gone."""
        session = session_of(client)
        others = (other for other in Client.instances.values() if other is not client)
        if session in self._watched and session not in map(session_of, others):
            self._watched.pop(session)()

    async def recheck(self) -> None:
        """Look every connected page's session up again: it may have become too old, or its end gone unheard."""
        connected = [client for client in Client.instances.values() if client.has_socket_connection]
        for session, client in {session_of(client): client for client in connected}.items():
            if session is None:
                continue
            with suppress(Exception):  # the database is away: a matter for the next time
                if await visitor_of(client.request.scope, self._home) is None:
                    self._end(session)

    def _is_allowed(self, origin: str | None, environ: dict[str, Any]) -> bool:
        allowed = self._home.is_origin(origin, environ.get("HTTP_HOST"))
        if not allowed and not environ.get(_COUNTED):  # it is asked again for the headers of the answer
            environ[_COUNTED] = True
            self._refused("origin")
        return allowed

    async def _said(self, connection: str, namespace: str | None, number: int | None, data: Any) -> None:
        """Pass on what pages say; "connect" and "disconnect" are for the server itself to tell."""
        if isinstance(data, list) and data and isinstance(data[0], str) and data[0] in _SPOKEN:
            await AsyncServer._handle_event(core.sio, connection, namespace, number, data)
        else:
            self._refused("malformed")

    async def _connect(self, sid: str, environ: dict[str, Any], _auth: object = None) -> None:
        client = Client.instances.get(page_key(environ))
        reason = "unknown_page" if client is None else await self._mismatch(client, environ)
        if not introduces_itself(environ):
            reason = "malformed"
        if reason is None:
            try:
                await framework._on_connect(sid, environ)
            except SocketRefused:
                reason = "unknown_page"
            except Exception:
                reason = "malformed"
        if reason is not None:
            framework._on_disconnect(sid)  # a page whose handshake stopped halfway would be kept for good
            self._refused(reason)
            self._hang_up(sid)
            raise SocketRefused(_RELOAD)
        self._connections.begun(sid, client)

    def _disconnect(self, sid: str, reason: str = "") -> None:
        self._connections.ended(sid, reason)
        framework._on_disconnect(sid)
        if reason == core.sio.reason.CLIENT_DISCONNECT:
            self._hang_up(sid)

    def _hang_up(self, sid: str) -> None:
        """Close a socket that has no page, or none any more, after a moment for the last word."""
        connection = core.sio.manager.eio_sid_from_sid(sid, "/")
        if connection in core.sio.eio.sockets:
            self._do(close_soon(connection))

    async def _mismatch(self, client: Client, environ: dict[str, Any]) -> str | None:
        """Say why a socket may not belong to a page. Listens first and looks up then, so that no end is missed."""
        session = session_of(client)
        if session is not None:
            self._watch(session)
        try:
            visitor = await visitor_of(environ["asgi.scope"], self._home)
        except Exception:  # the database is away: the very token that fetched the page will do
            tokens = {token_of(scope, self._home) for scope in (environ["asgi.scope"], client.request.scope)}
            return "session_mismatch" if len(tokens) > 1 else None
        return None if (visitor.session_id if visitor else None) == session else "session_mismatch"

    async def _handshake(self, sid: str, *data: Any) -> bool:
        """Take the handshake of a page that was fetched ahead of being looked at; all others make it at once."""
        message = data[0] if data else None
        environ = core.sio.get_environ(sid) or {}
        if not isinstance(message, dict) or message.get("client_id") != page_key(environ):
            self._refused("unbound_event")
            return False
        if not is_introduction(message):
            self._refused("malformed")
            return False
        try:
            taken = bool(await framework._on_handshake(sid, message))
        except Exception:
            self._refused("malformed")
            return False
        self._connections.begun(sid, Client.instances.get(message["client_id"]))
        return taken

    def _event(self, sid: str, *data: Any) -> None:
        if (message := self._bound(sid, data)) is not None:
            args = message.get("args", [])
            well_formed = isinstance(message.get("id"), int) and isinstance(args, list)
            if well_formed and all(arg is None or isinstance(arg, str) for arg in args):
                self._quietly(lambda: framework._on_event(sid, message))
            else:
                self._refused("malformed")

    def _javascript_response(self, sid: str, *data: Any) -> None:
        if (message := self._bound(sid, data)) is not None:
            self._quietly(lambda: framework._on_javascript_response(sid, message))

    def _ack(self, sid: str, *data: Any) -> None:
        if (message := self._bound(sid, data)) is not None:
            self._quietly(lambda: framework._on_ack(sid, message))

    def _log(self, _sid: str, *_data: Any) -> None:
        self._refused("client_log")  # a visitor must not be able to write into the server's log

    def _bound(self, sid: str, data: tuple[Any, ...]) -> dict[str, Any] | None:
        """Give the message if it is for the page whose handshake this very socket has made."""
        message = data[0] if data else None
        if not isinstance(message, dict) or not isinstance(message.get("client_id"), str):
            self._refused("malformed")
            return None
        client = Client.instances.get(message["client_id"])
        if client is None or sid not in client._socket_to_document_id:
            self._refused("unbound_event")
            return None
        if session_of(client) in self._ended:
            self._refused("session_ended")
            return None
        return message

    def _quietly(self, handle: Callable[[], None]) -> None:
        """Let NiceGUI handle a message; what it chokes on is malformed (errors of ours it catches itself)."""
        try:
            handle()
        except Exception:
            self._refused("malformed")

    def _watch(self, session: SessionId) -> None:
        self._loop = asyncio.get_running_loop()
        if session not in self._watched:
            self._watched[session] = news.listen(news.of_session(session), lambda _: self._hear(session))

    def _hear(self, session: SessionId) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._end, session)

    def _end(self, session: SessionId) -> None:
        if session in self._ended:
            return
        self._ended.add(session)
        self._do(self._send_away(session, session in self._spared))

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _send_away(self, session: SessionId, spared: bool) -> None:
        """Send the pages of a session to sign in, then drop them and their sockets: nothing more is shown there."""
        if spared:
            await asyncio.sleep(_SPARED_SECONDS)
        pages = [client for client in Client.instances.values() if session_of(client) == session]
        await asyncio.gather(*(dismiss(page, reload=spared) for page in pages), return_exceptions=True)
        self._ended.discard(session)  # nobody has it any more; who asks for it from now on finds none


def session_of(client: Client) -> SessionId | None:
    """Give the session that fetched a page, or None for a stranger's."""
    request = client._request
    visitor: Visitor | None = request.scope.get("state", {}).get("visitor") if request is not None else None
    return visitor.session_id if visitor else None
