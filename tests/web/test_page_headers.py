"""Browsers are told what pages may do, and assets come compressed from memory."""

import asyncio
import gzip
import re

import brotli
import httpx
import nicegui
import pytest
from starlette.types import Message, Receive, Scope, Send

from mycount.web.assets import AssetCache
from mycount.web.headers import FoldFinal
from pages import theme
from tests.asking import ask
from tests.waiting import until
from tests.web.site import Site
from tests.web.small_site import HOLE

ASSET = f"/_nicegui/{nicegui.__version__}/static/nicegui.js"


@pytest.mark.parametrize(
    "path", ["/sign-in", "/join/404", "/join/boom", "/unknown", "/health", "/static/mycount.css"]
)
def test_every_answer_has_the_headers(site: Site, path: str) -> None:
    headers = site.visitor().get(path).headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == ("no-referrer" if path.startswith("/join/") else "same-origin")
    assert headers["x-robots-tag"] == "noindex, nofollow"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "camera=()" in headers["permissions-policy"]
    assert "server" not in headers


def test_scripts_and_styles_count_only_with_the_nonce_of_this_answer(site: Site) -> None:
    visitor = site.visitor()
    nonces = set()

    for _ in range(3):
        page = visitor.get("/sign-in")
        policy = page.headers["content-security-policy"]
        (nonce,) = set(re.findall(r"'nonce-([\w-]{22})'", policy))
        scripts = re.findall(r"<script[^>]*>", page.text)
        assert len(scripts) >= 5 and all(f'nonce="{nonce}"' in script for script in scripts)
        assert "script-src 'self' 'unsafe-eval' 'nonce-" in policy
        styles = re.findall(r"<style[^>]*>", page.text)
        assert styles and all(f'nonce="{nonce}"' in style for style in styles)
        assert not re.search(r"<[^>]* style=", page.text)
        assert f"style-src 'self' 'nonce-{nonce}';" in policy
        assert "unsafe-inline" not in policy
        nonces.add(nonce)

    assert len(nonces) == 3


def test_a_script_that_came_in_by_a_hole_has_no_nonce(site: Site) -> None:
    page = site.visitor().get("/join/holed")

    assert HOLE in page.text
    assert len(re.findall(r"<script nonce=\"[\w-]{22}\"", page.text)) >= 5


def test_pages_are_compressed_and_never_kept(site: Site) -> None:
    page = site.visitor().get("/sign-in", headers={"Accept-Encoding": "gzip"})

    assert page.headers["content-encoding"] == "gzip"
    assert page.headers["cache-control"] == "no-store"
    assert "set-cookie" not in page.headers
    assert "sign in here" in page.text


@pytest.mark.parametrize("path", [ASSET, "/static/mycount.css?v=1234"])
def test_assets_are_kept_for_good_and_compressed_as_asked(site: Site, path: str) -> None:
    def get(accepted: str) -> tuple[httpx.Headers, bytes]:
        with httpx.stream("GET", f"{site.url}{path}", headers={"Accept-Encoding": accepted}) as answer:
            return answer.headers, b"".join(answer.iter_raw())

    plain_headers, plain = get("identity")
    gzip_headers, gzipped = get("deflate, gzip;q=0.9")
    brotli_headers, brotlied = get("gzip, deflate, br, zstd")

    assert "content-encoding" not in plain_headers
    assert gzip_headers["content-encoding"] == "gzip" and gzip.decompress(gzipped) == plain
    assert brotli_headers["content-encoding"] == "br" and brotli.decompress(brotlied) == plain
    assert len(brotlied) < len(plain) / 2
    for headers in (plain_headers, gzip_headers, brotli_headers):
        assert "immutable" in headers["cache-control"] and "max-age=31536000" in headers["cache-control"]
        assert headers["vary"] == "Accept-Encoding"
    assert get("br;q=0, gzip;q=0")[1] == plain


def test_own_assets_without_a_version_are_asked_for_again_but_not_sent_again(site: Site) -> None:
    first = ask(f"{site.url}/static/mycount.css")
    again = ask(f"{site.url}/static/mycount.css", headers={"If-None-Match": first.headers["etag"]})

    assert first.headers["cache-control"] == "no-cache"
    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["content-type"].startswith("text/css")


def test_assets_outside_of_their_folder_are_not_given(site: Site) -> None:
    for path in (
        "/static/../__init__.py",
        "/static/%2e%2e/__init__.py",
        "/static/..%2f__init__.py",
        "/static/",
    ):
        assert site.visitor().get(path).status_code == 404


def test_an_asset_is_fetched_from_inside_once() -> None:
    asked = 0

    async def inside(_scope: Scope, _receive: Receive, send: Send) -> None:
        nonlocal asked
        asked += 1
        await send(
            {"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/css")]}
        )
        await send({"type": "http.response.body", "body": b"body{}" * 200})

    async def ask() -> None:
        cached = AssetCache(inside, ["/static/"])
        async with httpx.AsyncClient(transport=httpx.ASGITransport(cached), base_url="http://test") as client:
            for _ in range(3):
                assert (await client.get("/static/a.css")).text == "body{}" * 200
            await client.post("/static/a.css")
            await client.get("/elsewhere")

    asyncio.run(ask())
    assert asked == 3


@pytest.mark.parametrize(
    ("sent", "received"),
    [
        ([(b"a", True), (b"", False)], [(b"a", False)]),
        ([(b"a", True), (b"b", True), (b"", False)], [(b"a", True), (b"b", False)]),
        ([(b"a", True), (b"b", False)], [(b"a", True), (b"b", False)]),
        ([(b"a", False)], [(b"a", False)]),
        ([(b"", False)], [(b"", False)]),
    ],
)
def test_a_trailing_empty_message_is_folded(
    sent: list[tuple[bytes, bool]], received: list[tuple[bytes, bool]]
) -> None:
    async def inside(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for body, more in sent:
            await send({"type": "http.response.body", "body": body, "more_body": more})

    messages: list[Message] = []

    async def collect(message: Message) -> None:
        messages.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    asyncio.run(FoldFinal(inside)({"type": "http"}, receive, collect))

    assert [(message["body"], message["more_body"]) for message in messages[1:]] == received


def test_an_asset_becomes_smaller_for_those_who_follow_and_stays_the_same() -> None:
    whole = (theme.STATIC / "mycount.css").read_bytes()

    async def inside(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": whole})

    cache = AssetCache(inside, ("/static/",))

    def ask() -> bytes:
        parts: list[bytes] = []

        async def collect(message: Message) -> None:
            parts.append(message.get("body", b""))

        headers = [(b"accept-encoding", b"br")]
        scope = {
            "type": "http",
            "method": "GET",
            "path": "/static/a.css",
            "query_string": b"",
            "headers": headers,
        }
        asyncio.run(cache(scope, _no_more, collect))
        return b"".join(parts)

    first = ask()
    until(lambda: len(ask()) < len(first) * 0.95, "a smaller form")
    assert brotli.decompress(ask()) == brotli.decompress(first) == whole


def test_another_spelling_of_an_asset_is_not_kept_beside_it() -> None:
    asked: list[str] = []

    async def inside(scope: Scope, _receive: Receive, send: Send) -> None:
        asked.append(scope["path"])
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"body"})

    cache = AssetCache(inside, ("/static/",))
    for _ in range(2):
        for path in ("/static/a.css", "/static//a.css", "/static/./a.css"):
            asyncio.run(
                cache(
                    {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": []},
                    _no_more,
                    _no_one,
                )
            )
    assert asked.count("/static/a.css") == 1
    assert list(cache._kept) == ["/static/a.css"]


async def _no_more() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


async def _no_one(_message: Message) -> None:
    return None
