"""MyCount can be installed as an app: browsers find nothing missing, and its worker is at work."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from mycount.services import invites
from tests.browser.person import Person
from tests.browser.stage import Stage
from tests.conftest import copied
from tests.server import Server

FIRST_SHORTCUT = """fetch(document.querySelector("link[rel=manifest]").href)
    .then((answer) => answer.json()).then((manifest) => manifest.shortcuts[0])"""
NOT_IN_PRIVATE = ["in-incognito"]  # all that is left to object to: tests have profiles that are thrown away


def objections(page: Page) -> list[str]:
    """What the browser says against installing."""
    asked = page.context.new_cdp_session(page)
    assert asked.send("Page.getAppManifest")["errors"] == []
    return [one["errorId"] for one in asked.send("Page.getInstallabilityErrors")["installabilityErrors"]]


def test_it_can_be_installed_from_any_page_in_ones_own_language(stage: Callable[..., Stage]) -> None:
    flat = stage("Alma", "Bo")
    alma = flat.enter("Alma", phone=True, locale="de-DE")

    assert objections(alma.page) == NOT_IN_PRIVATE
    assert alma.worker() == f"{alma.server.address}/"
    address = alma.page.get_attribute("link[rel=manifest]", "href")
    assert address is not None and "language=de&" in address
    assert alma.page.locator("link[rel=apple-touch-icon]").count() == 1
    alma.page.context.clear_cookies()
    alma.open("/sign-in")
    assert objections(alma.page) == NOT_IN_PRIVATE


def test_its_shortcut_for_an_expense_leads_to_the_group_seen_last(stage: Callable[..., Stage]) -> None:
    before, last = stage("Alma", "Bo"), stage("Cy", "Di")
    alma = before.enter("Alma", phone=True)
    alma.join(f"/join/{invites.make(last.group.owner, last.group.id).token}", name="Alma")
    shortcut = alma.page.evaluate(FIRST_SHORTCUT)
    assert shortcut["name"] == "Add expense"

    for group in (last, before):
        alma.open(group.path)
        alma.open("/")  # where all groups are seen
        alma.page.goto(shortcut["url"])
        alma.page.wait_for_url(f"**{group.path}")
        expect(alma.sheet("Add expense").get_by_label("Amount")).to_be_focused()
    alma.page.reload()
    alma.ready()
    sheet = alma.sheet("Add expense")  # as it was
    sheet.get_by_role("button", name="Close").click()
    expect(sheet).to_have_count(0)

    alma.page.evaluate("mycount.lastSeen.forget()")
    alma.open(shortcut["url"])
    expect(alma.page.get_by_role("heading", name="Groups")).to_be_visible()


@pytest.mark.parametrize("below", ["/money"])
def test_below_a_path_it_is_an_app_of_that_path_only(
    sqlite_template: Path, tmp_path: Path, person: Callable[..., Person], below: str
) -> None:
    with Server(copied(sqlite_template, tmp_path), tmp_path, below=below) as server:
        alma = person(server)
        alma.open(f"{below}/sign-in")

        assert objections(alma.page) == NOT_IN_PRIVATE
        assert alma.worker() == f"{server.address}{below}/"
        alma.page.context.set_offline(True)
        alma.page.goto(f"{below}/sign-up")
        assert alma.page.get_by_role("heading").count() == 1
        alma.page.context.set_offline(False)
        alma.page.wait_for_function("window.did_handshake === true")
        assert alma.page.url == f"{server.address}{below}/sign-up"
