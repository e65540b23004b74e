"""What travels on a socket is bound to its page, and the page to its session."""

from collections.abc import Iterator

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from tests.asking import ask
from tests.web.open_page import OpenPage, RefusedError, emit, key_of, socket
from tests.web.site import Site, eventually


@pytest.fixture(scope="module")
def ann(site: Site) -> httpx.Client:
    return site.signed_in("ann")


@pytest.fixture(scope="module")
def bob(site: Site) -> httpx.Client:
    return site.signed_in("bob")


@pytest.fixture
def page(ann: httpx.Client) -> Iterator[OpenPage]:
    with OpenPage(ann, "/groups/1") as opened:
        yield opened


def refusals(site: Site, reason: str) -> float:
    return site.metric("mycount_refusals_total", reason=reason)


def test_a_press_on_ones_own_page_is_heard(page: OpenPage) -> None:
    page.press()

    assert page.sees("pressed 1")


def test_strangers_have_live_pages_too(site: Site) -> None:
    with OpenPage(site.visitor(), "/join/plain") as page:
        assert page.key


@pytest.mark.parametrize("origin", ["https://evil.example", "http://127.0.0.1:1", "null"])
def test_a_socket_from_another_site_is_refused(site: Site, ann: httpx.Client, origin: str) -> None:
    before = refusals(site, "origin")

    with pytest.raises(InvalidStatus) as refused:
        OpenPage(ann, "/groups/1", origin=origin)

    assert refused.value.response.status_code == 403
    assert refusals(site, "origin") == before + 1


def test_polling_from_another_site_is_refused_and_gets_no_leave_to_read(site: Site) -> None:
    url = f"{site.url}/_nicegui_ws/socket.io/?EIO=4&transport=polling"

    answer = ask(url, headers={"Origin": "https://evil.example"})

    assert answer.status_code == 400
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_pages_are_talked_to_by_websocket_only(site: Site, ann: httpx.Client) -> None:
    address = "/_nicegui_ws/socket.io/?EIO=4&transport=polling"
    key = key_of(ann.get("/groups/1"))
    query = f"&client_id={key}&tab_id=t&document_id=d&next_message_id=0&implicit_handshake=true"
    before = refusals(site, "polling")

    assert ann.get(address + query).status_code == 400
    assert ann.post(f"{address}&sid=x", content="40").status_code == 400

    assert refusals(site, "polling") == before + 2


def test_the_key_of_a_page_is_of_no_use_without_its_session(
    site: Site, page: OpenPage, bob: httpx.Client
) -> None:
    before = refusals(site, "session_mismatch")

    for cookies in ("", "mycount_session=wrong", f"mycount_session={bob.cookies['mycount_session']}"):
        with pytest.raises(RefusedError, match="Implicit handshake failed"):
            socket(page.visitor, page.key, cookies=cookies)

    assert refusals(site, "session_mismatch") == before + 3


def test_a_page_that_the_server_does_not_know_is_told_to_load_again(site: Site, ann: httpx.Client) -> None:
    with pytest.raises(RefusedError, match="Implicit handshake failed"):
        socket(ann, "00000000-0000-4000-8000-000000000000")


def test_events_for_another_page_are_refused(site: Site, page: OpenPage, bob: httpx.Client) -> None:
    before = refusals(site, "unbound_event")
    with OpenPage(bob, "/groups/1") as other:
        for name in ("event", "javascript_response", "ack"):
            emit(other.socket, name, {**page.pressing(), "request_id": "x", "next_message_id": 9})
        eventually(lambda: refusals(site, "unbound_event") == before + 3)

    page.press()
    assert page.sees("pressed 1"), "only its own press was counted"


def test_a_late_handshake_for_another_page_is_refused(site: Site, page: OpenPage, bob: httpx.Client) -> None:
    before = refusals(site, "unbound_event")
    with OpenPage(bob, "/groups/1") as other:
        emit(other.socket, "handshake", {"client_id": page.key, "tab_id": "t", "document_id": "d"})
        eventually(lambda: refusals(site, "unbound_event") == before + 1)
        emit(other.socket, "event", page.pressing())
        eventually(lambda: refusals(site, "unbound_event") == before + 2)


MALFORMED = [
    (),
    (None,),
    ("text",),
    ([],),
    ({},),
    ({"client_id": 7},),
    ({"client_id": None}, "more"),
]


@pytest.mark.parametrize("name", ["event", "javascript_response", "ack", "handshake"])
@pytest.mark.parametrize("data", MALFORMED)
def test_frames_of_nonsense_are_dropped_without_a_word(
    site: Site, page: OpenPage, name: str, data: tuple[object, ...]
) -> None:
    counted = "unbound_event" if name == "handshake" else "malformed"
    before, logged = refusals(site, counted), site.log()

    emit(page.socket, name, *data)

    eventually(lambda: refusals(site, counted) == before + 1)
    assert not [line for line in site.log()[len(logged) :].splitlines() if '"event": "request"' not in line]


@pytest.mark.parametrize(
    "change",
    [
        {"id": "1"},
        {"id": None},
        {"args": "x"},
        {"args": [7]},
        {"args": ["{"]},
        {"listener_id": "none"},
        {"listener_id": [1]},
    ],
)
def test_events_that_cannot_be_are_dropped(site: Site, page: OpenPage, change: dict[str, object]) -> None:
    before, logged = refusals(site, "malformed"), site.log()

    emit(page.socket, "event", {**page.pressing(), **change})

    eventually(lambda: refusals(site, "malformed") == before + 1)
    assert "Traceback" not in site.log()[len(logged) :]


@pytest.mark.parametrize("frame", ["", "4", "49", "451-", "8", "x", "bAAAA", "٤2", b"", b"42[]", b"\xff"])
def test_frames_that_are_no_messages_are_dropped(site: Site, page: OpenPage, frame: str | bytes) -> None:
    before, logged = refusals(site, "malformed"), site.log()

    page.socket.send(frame)
    page.press()

    assert page.sees("pressed 1")
    assert refusals(site, "malformed") == before + 1
    assert "Traceback" not in site.log()[len(logged) :]


@pytest.mark.parametrize(
    "frame", ["42", "42x", "42[", '42{"a":1}', "420[]", "43[]", "41", "40", "40/x", "42/x,[]"]
)
def test_messages_that_cannot_be_read_leave_no_traceback(site: Site, ann: httpx.Client, frame: str) -> None:
    logged = site.log()
    with OpenPage(ann, "/groups/1") as page:
        page.socket.send(frame)
        page.press()
        page.sees("pressed 1", seconds=0.3)

    assert "Traceback" not in site.log()[len(logged) :]


def test_whoever_sends_too_fast_waits_and_loses_nothing(site: Site, page: OpenPage) -> None:
    before = refusals(site, "flood")

    for _ in range(230):
        page.press()

    assert page.sees("pressed 230")
    assert refusals(site, "flood") > before


def test_visitors_cannot_write_into_the_log(site: Site, page: OpenPage) -> None:
    before = refusals(site, "client_log")

    emit(page.socket, "log", {"client_id": page.key, "level": "error", "message": "FORGED\nline"})

    eventually(lambda: refusals(site, "client_log") == before + 1)
    assert "FORGED" not in site.log()


def test_huge_frames_end_the_connection(page: OpenPage) -> None:
    page.socket.send("42" + "x" * 300_000)

    assert page.is_closed()


def test_keys_of_pages_do_not_leak_into_the_log(site: Site, page: OpenPage) -> None:
    assert page.key not in site.log()


def test_upload_addresses_of_a_page_are_for_its_session_only(
    site: Site, page: OpenPage, bob: httpx.Client
) -> None:
    address = f"/_nicegui/client/{page.key}/upload/1"
    before = refusals(site, "client_route")

    assert bob.post(address).status_code == 403
    assert site.visitor().post(address).status_code == 403
    assert page.visitor.post(address).status_code == 404
    assert refusals(site, "client_route") == before + 2


def test_connected_pages_are_counted(site: Site, ann: httpx.Client) -> None:
    eventually(lambda: site.metric("mycount_connected_clients") == 0)
    with OpenPage(ann, "/groups/1"), OpenPage(ann, "/groups/2"):
        assert site.metric("mycount_connected_clients") == 2
    eventually(lambda: site.metric("mycount_connected_clients") == 0)
