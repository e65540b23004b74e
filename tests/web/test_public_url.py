"""The address that people know: whom it lets in, and that everything lies below its path."""

import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from mycount.web.origin import Home
from pages import theme
from pages.addresses import path_of
from tests.web.conftest import Start
from tests.web.open_page import OpenPage
from tests.web.site import Site

HOME = Home("https://money.example.org")
BELOW = Home("http://example.org:8080/money")


@pytest.mark.parametrize(
    ("home", "origin", "host"),
    [
        (HOME, "https://money.example.org", "money.example.org"),
        (HOME, "https://money.example.org", "mycount:8000"),  # a proxy that does not pass the name on
        (HOME, "http://127.0.0.1:8000", "127.0.0.1:8000"),
        (HOME, "http://localhost:8000", "localhost:8000"),
        (HOME, "http://[::1]:8000", "[::1]:8000"),
        (BELOW, "http://example.org:8080", "example.org:8080"),
        (Home("https://money.example.org:443"), "https://money.example.org", "money.example.org"),
        (Home(), "http://192.168.1.5:8000", "192.168.1.5:8000"),
        (Home(), "https://nas.home.example", "nas.home.example"),
    ],
)
def test_a_page_of_this_server_is_known_by_its_origin(home: Home, origin: str, host: str) -> None:
    assert home.is_origin(origin, host)


@pytest.mark.parametrize(
    ("home", "origin", "host"),
    [
        (HOME, "http://evil.example:8000", "evil.example:8000"),  # a name that leads to this server's address
        (HOME, "http://192.168.1.5:8000", "192.168.1.5:8000"),
        (HOME, "http://money.example.org", "money.example.org"),
        (HOME, "https://money.example.org:8443", "money.example.org:8443"),
        (HOME, "https://money.example.org.evil.example", "money.example.org"),
        (HOME, "https://money.example.org@evil.example", "money.example.org"),
        (HOME, "http://127.0.0.1:9000", "127.0.0.1:8000"),
        (HOME, "http://127.0.0.1.evil.example", "127.0.0.1.evil.example"),
        (HOME, "http://localhost@evil.example", "localhost@evil.example"),
        (HOME, "https://", ""),
        (HOME, "http://[::1", "[::1"),
        (HOME, "null", "null"),
        (HOME, None, None),
        (BELOW, "http://example.org", "example.org"),
        (Home(), "https://evil.example", "nas.home.example"),
        (Home(), None, None),
    ],
)
def test_no_other_page_is_taken_for_one_of_this_server(
    home: Home, origin: str | None, host: str | None
) -> None:
    assert not home.is_origin(origin, host)


@pytest.fixture(scope="module")
def below(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server that people reach below a path."""
    site = Site(tmp_path_factory.mktemp("below"), {"public_url": "https://example.org/money"}).ready()
    yield site
    site.stop()


@pytest.mark.parametrize("left_on", ["/money", ""], ids=["left on by the proxy", "taken off"])
def test_below_a_path_everything_is_found_and_says_where_it_is(below: Site, left_on: str) -> None:
    visitor = below.visitor()

    assert visitor.get(f"{left_on}/").headers["location"] == "/money/sign-in"
    page = visitor.get(f"{left_on}/sign-in").text
    files = re.findall(r'(?:src|href)="(/[^"]+)"', page)
    assert len(files) > 5 and all(file.startswith("/money/") for file in files)
    error = visitor.get(f"{left_on}/no-such-page")
    assert error.status_code == 404 and '<a href="/money/">' in error.text
    files += re.findall(r'/money/static/[^")]+', error.text)
    for file in files:
        assert visitor.get(left_on + file.removeprefix("/money")).status_code == 200, file


def test_below_a_path_requests_are_counted_under_the_names_that_they_have_elsewhere(below: Site) -> None:
    labels = {"method": "GET", "path": "/sign-in", "status": "200"}
    before = below.metric("http_requests_total", **labels)

    below.visitor().get("/money/sign-in")

    assert below.metric("http_requests_total", **labels) == before + 1
    assert below.visitor().get("/moneyed/sign-in").status_code == 404


def test_below_a_path_the_cookie_goes_to_no_neighbour(below: Site) -> None:
    visitor = below.visitor()
    ticket = visitor.get("/money/join/ticket/ann").json()["ticket"]

    answer = visitor.post("/money/auth/session", json={"ticket": ticket})

    name, *rules = answer.headers["set-cookie"].split("; ")
    assert name.startswith("__Secure-mycount_session=")
    assert {"Path=/money", "Secure", "HttpOnly", "SameSite=lax"} <= set(rules)
    assert not [rule for rule in rules if rule.startswith("Domain")]
    assert answer.headers["strict-transport-security"] == "max-age=31536000"  # nothing about other names
    assert visitor.get("/money/", headers={"Cookie": name}).status_code == 200
    left = visitor.post("/money/auth/sign-out", headers={"Cookie": name}).headers["set-cookie"]
    assert left.startswith('__Secure-mycount_session="";') and "Path=/money;" in left and "Max-Age=0" in left


def test_a_path_may_be_called_like_a_page_if_the_proxy_leaves_it_on(start: Start) -> None:
    site = start(public_url="https://example.org/groups").ready()

    answer = site.visitor().get("/groups/groups/1")
    assert answer.headers["location"] == "/groups/sign-in#%2Fgroups%2F1"


def test_with_a_public_url_a_name_that_somebody_has_pointed_here_opens_nothing(below: Site) -> None:
    evil = {"Host": "evil.example", "Origin": "http://evil.example"}
    port = int(below.url.rpartition(":")[2])
    address = "ws://evil.example/money/_nicegui_ws/socket.io/?EIO=4&transport=websocket&client_id=x"

    assert below.visitor().post("/money/auth/sign-out", headers=evil).status_code == 403
    with (
        socket.create_connection(("127.0.0.1", port)) as stream,
        pytest.raises(InvalidStatus),
        connect(address, sock=stream, origin="http://evil.example"),
    ):
        pass
    with OpenPage(below.visitor(), "/sign-in") as page:  # from the machine itself
        assert page.key


def test_a_path_is_written_as_browsers_write_it() -> None:
    assert path_of("https://example.org/a/b~c") == "/a/b~c"
    assert path_of("https://example.org/münzen") == "/m%C3%BCnzen"
    assert path_of("https://example.org") == path_of(None) == ""


def test_search_engines_are_asked_to_stay_away(below: Site) -> None:
    answer = below.visitor().get("/robots.txt")

    assert answer.status_code == 200 and answer.text.splitlines() == ["User-agent: *", "Disallow: /"]


def test_nobody_writes_the_address_of_a_file_by_hand() -> None:
    folder = Path(theme.__file__).parent
    files = [file for kind in ("*.py", "*.js", "*.css") for file in folder.rglob(kind)]
    by_hand = [file.name for file in files if re.search(r"""["'(`]/static/""", file.read_text("utf-8"))]
    assert len(files) > 50 and by_hand == []
    assert theme.static_url("mycount.css").startswith("/static/mycount.css?v=")
