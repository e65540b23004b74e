"""Headers that tell browsers what pages of this app may do; scripts and styles count only where this server put them.

Those of ours in a page get a nonce, which the content security policy demands; they are known by a mark that
nobody can write. 'unsafe-eval' stays: Vue compiles its templates in the browser. This has to see pages before they are
compressed.
"""

import secrets
from collections.abc import Callable, Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.scripts import MARK

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
_OF_INVITES = {
    "Referrer-Policy": "no-referrer"
}  # their addresses let people in: no log is to have them from here
_HSTS = "max-age=31536000"  # for this name only: below a path of somebody's host, others are not ours to decide on
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-eval' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; manifest-src 'self'; "
    "worker-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'"
)
_POLICY_ELSEWHERE = "frame-ancestors 'none'; base-uri 'none'; object-src 'none'"


class SecurityHeaders:
    """Adds the headers to every answer; `secure` says of a request whether it came over HTTPS."""

    def __init__(self, app: ASGIApp, secure: Callable[[Scope], bool]) -> None:
        self.app = app
        self._secure = secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and add the headers to the answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        always = {**_ALWAYS, **_OF_INVITES} if scope["path"].startswith("/join/") else _ALWAYS
        await self.app(scope, receive, _Answer(send, always, hsts=self._secure(scope)).send)


class _Answer:
    """One answer on its way: a page is held until it is whole, so that its scripts can be marked."""

    def __init__(self, send: Send, always: Mapping[str, str], *, hsts: bool) -> None:
        self._send = send
        self._always = always
        self._hsts = hsts
        self._start: Message | None = None
        self._body: list[bytes] = []

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            await self._begin(message)
        elif self._start is not None and message["type"] == "http.response.body":
            self._body.append(message.get("body", b""))
            if not message.get("more_body"):
                await self._finish(self._start)
        else:
            await self._send(message)

    async def _begin(self, message: Message) -> None:
        headers = MutableHeaders(scope=message)
        for name, value in self._always.items():
            headers.setdefault(name, value)
        if self._hsts:
            headers["Strict-Transport-Security"] = _HSTS
        if not headers.get("content-type", "").startswith("text/html"):
            headers.setdefault("Content-Security-Policy", _POLICY_ELSEWHERE)
            await self._send(message)
            return
        assert "content-encoding" not in headers, "pages must be compressed outside of this"
        self._start = message

    async def _finish(self, start: Message) -> None:
        nonce = secrets.token_urlsafe(16)
        body = b"".join(self._body).replace(MARK.encode(), nonce.encode())
        headers = MutableHeaders(scope=start)
        headers["Content-Security-Policy"] = _POLICY.format(nonce=nonce)
        if body or "content-length" not in headers:
            headers["Content-Length"] = str(len(body))
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body})


class FoldFinal:
    """Sends an answer's trailing empty message together with the one before it.

    Uvicorn ends a websocket that arrives on a re-used connection before the previous answer's last, empty
    message, which Starlette's middlewares send a moment late.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, and fold the end of the answer."""
        held: Message | None = None

        async def fold(message: Message) -> None:
            nonlocal held
            if scope["type"] != "http" or message["type"] != "http.response.body":
                await send(message)
                return
            more = message.get("more_body", False)
            if held is not None:
                previous, held = held, None
                if not more and not message.get("body"):
                    message = {**previous, "more_body": False}
                else:
                    await send(previous)
            if more:
                held = message
            else:
                await send(message)

        await self.app(scope, receive, fold)
