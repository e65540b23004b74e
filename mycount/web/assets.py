"""Serves assets from memory, compressed: the files of NiceGUI's version, and our own under /static.

The first to ask gets a form that is made in no time. The second lets the smallest one be made, which takes a second for
the largest file, and saves a tenth for all who follow.

NiceGUI's addresses carry its version, and never change what they give. Ours may be asked for with `?v=…`, which
is kept by browsers for good; without it a browser asks again, and is told by an ETag that nothing has changed.
"""

import asyncio
import gzip
import hashlib
import posixpath
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock, Thread

import brotli
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_FOR_GOOD = "public, max-age=31536000, immutable"
_NOT_PASSED_ON = (b"accept-encoding", b"range", b"if-none-match", b"if-modified-since", b"cookie")
_OF_ITS_LENGTH = (
    "content-length",
    "set-cookie",
    "vary",
    "accept-ranges",
    "content-encoding",
    "etag",
    "last-modified",
)
_COMPRESSED_ALREADY = (".woff2", ".png", ".jpg", ".webp", ".ico")
_MOST = 600  # paths; there are some 200 files, and a path may be written in more than one way
_ONE_AT_A_TIME = Lock()  # people who are asking come first
_SMALL = 500  # bytes; compressing these gains nothing


@dataclass
class _Asset:
    """One file, and its compressed forms as far as they were asked for."""

    headers: list[tuple[bytes, bytes]]
    forms: dict[str, bytes]
    etag: str
    compressible: bool
    shrinking: bool = False


class AssetCache:
    """Keeps what the app inside answers below the given prefixes; it is asked once for each path."""

    def __init__(self, app: ASGIApp, prefixes: Iterable[str]) -> None:
        self.app = app
        self._prefixes = tuple(prefixes)
        self._kept: dict[str, _Asset] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer an asset from memory, and pass on everything else."""
        if scope["type"] != "http" or scope["method"] != "GET" or not self._is_asset(scope["path"]):
            await self.app(scope, receive, send)
            return
        asset = self._kept.get(scope["path"]) or await self._ask(scope, receive, send)
        if asset is not None:
            await _answer(asset, scope, send)

    def _is_asset(self, path: str) -> bool:
        # One file can be written in endless ways ("//", "/./"); only the plain one is kept.
        is_plain = posixpath.normpath(path) == path
        return is_plain and path.startswith(self._prefixes) and "/dynamic_resources/" not in path

    async def _ask(self, scope: Scope, receive: Receive, send: Send) -> _Asset | None:
        """Get a file from inside and keep it; whatever is no plain 200 is passed on as it is."""
        messages: list[Message] = []

        async def collect(message: Message) -> None:
            messages.append(message)

        headers = [(name, value) for name, value in scope["headers"] if name not in _NOT_PASSED_ON]
        await self.app({**scope, "headers": headers}, receive, collect)
        if not messages or messages[0]["status"] != 200:
            for message in messages:
                await send(message)
            return None
        asset = _asset(messages, scope["path"])
        if len(self._kept) < _MOST:
            self._kept[scope["path"]] = asset
        return asset


def _asset(messages: list[Message], path: str) -> _Asset:
    headers = MutableHeaders(scope=messages[0])
    for name in _OF_ITS_LENGTH:
        del headers[name]
    body = b"".join(message.get("body", b"") for message in messages[1:])
    etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    return _Asset(
        headers.raw,
        forms={"": body},
        etag=etag,
        compressible=len(body) >= _SMALL and not path.endswith(_COMPRESSED_ALREADY),
    )


async def _answer(asset: _Asset, scope: Scope, send: Send) -> None:
    asked = Headers(scope=scope)
    message: Message = {"type": "http.response.start", "status": 200, "headers": list(asset.headers)}
    headers = MutableHeaders(scope=message)
    headers["ETag"] = asset.etag
    headers["Vary"] = "Accept-Encoding"
    if not scope["path"].startswith("/static/"):
        headers.setdefault("Cache-Control", _FOR_GOOD)
    else:
        headers["Cache-Control"] = _FOR_GOOD if b"v=" in scope["query_string"] else "no-cache"
    if asked.get("if-none-match") == asset.etag:
        message["status"], body = 304, b""
    else:
        encoding = _encoding(asset, asked.get("accept-encoding", ""))
        body = await _form(asset, encoding)
        headers["Content-Length"] = str(len(body))
        if encoding:
            headers["Content-Encoding"] = encoding
    await send(message)
    await send({"type": "http.response.body", "body": body})


def _encoding(asset: _Asset, accepted: str) -> str:
    offered = {part.split(";")[0].strip() for part in accepted.split(",") if not part.strip().endswith("q=0")}
    return next((name for name in ("br", "gzip") if asset.compressible and name in offered), "")


async def _form(asset: _Asset, encoding: str) -> bytes:
    if encoding not in asset.forms:
        asset.forms[encoding] = await asyncio.to_thread(_quickly, asset.forms[""], encoding)
    elif encoding == "br" and not asset.shrinking:
        asset.shrinking = True
        Thread(target=_shrink, args=(asset,), name="shrinking", daemon=True).start()  # no stop waits for it
    return asset.forms[encoding]


def _quickly(body: bytes, encoding: str) -> bytes:
    if encoding == "br":
        return bytes(brotli.compress(body, quality=5))
    return gzip.compress(body, 9, mtime=0)


def _shrink(asset: _Asset) -> None:
    with _ONE_AT_A_TIME:
        asset.forms["br"] = brotli.compress(asset.forms[""], quality=11)
