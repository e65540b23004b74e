"""However an address, a method or a host is written, nobody gets further by it, and nothing sends them elsewhere."""

import socket

import httpx
import pytest

from tests.waiting import PATIENCE
from tests.web.site import Site

EVIL = "evil.example"
PRIVATE = "pressed 0"  # on the page of a group


@pytest.fixture(scope="module")
def ann(site: Site) -> httpx.Client:
    return site.signed_in("ann")


def asked(site: Site, method: str, target: str, host: str, *, cookie: str = "", more: str = "") -> str:
    """Send a request as it is written here, past all that a client would put right; gives the whole answer."""
    port = int(site.url.rsplit(":", 1)[1])
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        lines = [f"{method} {target} HTTP/1.1", f"Host: {host}", "Accept: text/html", "Connection: close"]
        kept = [f"Cookie: mycount_session={cookie}"] if cookie else []
        connection.sendall("\r\n".join([*lines, *kept, more + "\r\n" if more else "\r\n"]).encode("latin-1"))
        answer = b""
        while piece := connection.recv(65536):
            answer += piece
    return answer.decode("utf-8", "replace")


def head(answer: str) -> str:
    return answer.partition("\r\n\r\n")[0].lower()


@pytest.mark.parametrize(
    "target", ["/groups/1/", "/sign-in/", "/sign-in/?ended=1", "/groups/1//", "/join/plain/"]
)
def test_a_slash_too_many_leads_to_the_page_on_this_server_whatever_host_was_named(
    site: Site, ann: httpx.Client, target: str
) -> None:
    answer = asked(site, "GET", target, EVIL, cookie=ann.cookies["mycount_session"])

    assert EVIL not in answer
    meant = target.replace("//", "/").replace("/?", "?").rstrip("/").lower()
    assert answer.startswith("HTTP/1.1 308") and f"location: {meant}\r\n" in head(answer) + "\r\n"
    assert "cache-control: no-store" in head(answer)


@pytest.mark.parametrize(
    "target",
    [
        "//groups/1", "/./groups/1", "/groups//1", "/sign-in/../groups/1", "/join/../groups/1", "/auth/../groups/1",
        "/static/../groups/1", "/_nicegui/../groups/1", "/%2e%2e/groups/1", "/join/%2e%2e/groups/1", "/groups/1%00",
        "/join%2f..%2fgroups%2f1", "/groups/1;/sign-in", "/GROUPS/1", "/sign-in;/groups/1", "/groups/1%2fsign-in",
        "/_nicegui/client/../../groups/1", "/static/..%2f..%2fpyproject.toml", "/static/%2e%2e/%2e%2e/pyproject.toml",
        "/groups/1?/sign-in", "/groups/1/export.csv", "/groups/1/export.json", "//evil.example/", "/\\\\evil.example",
        "http://evil.example/groups/1", "*", "/groups/" + "9" * 5000, "/groups/%ff%fe", "/%6detrics/",
    ],
)  # fmt: skip
def test_no_spelling_of_an_address_shows_a_stranger_anything(site: Site, target: str) -> None:
    answer = asked(site, "GET", target, site.url.removeprefix("http://"))

    assert int(answer.split(" ", 2)[1]) in (303, 308, 400, 401, 403, 404)
    assert PRIVATE not in answer and "[build-system]" not in answer
    assert f"location: http://{EVIL}" not in head(answer) and f"location: //{EVIL}" not in head(answer)


@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("target", ["/", "/groups/1", "/sign-in", "/metrics", "/auth/session"])
def test_methods_that_an_address_does_not_know_do_nothing_and_echo_nothing(
    site: Site, ann: httpx.Client, method: str, target: str
) -> None:
    if (method, target) in {("HEAD", "/metrics")}:
        return
    more = "X-Echo: echo-of-a-header\r\nContent-Length: 0\r\n"
    answer = asked(site, method, target, "x", cookie=ann.cookies["mycount_session"], more=more)

    assert int(answer.split(" ", 2)[1]) in (401, 403, 404, 405)
    assert "echo-of-a-header" not in answer and "access-control" not in head(answer)


@pytest.mark.parametrize("host", [EVIL, f"{EVIL}:80/..", "", "a b", '"><script>'])
@pytest.mark.parametrize("target", ["/", "/groups/1", "/sign-in", "/nowhere"])
def test_the_host_that_a_client_claims_is_in_no_answer(
    site: Site, ann: httpx.Client, host: str, target: str
) -> None:
    forwarded = f"X-Forwarded-Host: {EVIL}\r\nX-Forwarded-Prefix: /{EVIL}\r\nForwarded: host={EVIL}\r\n"
    forwarded += f"X-Forwarded-Proto: https\r\nX-Original-URL: /{EVIL}\r\nX-Forwarded-For: 6.6.6.6\r\n"
    answer = asked(site, "GET", target, host, cookie=ann.cookies["mycount_session"], more=forwarded)

    assert EVIL not in answer and '"><script>' not in answer
    assert "strict-transport-security" not in head(answer)
