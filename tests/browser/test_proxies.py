"""Behind nginx and Caddy, set up as README.md shows: at the root and below a path, with TLS and without."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response, WebSocket
from websockets.exceptions import InvalidStatus

from tests import chromium
from tests.asking import ask
from tests.browser.conftest import ARGUMENTS, PATIENCE
from tests.browser.person import Person
from tests.browser.place import SETUPS, Place, Setup
from tests.browser.stage import quiet
from tests.conftest import copied
from tests.proxies import Proxy
from tests.server import Server

NAMES = "--host-resolver-rules=MAP *.example.org 127.0.0.1, MAP example.org 127.0.0.1"


class Guest(Person):
    """Somebody who comes by the public address, and takes note of all that their browser fetches."""

    def __init__(self, page: Page, place: Place, name: str) -> None:
        super().__init__(page, place.server, name)
        self.home = place.url
        self.fetched: list[str] = []
        self.sockets: list[WebSocket] = []
        page.on("response", self._note)
        page.on("websocket", lambda socket: self.sockets.append(socket))

    def open(self, path: str) -> None:
        """Open a page by its address below the public URL, or by a whole link."""
        super().open(path if "://" in path else self.home + path)

    def got_all_by_websocket(self) -> None:
        """Assert that everything fetched was there, below the public address, and nothing was polled for."""
        assert self.errors == []
        assert self.sockets and not [url for url in self.fetched if "transport=polling" in url]

    def _note(self, response: Response) -> None:
        self.fetched.append(response.url)
        if response.status >= 400 or not response.url.startswith(f"{self.home}/"):
            self.errors.append(f"{response.status} {response.url}")


@pytest.fixture(scope="module", params=SETUPS.values(), ids=SETUPS)
def place(
    request: pytest.FixtureRequest, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Place]:
    """Every way to have a proxy in front, one after the other."""
    setup: Setup = request.param
    folder = tmp_path_factory.mktemp("place")
    with Proxy(setup.kind, folder / "proxy", setup.block, setup.changes) as proxy:
        settings = {
            "MYCOUNT_PUBLIC_URL": f"{setup.origin}:{proxy.port}{setup.path}",
            "MYCOUNT_TRUSTED_PROXIES": "127.0.0.1",
        }
        with Server(copied(sqlite_template, folder), folder, **settings) as server:
            yield Place(setup, server, proxy.start(server.port))


@pytest.fixture(scope="module")
def visit(browser: Browser) -> Iterator[Callable[[Place, str], Guest]]:
    """Let somebody come with a browser profile of their own; the browser finds example.org on this machine."""
    local = browser.browser_type.launch(executable_path=chromium.found(), args=[*ARGUMENTS, NAMES])

    def make(place: Place, name: str) -> Guest:
        context = local.new_context(
            ignore_https_errors=True, locale="en-GB", viewport={"width": 1280, "height": 860}
        )
        context.set_default_timeout(PATIENCE)
        return Guest(context.new_page(), place, name)

    yield make
    local.close()


@pytest.mark.parametrize("place", list(SETUPS.values())[:3], ids=list(SETUPS)[:3], indirect=True)
def test_people_share_expenses_through_it_as_if_it_were_not_there(
    place: Place, visit: Callable[[Place, str], Guest]
) -> None:
    with quiet(place.server):
        alma, bo = visit(place, "Alma"), visit(place, "Bo")
        alma.sign_up()
        alma.new_group("Lisbon", "Bo")
        link = alma.invite()
        assert link.startswith(f"{place.url}/join/")
        bo.join(link, choose="Bo")
        bo.stays()
        alma.add("18", "Museum")
        bo.sees("Museum", "Alma paid")
        bo.is_still_there()

        alma.tab("Balances")
        alma.page.wait_for_url(f"{place.url}/groups/1/balances")
        alma.page.reload()
        alma.ready()
        alma.page.get_by_role("link", name="MyCount").first.click()
        alma.page.get_by_role("link", name="Lisbon").click()
        alma.sees("Museum")
        alma.open("/you")
        alma.press("Sign out")
        alma.page.wait_for_url(f"{place.url}/sign-in")
        alma.page.goto(f"{place.url}/groups/1")
        alma.sign_in()
        alma.page.wait_for_url(f"{place.url}/groups/1")
        alma.sees("Museum")

        for person in (alma, bo):
            person.got_all_by_websocket()
            _holds_cookies_of(place, person)


def test_a_page_comes_with_all_its_files_and_its_websocket(
    place: Place, visit: Callable[[Place, str], Guest]
) -> None:
    gus = visit(place, "Gus")
    gus.open("/join/no-such-link")
    gus.page.goto(f"{place.url}/no-such-page")
    gus.page.get_by_role("link", name="To the start").click()
    gus.page.wait_for_url(re.compile(f"{re.escape(place.url)}/sign-(in|up)"))
    gus.ready()

    gus.errors.remove(f"404 {place.url}/no-such-page")
    gus.got_all_by_websocket()


def _holds_cookies_of(place: Place, person: Guest) -> None:
    cookies = {cookie["name"]: cookie for cookie in person.page.context.cookies()}
    is_secure, path = place.origin.startswith("https"), place.setup.path
    name = f"{'' if not is_secure else '__Secure-' if path else '__Host-'}mycount_session"
    assert cookies.keys() == {name, "mycount_zone"}
    assert (cookies[name]["path"], cookies["mycount_zone"]["path"]) == (path or "/", f"{path}/")
    assert cookies[name]["secure"] == is_secure and cookies[name]["httpOnly"]
    assert cookies[name]["domain"] == place.setup.origin.partition("://")[2]


def test_pages_of_other_sites_get_no_websocket_through_it_and_a_ping_comes_before_it_gives_up(
    place: Place,
) -> None:
    timeout = re.search(r"proxy_read_timeout (\d+)s", place.proxy.configuration)
    said = place.hello(place.origin)
    assert said["pingInterval"] / 1000 < (int(timeout[1]) if timeout else 60) / 2
    assert said["upgrades"] == []

    for origin in (
        "https://evil.example",
        "https://example.org",
        "null",
        place.origin.replace("ttp", "ttps"),
    ):
        with pytest.raises(InvalidStatus) as refused:
            place.hello(origin)
        assert refused.value.response.status_code in (400, 403)


def test_it_passes_health_on_but_not_the_metrics(place: Place) -> None:
    assert place.ask("/health").json() == {"status": "ok"}
    assert ask(f"{place.server.address}/metrics").status_code == 200
    for spelled in ("/metrics", "/metrics?x", "/%6detrics", "//metrics", "/x/../metrics", "/./metrics"):
        answer = place.ask(spelled)
        assert answer.status_code in (301, 308, 404) and "http_requests_total" not in answer.text, spelled


def test_what_a_visitor_claims_to_come_through_changes_nothing(place: Place) -> None:
    claims = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example", "X-Forwarded-Prefix": "/evil"}
    claimed = place.ask("/sign-in", **claims, Forwarded="host=evil.example;proto=https")
    if claimed.status_code == 303:  # nobody is here yet
        claimed = place.ask("/sign-up", **claims)

    assert claimed.status_code == 200 and "evil" not in claimed.text
    is_secure = place.origin.startswith("https")
    assert ("strict-transport-security" in claimed.headers) == is_secure
    assert place.ask("/groups/1", **claims).headers["location"] == f"{place.setup.path}/sign-in#%2Fgroups%2F1"


def test_the_address_without_a_slash_leads_to_the_start(place: Place) -> None:
    answer = place.ask("")

    if place.setup.path:
        assert answer.status_code in (301, 302)
        assert answer.headers["location"] in (f"{place.setup.path}/", f"{place.url}/")
    else:
        assert answer.headers["location"] == "/sign-in"
