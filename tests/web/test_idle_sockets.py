"""A socket is for a page: one without, or none any more, is closed, and what only the server may tell is not heard."""

import asyncio
from urllib.parse import quote

import httpx
import pytest
from starlette.types import Message, Receive, Scope, Send
from websockets.exceptions import InvalidStatus
from websockets.sync.client import ClientConnection, connect

from mycount.web.frames import Frames
from tests.waiting import PATIENCE, until
from tests.web.open_page import OpenPage, RefusedError, emit, key_of, socket
from tests.web.site import Site, eventually

BARE = "/_nicegui_ws/socket.io/?EIO=4&transport=websocket"
ODD: tuple[tuple[str, object], ...] = (
    *(("document_id", odd) for odd in (["x"], {}, 7, True, "x" * 65)),
    *(("tab_id", odd) for odd in (["x"], {}, "x" * 65)),
    *(("old_tab_id", odd) for odd in ([], 5, "x" * 65)),
    *(("next_message_id", odd) for odd in ("abc", [], {}, -1, 1.5, True, 10**20)),
)
"""What no page says of itself in a handshake."""

SOCKET = f"{BARE}&client_id=00000000-0000-4000-8000-000000000000"


@pytest.fixture(scope="module")
def ann(site: Site) -> httpx.Client:
    return site.signed_in("ann")


def refusals(site: Site, reason: str) -> float:
    return site.metric("mycount_refusals_total", reason=reason)


def bare(site: Site, address: str = SOCKET, cookies: httpx.Cookies | None = None) -> ClientConnection:
    """A socket that has said nothing yet, of a browser whose page the server does not know."""
    return connect(
        site.url.replace("http", "ws", 1) + address,
        additional_headers={"Cookie": "; ".join(f"{name}={it}" for name, it in (cookies or {}).items())},
        origin=site.url,  # type: ignore[arg-type]
        compression=None,
        open_timeout=PATIENCE,
        legacy=True,
    )


def is_closed(connection: ClientConnection) -> bool:
    """Answer pings as a browser does, and see whether the server closes the socket all the same."""
    until(lambda: _heard_the_end(connection), "the server closes the socket")
    return True


def _heard_the_end(connection: ClientConnection) -> bool:
    try:
        if connection.recv(timeout=0.1) == "2":
            connection.send("3")
    except TimeoutError:
        return False
    except Exception:
        return True
    return False


async def heard(refused: list[str], *frames: str) -> list[str]:
    """Open a socket, send this, and then nothing; gives what the app has heard of it."""
    waiting, said = asyncio.Queue[Message](), list[str]()
    for frame in frames:
        waiting.put_nowait({"type": "websocket.receive", "text": frame})

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        while (message := await receive())["type"] == "websocket.receive":
            said.append(message["text"])
        said.append(message["type"])

    async def send(message: Message) -> None:
        raise AssertionError(message)

    async with asyncio.timeout(1 if "40" in frames else PATIENCE):
        path, _, query = SOCKET.partition("?")
        scope = {"type": "websocket", "path": path, "query_string": query.encode()}
        await Frames(app, refused=refused.append, silent_seconds=0.05)(scope, waiting.get, send)
    return said


def test_a_socket_that_names_no_page_is_not_even_opened(site: Site) -> None:
    before = refusals(site, "unknown_page")
    with pytest.raises(InvalidStatus) as refused:
        bare(site, BARE)

    assert refused.value.response.status_code == 403
    assert refusals(site, "unknown_page") == before + 1


@pytest.mark.parametrize(
    "address",
    [
        "/_nicegui_ws/x?transport=websocket&client_id=x",
        "/_nicegui_ws/socket.io/?EIO=4&transport=polling&client_id=x",
        "/_nicegui_ws/socket.io/?EIO=4&client_id=x",
        "/_nicegui_ws/socket.io/?EIO=4&transport=polling&transport=websocket&client_id=x",
        "/groups/1?transport=websocket&client_id=x",
    ],
)
def test_a_socket_that_no_page_would_open_is_not_opened_and_leaves_no_traceback(
    site: Site, address: str
) -> None:
    before, logged = refusals(site, "unknown_page"), site.log()
    with pytest.raises(InvalidStatus) as refused:
        bare(site, address)

    assert refused.value.response.status_code == 403
    assert refusals(site, "unknown_page") == before + 1
    assert "Traceback" not in site.log()[len(logged) :]


def test_a_socket_that_names_something_else_than_a_page_is_closed_too() -> None:
    refused: list[str] = []
    assert asyncio.run(heard(refused, "40/x,", "40/,")) == ["websocket.disconnect"]
    assert refused == ["malformed", "malformed", "unknown_page"]


def test_a_socket_that_was_refused_is_closed(site: Site) -> None:
    connection = bare(site)
    connection.recv(timeout=PATIENCE)
    connection.send("40")

    assert "Implicit handshake failed" in str(connection.recv(timeout=PATIENCE))
    assert is_closed(connection)


def test_a_socket_that_has_left_its_page_is_closed(ann: httpx.Client) -> None:
    with OpenPage(ann, "/groups/1") as page:
        page.socket.send("41")
        assert is_closed(page.socket)


def test_a_socket_that_says_nothing_is_closed_and_one_of_a_page_is_not() -> None:
    refused: list[str] = []

    assert asyncio.run(heard(refused)) == ["websocket.disconnect"]
    assert refused == ["unknown_page"]
    with pytest.raises(TimeoutError):
        asyncio.run(heard(refused, "40", "2"))
    assert refused == ["unknown_page"]


def test_a_page_is_named_once(site: Site, ann: httpx.Client) -> None:
    before = refusals(site, "malformed")
    with OpenPage(ann, "/groups/1") as page:
        for _ in range(20):
            page.socket.send("40")
        page.press()
        assert page.sees("pressed 1")
        assert refusals(site, "malformed") == before + 20


@pytest.mark.parametrize(
    "name", ["connect", "disconnect", "message", "*", "__disconnect_final", 5, None, [], {}]
)
def test_what_only_the_server_may_tell_is_not_heard(site: Site, ann: httpx.Client, name: object) -> None:
    victim = key_of(site.visitor().get("/sign-in"))
    forged = {"QUERY_STRING": f"client_id={victim}&tab_id=t&document_id=d&implicit_handshake=true"}
    logged, before = site.log(), refusals(site, "malformed")
    with OpenPage(ann, "/groups/1") as page:
        emit(page.socket, name, {**forged, "asgi.scope": {"type": "http", "headers": []}})  # type: ignore[arg-type]
        emit(page.socket, name, {})  # type: ignore[arg-type]
        eventually(lambda: refusals(site, "malformed") == before + 2)
        page.press()
        assert page.sees("pressed 1")
    assert "Traceback" not in site.log()[len(logged) :]


@pytest.mark.parametrize("name", ["tab_id", "old_tab_id"])
def test_what_a_page_calls_itself_is_short(site: Site, ann: httpx.Client, name: str) -> None:
    key = key_of(ann.get("/groups/1"))
    before = refusals(site, "malformed")

    with pytest.raises(RefusedError):
        socket(ann, key, tab=f"t&{name}={quote('x' * 5000)}")

    assert refusals(site, "malformed") == before + 1


@pytest.mark.parametrize("number", ["abc", "1e3", "-1", "1.0", "%00", "%D9%A3", "9" * 30])
def test_a_page_whose_handshake_cannot_be_is_not_kept_as_if_it_were_open(
    site: Site, ann: httpx.Client, number: str
) -> None:
    eventually(lambda: site.metric("mycount_connected_clients") == 0)
    before = refusals(site, "malformed")

    with pytest.raises(RefusedError):
        socket(ann, key_of(ann.get("/groups/1")), tab=f"t&next_message_id={number}")

    assert refusals(site, "malformed") == before + 1
    assert site.metric("mycount_connected_clients") == 0


@pytest.mark.parametrize("said, odd", ODD)
def test_a_late_handshake_that_cannot_be_keeps_nothing(
    site: Site, ann: httpx.Client, said: str, odd: object
) -> None:
    eventually(lambda: site.metric("mycount_connected_clients") == 0)
    before, key = refusals(site, "malformed"), key_of(ann.get("/groups/1"))
    with bare(site, f"{BARE}&client_id={key}", cookies=ann.cookies) as connection:
        connection.recv(timeout=PATIENCE)
        connection.send("40")
        connection.recv(timeout=PATIENCE)
        sensible = {"client_id": key, "tab_id": "t", "document_id": "d", "next_message_id": 0}
        emit(connection, "handshake", {**sensible, said: odd})
        eventually(lambda: refusals(site, "malformed") == before + 1)
        assert site.metric("mycount_connected_clients") == 0
        emit(connection, "handshake", sensible)
        eventually(lambda: site.metric("mycount_connected_clients") == 1)
    eventually(lambda: site.metric("mycount_connected_clients") == 0)


@pytest.mark.parametrize("presses, reloads", [(20, False), (250, True)])
def test_a_page_that_comes_back_hears_what_it_missed_unless_that_is_too_much_to_keep(
    ann: httpx.Client, presses: int, reloads: bool
) -> None:
    with OpenPage(ann, "/groups/1") as page:
        for number in range(1, presses + 1):
            page.press()
            assert page.sees(f"pressed {number}")
        page.come_back()
        assert page.sees("location.reload" if reloads else "pressed 1")
