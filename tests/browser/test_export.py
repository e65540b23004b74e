"""Whoever wants to take a group along gets it as a file, on a phone too, and the page goes on meanwhile."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Download, expect

from mycount.services import members
from tests.browser.person import Person
from tests.browser.stage import Stage


def test_a_group_is_downloaded_as_a_table_and_whole(stage: Callable[..., Stage]) -> None:
    flat = stage("Alma", "Bo")
    flat.group.add(3000, "Alma", title="=Museum")
    alma = flat.enter("Alma", "more", phone=True)
    alma.worker()  # it has every page pass, and so downloads
    alma.stays()

    table = _downloaded(alma, "Table (CSV)")
    whole = _downloaded(alma, "Everything (JSON)", by_keyboard=True)

    assert table.suggested_filename.startswith("Lisbon 2026 20") and table.suggested_filename.endswith(".csv")
    expense, balance = csv.DictReader(io.StringIO(_read(table).removeprefix("\ufeff"), newline=""))
    assert (expense["Title"], expense["Amount"]) == ("'=Museum", "30.00")
    assert (balance["Alma"], balance["Bo"]) == ("15.00", "-15.00")
    found = json.loads(_read(whole))
    assert found["is_whole"] and [one["title"] for one in found["expenses"]] == ["=Museum"]

    alma.is_still_there()
    flat.enter("Bo").add("4", "Ice cream")
    alma.tab("Expenses")
    expect(alma.row("Ice cream")).to_be_visible()


def test_who_was_removed_while_the_page_was_open_downloads_nothing(stage: Callable[..., Stage]) -> None:
    flat = stage("Alma", "Bo")
    bo = flat.enter("Bo", "more")
    # By a server that this one hears nothing of: the page is still there.
    members.remove(flat.group.owner, flat.group.id, flat.group.members["Bo"])

    bo.page.get_by_role("link", name="Table (CSV)").click()

    expect(bo.page.get_by_text("There is no such group, or you are not in it.")).to_be_visible()
    expect(bo.page.get_by_role("link", name="To the start")).to_be_visible()


def _downloaded(person: Person, name: str, *, by_keyboard: bool = False) -> Download:
    link = person.page.get_by_role("link", name=name)
    with person.page.expect_download() as told:
        if by_keyboard:
            link.focus()
            person.page.keyboard.press("Enter")
        else:
            link.click()
    return told.value


def _read(download: Download) -> str:
    return Path(download.path()).read_text(encoding="utf-8")
