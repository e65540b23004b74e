"""Clients that say nothing, or only half of it, keep nobody else from coming in."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager, suppress
from pathlib import Path

import pytest
import uvicorn
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from mycount.web.patience import Patient, patient, room
from tests.asking import ask, client
from tests.server import Server
from tests.waiting import PATIENCE, until
from tests.web.conftest import Start
from tests.web.open_page import OpenPage
from tests.web.test_metrics_port import metrics_address

LIMITED = """
import resource
resource.setrlimit(resource.RLIMIT_NOFILE, ({soft}, {hard}))
from mycount.__main__ import main
main()
"""
SOON = 15  # seconds: before those who say nothing are cut off anyway
refused: list[str] = []
HEAD = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n"


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    body = await Request(scope, receive).body()
    await PlainTextResponse(body or b"nothing")(scope, receive, send)


class Beside(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def serving(app: ASGIApp, protocol: type[Patient]) -> AsyncIterator[int]:
    """Serve an app with a protocol; gives the port."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = Beside(uvicorn.Config(app, http=protocol, lifespan="off", log_config=None))
    task = asyncio.create_task(server.serve([listener]))
    yield listener.getsockname()[1]
    server.should_exit = True
    await task


async def cut_off(*sent: bytes, app: ASGIApp = echo) -> bytes:
    """Send this, then nothing more; gives what was answered before the server has cut the connection off."""
    async with serving(app, patient(100, refused.append, head_seconds=0.2, body_seconds=0.2)) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        answer = b""
        for part in sent:
            writer.write(part)
            if part.endswith(b"xxxxx"):
                answer += await reader.readuntil(b"xxxxx")
        with suppress(ConnectionResetError):
            answer += await asyncio.wait_for(reader.read(), PATIENCE)
        writer.close()
        return answer


@pytest.mark.parametrize("sent", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\n", HEAD, HEAD + b"xxx"])
def test_whoever_does_not_finish_a_request_is_cut_off(sent: bytes) -> None:
    refused.clear()
    assert asyncio.run(cut_off(sent)) == b""
    assert refused == ["slow"]


def test_whoever_does_not_finish_a_second_request_is_cut_off_too() -> None:
    answer = asyncio.run(cut_off(HEAD + b"xxxxx", b"GET / HTTP/1.1\r\n"))

    assert answer.count(b"HTTP/1.1 200") == 1 and answer.endswith(b"xxxxx")


@pytest.mark.parametrize(
    "begin",
    [
        b"GET /",
        b"GET / HTTP/1.1\r\nX: ",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: ",
    ],
)
def test_what_has_no_end_is_cut_off_before_it_takes_memory(begin: bytes) -> None:
    async def flood() -> int:
        taken = []

        async def never(scope: Scope, receive: Receive, send: Send) -> None:
            taken.append(len(await Request(scope, receive).body()))
            await PlainTextResponse("enough")(scope, receive, send)

        async with serving(never, patient(100, refused.append)) as port:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(begin)
            for _ in range(200):
                writer.write(b"x" * 100_000)
                try:
                    await writer.drain()
                except ConnectionError:
                    break
            with suppress(ConnectionError):
                await asyncio.wait_for(reader.read(), PATIENCE)
            writer.close()
        return sum(taken)

    refused.clear()
    assert asyncio.run(flood()) <= 5
    assert refused == ["too_long"]


def test_whoever_lets_an_answer_lie_is_cut_off() -> None:
    async def long(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse(b"x" * 20_000_000)(scope, receive, send)

    async def ask_and_look_away() -> str:
        told: asyncio.Queue[str] = asyncio.Queue()
        async with serving(long, patient(100, told.put_nowait, take_seconds=0.5)) as port:
            with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as lazy:
                lazy.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                return await asyncio.wait_for(told.get(), PATIENCE)

    assert asyncio.run(ask_and_look_away()) == "slow"


def test_an_answer_may_take_longer_than_a_question() -> None:
    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(0.5)
        await echo(scope, receive, send)

    assert asyncio.run(cut_off(HEAD + b"xxxxx", b"GET / HT", app=slow)).endswith(b"xxxxx")


def test_files_are_left_for_the_program_and_its_database() -> None:
    assert room(1024, 10) == 894
    assert room(10, 200) == 16


@pytest.fixture
def narrow(tmp_path: Path) -> Iterator[Server]:
    program = ("-c", LIMITED.format(soft=200, hard=256))
    with Server(f"sqlite:///{tmp_path}/books.db", tmp_path, program=program) as server:
        yield server


def test_idle_connections_up_to_the_limit_of_files_keep_nobody_out(narrow: Server) -> None:
    with ExitStack() as idle, client(base_url=narrow.address, timeout=SOON) as visitor:
        for _ in range(400):
            idle.enter_context(socket.create_connection(("127.0.0.1", narrow.port), timeout=10))
        for path in ("/health", "/sign-in", "/livez"):
            assert visitor.get(path, follow_redirects=True).status_code == 200
        until(lambda: '"connections_full"' in narrow.log(), "it says that there are too many")
    assert narrow.log().count('"connections_full"') == 1


def test_as_many_files_may_be_open_as_the_system_lets_it(narrow: Server) -> None:
    assert "process_max_fds 256.0" in ask(f"{narrow.address}/metrics").text


def test_an_open_page_stays_however_many_others_come(narrow: Server) -> None:
    visitor = client(base_url=narrow.address, headers={"Accept": "text/html"}, timeout=SOON)
    first = visitor.get("/", follow_redirects=True).url.path
    with OpenPage(visitor, first) as page, ExitStack() as idle:
        for _ in range(400):
            idle.enter_context(socket.create_connection(("127.0.0.1", narrow.port), timeout=10))
        assert visitor.get("/health").status_code == 200
        assert not page.is_closed(1)


def test_the_port_of_the_metrics_takes_few_at_once_and_answers_whoever_asks(start: Start) -> None:
    address = metrics_address(start(metrics_port=0).ready())
    port = int(address.split(":")[2].split("/")[0])
    with ExitStack() as idle:
        first = idle.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
        for _ in range(80):
            idle.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
        assert ask(address, timeout=SOON).status_code == 200
        with suppress(ConnectionResetError):
            assert first.recv(1) == b""
