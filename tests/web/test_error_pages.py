"""What people and programs are told when something cannot be had."""

import re

import httpx
import pytest

from mycount.domain.errors import Conflict, Invalid, NotAllowed, NotFound, Unavailable
from mycount.web.errors import judge
from tests.web.conftest import Start
from tests.web.site import Site, eventually
from tests.web.small_site import LEAK

PROGRAM = {"Accept": "application/json"}


@pytest.fixture(scope="module")
def visitor(site: Site) -> httpx.Client:
    return site.signed_in("curious")


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/unknown", 404, "There is nothing here"),
        ("/join/404", 404, "There is nothing here"),
        ("/groups/nobodys", 404, "There is no such group, or you are not in it."),
        ("/numbers/abc", 404, "There is nothing here"),
        ("/join/conflict", 409, "Somebody was faster."),
        ("/join/invalid", 400, "That is no amount: &lt;b&gt;x&lt;/b&gt;"),
        ("/join/integrity", 400, "does not fit with what is stored already"),
        ("/join/away", 503, "The database does not answer right now"),
        ("/join/boom", 500, "it is not your fault"),
    ],
)
def test_each_error_has_its_status_and_plain_words(
    site: Site, visitor: httpx.Client, path: str, status: int, words: str
) -> None:
    page = visitor.get(path)
    data = visitor.get(path, headers=PROGRAM)

    assert page.status_code == data.status_code == status
    assert words in page.text and page.headers["content-type"].startswith("text/html")
    assert page.headers["cache-control"] == "no-store"
    assert data.headers["content-type"] == "application/json" and data.json()["detail"]
    for text in (page.text, data.text):
        assert LEAK not in text and "INSERT" not in text and "Error" not in text and "UNIQUE" not in text


def test_error_pages_need_nothing_and_keep_nothing_in_memory(site: Site, visitor: httpx.Client) -> None:
    before = site.metric("mycount_pages")

    page = visitor.get("/unknown")

    assert "<script" not in page.text and "client_id" not in page.text and "src=" not in page.text
    assert 'name="viewport"' in page.text and "prefers-color-scheme:dark" in page.text
    assert site.metric("mycount_pages") <= before


def test_a_500_shows_a_reference_under_which_the_log_has_the_traceback_once(
    site: Site, visitor: httpx.Client
) -> None:
    logged = len(site.events("unexpected_error"))

    page = visitor.get("/join/boom")

    reference = re.findall(r"Reference: ([0-9a-f]{16})", page.text)[0]
    assert page.headers["x-request-id"] == reference
    (event,) = eventually(lambda: site.events("unexpected_error")[logged:])
    assert event["request_id"] == reference
    assert "RuntimeError" in event["exception"] and "small_site.py" in event["exception"]


def test_an_integrity_error_is_an_event_without_sql(site: Site, visitor: httpx.Client) -> None:
    visitor.get("/join/integrity")

    event = site.event("integrity_error")
    assert "UNIQUE constraint failed" in event["constraint"]
    assert "INSERT" not in str(event)


def test_a_database_that_is_away_asks_to_come_back(site: Site, visitor: httpx.Client) -> None:
    assert visitor.get("/join/away").headers["retry-after"]


def test_methods_that_a_page_does_not_know_are_refused(visitor: httpx.Client) -> None:
    answer = visitor.post("/groups/1")

    assert answer.status_code == 405 and "GET" in answer.headers["allow"]


def test_bodies_beyond_all_measure_are_refused(visitor: httpx.Client) -> None:
    assert visitor.post("/groups/1", content=b"x" * 1_000_001).status_code == 413


def test_the_way_home_leads_to_where_the_public_address_says_whatever_a_client_claims(start: Start) -> None:
    claims = {"X-Forwarded-Prefix": "/evil"}

    plain = start().ready().visitor().get("/unknown", headers=claims)
    assert '<a href="/">' in plain.text and "evil" not in plain.text

    below = start(public_url="https://example.org/money").ready().visitor()
    assert '<a href="/money/">' in below.get("/unknown", headers=claims).text
    assert below.get("/groups/1", headers=claims).headers["location"] == "/money/sign-in#%2Fgroups%2F1"
    assert '"/money/_nicegui/' in below.get("/sign-in", headers=claims).text


def test_an_id_from_a_proxy_is_kept_if_it_is_sane(site: Site) -> None:
    visitor = site.visitor()

    assert (
        visitor.get("/sign-in", headers={"X-Request-ID": "abc-123_XYZ"}).headers["x-request-id"]
        == "abc-123_XYZ"
    )
    for strange in ("short", "x" * 65, "with blanks in it", '"quoted"}', "a\tb-------"):
        given = visitor.get("/sign-in", headers={"X-Request-ID": strange}).headers["x-request-id"]
        assert re.fullmatch(r"[0-9a-f]{16}", given)


def test_refusals_have_the_status_of_their_kind() -> None:
    kinds = {NotFound: 404, Invalid: 400, NotAllowed: 403, Conflict: 409, Unavailable: 503}

    assert {kind: judge(kind("no")).status for kind in kinds} == kinds
