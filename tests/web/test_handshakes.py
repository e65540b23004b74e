"""Whoever opens sockets faster than an office full of people waits, and then is turned away; nobody else notices."""

import asyncio
from collections import Counter
from contextlib import AsyncExitStack
from random import uniform
from uuid import uuid4

import httpx
import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.utils import ClientDisconnected
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus

from mycount.web import handshakes
from mycount.web.errors import Unexpected
from mycount.web.handshakes import Handshakes
from tests.asking import client
from tests.waiting import PATIENCE
from tests.web.conftest import Start
from tests.web.open_page import key_of
from tests.web.site import Site, eventually

OFFICE = 100  # people behind one address
SOCKET = "/_nicegui_ws/socket.io/?EIO=4&transport=websocket&client_id="
GONE = "00000000-0000-4000-8000-000000000000"


class Door:
    """The pace of sockets in front of an app that lets everybody in; `refused` has what was counted."""

    def __init__(self, per_second: float) -> None:
        self.let_in: list[str] = []
        self.refused: Counter[str] = Counter()
        self._app: ASGIApp = Handshakes(self._take, refused=self._count, per_second=per_second)

    async def ask(self, address: str, *, query: bytes = b"client_id=x", early: Message | None = None) -> str:
        """Ask to open a socket; `early` comes before the answer does. Gives the answer's kind, or its status."""
        answers: list[Message] = []
        messages = asyncio.Queue[Message]()
        messages.put_nowait({"type": "websocket.connect"})
        if early:
            messages.put_nowait(early)

        async def send(message: Message) -> None:
            answers.append(message)

        scope = {
            "type": "websocket",
            "path": "/",
            "query_string": query,
            "client": (address, 0),
            "headers": [],
        }
        await self._app(scope, messages.get, send)
        return str(answers[0].get("status", answers[0]["type"])) if answers else "nothing"

    async def _take(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert (await receive())["type"] == "websocket.connect", "it is told of what was taken meanwhile, too"
        self.let_in.append(scope["client"][0])
        await send({"type": "websocket.accept"})

    def _count(self, reason: str) -> None:
        self.refused[reason] += 1


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refusals are told soon."""
    monkeypatch.setattr(handshakes, "_TOLD_SECONDS", 0.01)


@pytest.mark.usefixtures("hurried")
def test_an_address_opens_so_many_then_waits_then_is_refused_and_others_are_not() -> None:
    async def storm() -> list[str]:
        return await asyncio.gather(*(door.ask("192.0.2.1") for _ in range(60)))

    async def all_of_it() -> None:
        storming = asyncio.create_task(storm())
        await asyncio.sleep(0)
        assert await door.ask("192.0.2.2") == "websocket.accept"
        assert door.let_in.count("192.0.2.1") < 30, "the other did not wait for all of them"
        answers = Counter(await storming)
        assert answers["429"] == 60 - answers["websocket.accept"]
        assert 19 <= answers["websocket.accept"] <= 25, (
            "ten at once, and ten in the five seconds that one may wait"
        )

    door = Door(2)
    asyncio.run(all_of_it())
    assert door.refused["sockets_too_fast"] >= 45


def test_where_there_is_no_limit_a_storm_gets_in_at_once() -> None:
    async def storm() -> Counter[str]:
        return Counter(await asyncio.gather(*(door.ask("192.0.2.1") for _ in range(500))))

    door = Door(0)
    assert asyncio.run(storm()) == {"websocket.accept": 500}
    assert not door.refused


@pytest.mark.usefixtures("hurried")
def test_many_addresses_together_open_no_more_than_five_times_as_many() -> None:
    async def storm() -> Counter[str]:
        return Counter(await asyncio.gather(*(door.ask(f"192.0.2.{number}") for number in range(100))))

    door = Door(1)
    answers = asyncio.run(storm())
    assert 25 <= answers["websocket.accept"] <= 35, "five in a second, for the five seconds that one may wait"
    assert answers["429"] == 100 - answers["websocket.accept"]


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize(
    ("early", "answer"),
    [
        ({"type": "websocket.disconnect", "code": 1006}, "nothing"),
        ({"type": "websocket.receive", "text": "40"}, "websocket.close"),
    ],
)
def test_who_leaves_or_talks_before_it_is_their_turn_is_not_let_in(early: Message, answer: str) -> None:
    async def come() -> list[str]:
        return [await door.ask("192.0.2.1", early=early) for _ in range(12)][1:]

    door = Door(1)
    assert set(asyncio.run(come())) == {answer}
    assert len(door.let_in) == 1, "all others would have had to wait a moment"


def test_a_query_that_has_no_end_is_not_read() -> None:
    door = Door(20)
    assert asyncio.run(door.ask("192.0.2.1", query=b"client_id=x" + b"&a=1" * 10_000)) == "websocket.close"
    assert door.refused == {"malformed": 1}


def test_who_leaves_at_the_very_moment_of_being_let_in_is_no_error(caplog: pytest.LogCaptureFixture) -> None:
    async def leave(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise ClientDisconnected

    async def nothing() -> Message:
        raise AssertionError

    async def no_more(_message: Message) -> None:
        raise AssertionError

    asyncio.run(Unexpected(leave)({"type": "websocket", "path": "/"}, nothing, no_more))
    assert not caplog.records


def test_an_office_behind_one_address_is_back_soon_after_a_new_start(start: Start) -> None:
    """Nobody is signed in, so that all counts for the address: the socket of the page of before, and of the new one."""
    before = start().ready()
    address = before.url
    before.stop()

    async def come_back_all() -> Site:
        async with AsyncExitStack() as stack, httpx.AsyncClient(base_url=address, timeout=PATIENCE) as asking:
            returning = [asyncio.create_task(_come_back(address, asking)) for _ in range(OFFICE)]
            again = start(port=address.rpartition(":")[2], sockets_per_second=20)
            await asyncio.to_thread(again.ready)
            async with asyncio.timeout(PATIENCE):
                for one in returning:
                    await stack.enter_async_context(await one)
            await asyncio.to_thread(eventually, lambda: again.metric("mycount_connected_clients") == OFFICE)
        return again

    assert "Traceback" not in asyncio.run(come_back_all()).log()


@pytest.mark.parametrize(("trusted", "other"), [("127.0.0.1", 101), ("", 429)])
def test_behind_a_proxy_that_is_trusted_the_address_is_the_visitors(
    start: Start, trusted: str, other: int
) -> None:
    site = start(sockets_per_second=0.045, trusted_proxies=trusted).ready()

    assert _asked_from("192.0.2.1", site) == 101
    assert _asked_from("192.0.2.1", site) == 429
    assert _asked_from("192.0.2.2", site) == other
    assert site.metric("mycount_refusals_total", reason="sockets_too_fast") >= 1


def _asked_from(address: str, site: Site) -> int:
    """Ask for a socket, as a proxy does for somebody; gives the status."""
    headers = {
        "X-Forwarded-For": address,
        "Origin": site.url,
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    }
    with client() as asking, asking.stream("GET", f"{site.url}{SOCKET}{GONE}", headers=headers) as answer:
        if answer.status_code == 429:
            assert int(answer.headers["retry-after"]) >= 1
        return answer.status_code


async def _come_back(address: str, asking: httpx.AsyncClient) -> ClientConnection:
    """Do what a page does whose server has gone: ask for it again and again, later each time, and load anew."""
    key, wait = GONE, 1.0
    while True:
        try:
            socket = await connect(
                f"{address.replace('http', 'ws', 1)}{SOCKET}{key}&implicit_handshake=true&next_message_id=0"
                f"&tab_id={uuid4()}&document_id={uuid4()}",
                origin=address,  # type: ignore[arg-type]
                compression=None,
                open_timeout=PATIENCE,
            )
        except (OSError, InvalidStatus):
            await asyncio.sleep(wait * uniform(0.5, 1.5))  # as Socket.IO does
            wait = min(5.0, 2 * wait)
            continue
        await socket.recv()
        await socket.send("40")
        if not str(await socket.recv()).startswith("44"):
            return socket
        await socket.close()
        key = key_of(await asking.get("/sign-in", headers={"Accept": "text/html"}))
