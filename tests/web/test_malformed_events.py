"""What a tampered browser tells is refused and counted: no handler sees it, and nothing is logged as an error."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from mycount.services import invites, users
from tests import asking
from tests.asking import ask
from tests.conftest import copied, opened
from tests.server import Server
from tests.waiting import PATIENCE, until
from tests.web.open_page import OpenPage, emit
from tests.world import World

RUBBISH: tuple[Any, ...] = (
    None, True, -1, 1.5, 10**30, "", "x" * 300, "\ud800", [], [1, [2]], [[]], {}, {"id": []}, {"id": None, "text": 1},
    {"id": 10**30, "checked": True}, {"id": 1, "checked": "no"}, {"id": 1, "text": "\ud800"}, {"amount": 5},
    {"amount": "5", "known": [[]], "people": {}, "version": 10**30, "day": [], "chosen": [[]], "texts": {"equal": 1}},
    "\0", "\u202e\u200b\u3164", "x" * 10_000, float("nan"), float("inf"), 0.005, "1e400", "-0", "١٢", ["a"], [{}],
    {"amount": "1e400"}, {"amount": "NaN"}, {"amount": "\0"}, {"id": 1, "text": "\0" * 300}, {"id": 1, "text": ["a"]},
    {"amount": "\ud800"}, {"expense": 10**30}, {"expense": []},
)  # fmt: skip
"""What no page of ours tells, for whatever listens: of another kind, unknown, too large, or no text at all."""

PRESSED = {"click", "submit", "keydown"}  # they carry nothing, and would do what they are for


@pytest.fixture(scope="module")
def server(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("malformed")
    with Server(copied(sqlite_template, folder), folder) as server:
        yield server


@pytest.fixture(scope="module")
def visitor(server: Server) -> Iterator[httpx.Client]:
    """Somebody in a group with an expense, an uneven balance and an invite."""
    for database in opened(server.database_url):
        world = World(database)
        scene = world.group("Ann", "Bo", "Cy")
        scene.add(900, "Ann", title="Dinner")
        users.keep(scene.owner, "ann@example.org", "correct horse battery")
        cookies = {"mycount_session": world.device(scene.owner)}
    with asking.client(base_url=server.address, cookies=cookies) as client:
        yield client


class Tampered:
    """A page whose browser tells rubbish: of what it was built with, and of what came later."""

    def __init__(self, page: OpenPage) -> None:
        self._page = page
        self.elements: dict[str, Any] = dict(page.elements)
        self.told: set[str] = set()

    def tell_rubbish(self) -> int:
        """Tell each listener each kind of rubbish, and give how often."""
        count = 0
        for number, element in self.elements.items():
            for listener in element.get("events", []):
                if listener["type"] in PRESSED or listener["js_handler"]:
                    continue
                self.told.add(f"{element['tag']} {listener['type']}")
                for rubbish in RUBBISH:
                    self._emit(number, listener, rubbish)
                    count += 1
        return count

    def send_off(self, rubbish: object) -> None:
        """Tell rubbish to each listener of the form, its button too, as if it were what was typed and meant."""
        for number, element in self.elements.items():
            for listener in element.get("events", []):
                self._emit(number, listener, rubbish)

    def press(self, label: str) -> None:
        """Press the button of this name, and take what comes for what the page now is."""
        number, button = next(
            (number, it)
            for number, it in self.elements.items()
            if it["tag"] == "q-btn" and label in (it["props"].get("label"), it["props"].get("aria-label"))
        )
        listener = next(it for it in button["events"] if it["type"] == "click")
        self._emit(number, listener, {})
        self._hear()

    def choose_entry(self, place: int) -> None:
        """Press a row of the group's menu."""
        menu = next(
            it for it in self.elements.items() if it[1].get("props", {}).get("label") == "About this group"
        )
        self._emit(menu[0], next(it for it in menu[1]["events"] if it["type"] == "open"), place)
        self._hear()

    def choose(self, tag: str, event: str, said: object) -> None:
        """Tell something to the first element of a kind."""
        number, element = next((n, it) for n, it in self.elements.items() if tag in it["tag"])
        self._emit(number, next(it for it in element["events"] if it["type"] == event), said)

    def _hear(self) -> None:
        known = len(self.elements)
        while len(self.elements) == known:
            message = str(self._page.socket.recv(timeout=PATIENCE))
            if message == "2":
                self._page.socket.send("3")
            if message.startswith('42["update"'):
                changed = json.loads(message[2:])[1]
                self.elements.update(
                    {key: it for key, it in changed.items() if isinstance(it, dict) and "tag" in it}
                )

    def _emit(self, number: str, listener: dict[str, Any], said: object) -> None:
        emit(
            self._page.socket,
            "event",
            {
                "id": int(number),
                "client_id": self._page.key,
                "listener_id": listener["listener_id"],
                "args": [json.dumps(said)],
            },
        )


def refused(server: Server, reason: str) -> float:
    metrics = ask(f"{server.address}/metrics").text
    return sum(map(float, re.findall(rf'mycount_refusals_total\{{reason="{reason}"\}} (\S+)', metrics)))


@pytest.mark.parametrize(
    "path",
    ["/", "/you", "/activity", *(f"/groups/1{view}" for view in ("", "/balances", "/settle", "/more"))],
)
def test_rubbish_told_to_whatever_a_page_listens_to_is_refused_quietly(
    server: Server, visitor: httpx.Client, path: str
) -> None:
    with OpenPage(visitor, path) as page:
        tampered = Tampered(page)
        tampered.tell_rubbish()
        assert_refused_quietly(server, page)


@pytest.mark.parametrize("name", ["Add expense", "Invite"])
def test_rubbish_told_to_a_form_is_refused_quietly(server: Server, visitor: httpx.Client, name: str) -> None:
    with OpenPage(visitor, "/groups/1") as page:
        tampered = Tampered(page)
        tampered.press(name)
        tampered.tell_rubbish()
        assert len(tampered.told) > 5
        assert_refused_quietly(server, page)


@pytest.mark.parametrize("place", range(3))
def test_rubbish_told_to_a_sheet_is_refused_quietly(
    server: Server, visitor: httpx.Client, place: int
) -> None:
    with OpenPage(visitor, "/groups/1/more") as page:
        tampered = Tampered(page)
        tampered.choose_entry(place)
        tampered.tell_rubbish()
        assert_refused_quietly(server, page)


@pytest.mark.parametrize("path", ["/sign-in", "/sign-up", "/join/"])
@pytest.mark.usefixtures("visitor")
def test_rubbish_told_by_strangers_is_refused_quietly_and_lets_nobody_in(server: Server, path: str) -> None:
    for database in opened(server.database_url):
        world = World(database)
        scene = world.group("Dan", "Eve")
        token = invites.make(scene.owner, scene.id).token if path == "/join/" else ""
        before = world.snapshot()
    with (
        asking.client(base_url=server.address) as stranger,
        OpenPage(stranger, f"{path}{token}") as page,
    ):
        tampered = Tampered(page)
        assert tampered.tell_rubbish() > len(RUBBISH)
        assert_refused_quietly(server, page)
        for rubbish in ("\0", "\ud800", "\u200b\u3164", ["a"], {"text": {}}, -1, 10**30):
            tampered.send_off(rubbish)
        assert_refused_quietly(server, page)
        assert not stranger.cookies
    for database in opened(server.database_url):
        assert World(database).snapshot() == before


def test_an_id_of_somebody_or_something_else_is_not_found_and_no_error(
    server: Server, visitor: httpx.Client
) -> None:
    with OpenPage(visitor, "/groups/1") as page:
        Tampered(page).choose("expense_list", "open", 999_999)
        assert page.sees("There is no such expense")
    with OpenPage(visitor, "/groups/1/balances") as page:
        Tampered(page).choose("balance_bars", "open", 999_999)
        assert page.sees("There is no such person in this group.")
    assert server.unforeseen() == []


def assert_refused_quietly(server: Server, page: OpenPage) -> None:
    """Wait until everything told so far was handled, and see that nothing of it is a reason to worry."""
    before = refused(server, "unbound_event")
    emit(page.socket, "event", {"client_id": "another page", "id": 1, "args": []})
    until(lambda: refused(server, "unbound_event") > before, "the last message is handled")
    page.sees("nothing", seconds=0.1)  # what is left unread would keep the socket from being closed
    assert refused(server, "malformed") > 0
    assert server.unforeseen() == []
