"""MyCount can be installed as an app: browsers find nothing missing, and its worker is at work."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.person import Person
from tests.browser.stage import Stage
from tests.conftest import copied
from tests.server import Server

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
