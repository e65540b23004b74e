"""The connection is lost: the page says so, comes back by itself, is right again, and nothing typed is gone."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.person import Person
from tests.browser.stage import Stage, staged
from tests.browser.unfinished import begin_by_percent, typed
from tests.conftest import copied
from tests.server import Server

LOST = "Connection lost. Trying again…"
FORGETFUL = (  # what takes a minute takes half a second
    "-c",
    "from mycount.web import app; app._RECONNECT_SECONDS = 0.5; from mycount.__main__ import main; main()",
)


@pytest.fixture(scope="module")
def sqlite_server(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of these tests' own, to be killed."""
    folder = tmp_path_factory.mktemp("server")
    with Server(copied(sqlite_template, folder), folder) as server:
        yield server


def test_open_pages_come_back_after_the_server_was_killed_with_the_unfinished_expense_in_its_form(
    stage: Callable[..., Stage], sqlite_server: Server
) -> None:
    flat = stage("Alma", "Bo", "Cy", "Di")
    flat.group.add(3000, "Alma", title="Dinner")
    alma, bo = flat.enter("Alma"), flat.enter("Bo", "balances", phone=True)
    for person in (alma, bo):
        person.stays()
    sheet = begin_by_percent(alma)

    sqlite_server.kill()
    sheet.get_by_role("textbox", name="Bo, percent").fill("40")  # typed into the void
    for person in (alma, bo):
        expect(person.page.get_by_text(LOST)).to_be_visible()
    flat.group.add(900, "Cy", title="Coffee")  # by another way, while the pages hear nothing
    sqlite_server.start()

    for person in (alma, bo):
        _is_new(person)
    sheet = alma.sheet("Add expense")
    expect(sheet.get_by_text("Your unfinished expense is back.")).to_be_visible()
    expect(sheet.get_by_label("Amount")).to_have_value("80+12.48")
    expect(sheet.get_by_role("radio", name="Percent")).to_be_checked()
    expect(sheet.get_by_role("textbox", name="Bo, percent")).to_have_value("40")
    expect(sheet.get_by_role("checkbox", name="Cy", exact=True)).not_to_be_checked()
    alma.sees("Coffee")
    expect(bo.page.get_by_role("button", name="Alma +€20.25")).to_be_visible()

    sheet.get_by_role("button", name="Save expense").click()
    alma.sees("Sailing lesson", "€92.48")
    expect(bo.page.get_by_role("button", name="Alma +€57.24")).to_be_visible()


def test_a_page_that_was_offline_for_a_while_catches_up_without_being_loaded_again(
    stage: Callable[..., Stage],
) -> None:
    flat = stage("Alma", "Bo", "Cy", "Di")
    alma, bo = flat.enter("Alma", phone=True), flat.enter("Bo")
    alma.stays()
    begin_by_percent(alma)
    before = typed(alma)

    alma.page.context.set_offline(True)
    expect(alma.page.get_by_text(LOST)).to_be_visible()
    bo.add("30", "Dinner")
    alma.page.context.set_offline(False)
    alma.sees("Dinner")
    expect(alma.page.get_by_text(LOST)).to_be_hidden()
    assert typed(alma) == before
    alma.is_still_there()


def test_what_is_pressed_without_a_connection_is_answered_at_once_and_done_with_one(
    stage: Callable[..., Stage],
) -> None:
    flat = stage("Alma", "Bo")
    flat.group.add(3000, "Alma", title="Dinner")
    alma = flat.enter("Alma", phone=True)
    alma.page.context.set_offline(True)
    alma.press("Add expense")
    word = alma.page.locator(".mc-toast", has_text="Waiting for the connection…")
    expect(word).to_be_visible()
    alma.press("Add expense")
    expect(word).to_have_count(1)
    alma.page.context.set_offline(False)
    sheet = alma.sheet("Add expense")
    expect(sheet).to_have_count(1)
    expect(word).to_have_count(0)
    alma.page.context.set_offline(True)
    sheet.get_by_label("What for").fill("Half a taxi")
    sheet.get_by_role("button", name="Close").tap()  # the browser does this by itself
    expect(sheet).to_have_count(0)
    expect(word).to_have_count(0)
    alma.page.context.set_offline(False)
    expect(alma.begin_expense().get_by_label("What for")).to_have_value("Half a taxi")


def test_a_page_that_slept_until_the_server_had_forgotten_it_is_right_when_it_wakes(
    sqlite_url: str, tmp_path: Path, person: Callable[..., Person]
) -> None:
    with Server(sqlite_url, tmp_path, program=FORGETFUL) as server, staged(server, person) as stage:
        flat = stage("Alma", "Bo", "Cy", "Di")
        alma, bo = flat.enter("Alma", phone=True), flat.enter("Bo")
        alma.stays()
        begin_by_percent(alma)
        alma.page.context.set_offline(True)
        expect(alma.page.get_by_text(LOST)).to_be_visible()
        expect(bo.here()).to_be_hidden()
        bo.add("30", "Dinner")

        alma.page.context.set_offline(False)
        _is_new(alma)
        alma.sees("Dinner")
        expect(alma.sheet("Add expense").get_by_label("What for")).to_have_value("Sailing lesson")
        expect(bo.here()).to_have_text("Alma is here")


def _is_new(person: Person) -> None:
    """Wait until the page has loaded itself again."""
    person.page.wait_for_function("window.stays === undefined")
    person.ready()
