"""Coming in, going out, and what the cookie is like."""

import re

import pytest

from mycount.web.doors import safe_next
from tests.asking import ask, client
from tests.web.conftest import Start
from tests.web.open_page import OpenPage, RefusedError, socket
from tests.web.site import Site


def test_strangers_are_sent_to_sign_in_and_back_to_where_they_wanted(site: Site) -> None:
    stranger = site.visitor()

    assert stranger.get("/").headers["location"] == "/sign-in"
    answer = stranger.get("/groups/3?tab=settle&x=%26")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in#%2Fgroups%2F3%3Ftab%3Dsettle%26x%3D%2526"
    assert answer.headers["cache-control"] == "no-store"


def test_no_page_is_built_for_a_stranger_who_is_sent_away(site: Site) -> None:
    before = site.metric("mycount_pages")

    for _ in range(5):
        site.visitor().get("/groups/3")

    assert site.metric("mycount_pages") <= before


def test_strangers_may_see_what_is_for_everybody(site: Site) -> None:
    stranger = site.visitor()

    for path in ("/sign-in", "/join/plain", "/static/mycount.css", "/favicon.ico"):
        assert stranger.get(path).status_code == 200, path
    assert stranger.get("/no-such-page").status_code == 404


@pytest.mark.parametrize("token", ["x", "x" * 42, "x" * 44, "x" * 42 + "!", "x" * 4000])
def test_a_cookie_that_was_never_made_here_is_not_even_looked_up(site: Site, token: str) -> None:
    def asked() -> float:
        return sum(
            site.metric("mycount_operations_total", operation="sessions.find", outcome=outcome)
            for outcome in ("ok", "not_found")
        )

    before = asked()
    answers = [site.visitor(cookies={"mycount_session": token}).get("/groups/3") for _ in range(3)]

    assert {answer.status_code for answer in answers} == {303}
    assert asked() == before
    assert site.visitor(cookies={"mycount_session": "x" * 43}).get("/groups/3").status_code == 303
    assert asked() == before + 1, "what could be one is looked up"


def test_programs_without_a_session_get_401(site: Site) -> None:
    answer = site.visitor().get("/groups/3", headers={"Accept": "application/json"})

    assert answer.status_code == 401 and answer.json()["detail"]


def test_a_ticket_gives_a_cookie_that_scripts_and_other_sites_cannot_use(site: Site) -> None:
    visitor = site.visitor()
    ticket = visitor.get("/join/ticket/cookie").json()["ticket"]

    answer = visitor.post("/auth/session", json={"ticket": ticket, "next": "/groups/3"})

    assert answer.json() == {"next": "/groups/3"}
    cookie = answer.headers["set-cookie"]
    assert re.match(r"mycount_session=[\w-]{43};", cookie)
    assert {"HttpOnly", "Max-Age=7776000", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    assert visitor.get("/").status_code == 200


def test_behind_https_the_cookie_cannot_be_planted_or_travel_unencrypted(start: Start) -> None:
    site = start(public_url="https://money.example.org").ready()
    visitor = site.visitor()
    ticket = visitor.get("/join/ticket/ann").json()["ticket"]

    answer = visitor.post("/auth/session", json={"ticket": ticket})

    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-mycount_session=") and "Secure" in cookie and "Domain" not in cookie
    token = cookie.partition("=")[2].partition(";")[0]
    assert visitor.get("/", headers={"Cookie": f"mycount_session={token}"}).status_code == 303
    assert visitor.get("/", headers={"Cookie": f"__Host-mycount_session={token}"}).status_code == 200
    assert answer.headers["strict-transport-security"].startswith("max-age=")


def test_the_scheme_is_believed_from_trusted_proxies_only(start: Start) -> None:
    https = {"X-Forwarded-Proto": "https"}

    trusting = start(trusted_proxies="127.0.0.0/8").ready()
    assert "strict-transport-security" in trusting.visitor().get("/sign-in", headers=https).headers
    trusting.stop()

    wary = start().ready()
    assert "strict-transport-security" not in wary.visitor().get("/sign-in", headers=https).headers


def test_a_ticket_works_once(site: Site) -> None:
    visitor = site.visitor()
    ticket = visitor.get("/join/ticket/once").json()["ticket"]
    assert visitor.post("/auth/session", json={"ticket": ticket}).status_code == 200

    again = site.visitor().post("/auth/session", json={"ticket": ticket})

    assert again.status_code == 400 and "sign in again" in again.json()["detail"]
    assert "set-cookie" not in again.headers


def test_the_session_before_ends_when_a_new_one_begins(site: Site) -> None:
    visitor = site.signed_in("earlier")
    before = visitor.cookies["mycount_session"]
    ticket = visitor.get("/join/ticket/later").json()["ticket"]

    visitor.post("/auth/session", json={"ticket": ticket})

    assert visitor.cookies["mycount_session"] != before
    assert site.visitor(cookies={"mycount_session": before}).get("/").status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"X-MyCount": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_other_sites_can_neither_sign_anybody_in_nor_out(site: Site, headers: dict[str, str]) -> None:
    visitor = site.signed_in(f"victim{abs(hash(str(headers)))}")
    refused = site.metric("mycount_refusals_total", reason="origin")

    for path in ("/auth/session", "/auth/sign-out"):
        assert visitor.post(path, json={"ticket": "x"}, headers=headers).status_code == 403

    assert visitor.get("/").status_code == 200
    assert site.metric("mycount_refusals_total", reason="origin") == refused + 2


def test_a_browser_that_only_sends_its_origin_may_sign_in(site: Site) -> None:
    visitor = client(base_url=site.url, headers={"X-MyCount": "1", "Origin": site.url})
    ticket = visitor.get("/join/ticket/older").json()["ticket"]

    assert visitor.post("/auth/session", json={"ticket": ticket}).status_code == 200
    assert ask(f"{site.url}/auth/sign-out", "POST", headers={"X-MyCount": "1"}).status_code == 403


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'"x"', b"{" + b" " * 5000 + b"}", b'{"ticket": {}}'])
def test_nonsense_instead_of_a_ticket_is_refused(site: Site, body: bytes) -> None:
    assert site.visitor().post("/auth/session", content=body).status_code in (400, 413)


def test_signing_out_ends_the_session_and_sends_every_open_page_away_at_once(site: Site) -> None:
    visitor = site.signed_in("leaving")
    token = visitor.cookies["mycount_session"]
    with OpenPage(visitor, "/groups/1") as first, OpenPage(visitor, "/groups/2") as second:
        assert visitor.post("/auth/sign-out").json() == {"next": "/sign-in"}

        assert first.sees('"open"') and second.sees('"open"')
        assert first.is_closed() and second.is_closed()
    assert visitor.cookies.get("mycount_session") is None
    assert site.visitor(cookies={"mycount_session": token}).get("/").status_code == 303


def test_a_page_of_an_ended_session_cannot_come_back(site: Site) -> None:
    visitor = site.signed_in("returning")
    cookies = f"mycount_session={visitor.cookies['mycount_session']}"
    page = OpenPage(visitor, "/groups/1")
    page.socket.close()
    visitor.post("/auth/sign-out")

    with pytest.raises(RefusedError):
        socket(visitor, page.key, cookies=cookies)


def test_signing_in_does_not_cut_off_the_page_that_does_it(site: Site) -> None:
    visitor = site.signed_in("guest")
    ticket = visitor.get("/join/ticket/account").json()["ticket"]
    with OpenPage(visitor, "/groups/1") as page:
        old = page.visitor.cookies["mycount_session"]
        visitor.post("/auth/session", json={"ticket": ticket}, headers={"Cookie": f"mycount_session={old}"})

        refused = site.metric("mycount_refusals_total", reason="session_ended")
        page.press()
        assert not page.sees("pressed 1", seconds=0.5), "it may wait for its answer, but do nothing more"
        assert page.sees("location.reload()")
        assert site.metric("mycount_refusals_total", reason="session_ended") == refused + 1


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        " //evil.example",
        "",
        None,
        {"a": 1},
        "/" + "x" * 3000,
        "/auth/sign-out",
        "/sign-in?next=/sign-in",
    ],
)
def test_nobody_is_led_elsewhere_after_signing_in(target: object) -> None:
    assert safe_next(target) == "/"


@pytest.mark.parametrize(
    "target", ["/", "/groups/3", "/groups/3?tab=settle#x", "/join/a-b_c", "/a?u=https://b.example"]
)
def test_everybody_is_led_to_where_they_wanted(target: str) -> None:
    assert safe_next(target) == target
