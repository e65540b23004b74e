"""A language whose words are forty percent longer than English has room on the smallest phone."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po
from playwright.sync_api import expect

from mycount.services import invites
from pages.language import CATALOGS
from tests.browser.fitting import fits
from tests.browser.person import Person
from tests.browser.stage import Stage, staged
from tests.conftest import copied
from tests.server import Server

SMALL = {"viewport": {"width": 320, "height": 640}, "locale": "nl-NL"}  # as Dutch it is served
_TWICE = dict(zip("aeiounstAEIOUNST", "áéíóúñšťáéíóúñšť", strict=True))
LONGER = str.maketrans({letter: letter + accented for letter, accented in _TWICE.items()})
VIEWS = ("Balances", "Settle up", "Insights", "More")

# The program as it is, but for where the sentences are.
PROGRAM = """
import sys
from pathlib import Path
from mycount.__main__ import main
import pages.language
pages.language.CATALOGS = Path(sys.argv.pop(1))
main()
"""


def long(text: str) -> str:
    """Write many letters twice, but for those in {places}: that makes words longer, not only sentences."""
    parts = text.split("{")
    return "{".join(
        [
            parts[0].translate(LONGER),
            *(f"{place}}}{after.translate(LONGER)}" for place, _, after in map(_placed, parts[1:])),
        ]
    )


@pytest.fixture(scope="module")
def server(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """MyCount with a catalog that is made now, in which every sentence is long."""
    folder = tmp_path_factory.mktemp("long")
    with (CATALOGS / "messages.pot").open("rb") as file:
        known = read_po(file, locale="nl")
    for message in known:
        if message.id:
            message.string = tuple(map(long, message.id)) if message.pluralizable else long(str(message.id))
    catalog = folder / "words" / "nl" / "LC_MESSAGES" / "messages.po"
    catalog.parent.mkdir(parents=True)
    with catalog.open("wb") as file:
        write_po(file, known)
    program = ("-c", PROGRAM, str(folder / "words"))
    with Server(copied(sqlite_template, folder), folder, program=program) as server:
        yield server


def test_it_is_longer() -> None:
    assert long("Settle up") == "Sšeétťtťleé uúp"
    assert long("{n} owe {name}!") == "{n} oóweé {name}!"
    with (CATALOGS / "messages.pot").open("rb") as file:
        sentences = [str(message.id) for message in read_po(file) if message.id and not message.pluralizable]
    assert sum(map(len, map(long, sentences))) > 1.4 * sum(map(len, sentences))


def test_nothing_is_wider_than_the_smallest_phone(server: Server, person: Callable[..., Person]) -> None:
    with staged(server, person) as stage:
        _look_at_everything(stage("Alma", "Bo", "Cy", "Di"), person)


def _look_at_everything(flat: Stage, person: Callable[..., Person]) -> None:
    flat.group.add(123_456_00, "Alma", title="Rent")
    flat.group.add(4200, "Bo", currency="CHF", title="Fondue")
    alma = flat.enter("Alma", phone=True, **SMALL)
    expect(alma.page.get_by_role("tab", name=long("Balances"))).to_be_attached()
    fits(alma)
    alma.press(long("Add expense"))
    for mode in ("Shares", "Percent", "Amounts", "Adjust"):
        alma.sheet(long("Add expense")).get_by_role("radio", name=long(mode)).click()
        fits(alma)
    _fits_and_closes(alma, long("Add expense"))
    alma.press(long("Invite"))
    _fits_and_closes(alma, long("Invite to {group}").replace("{group}", "Lisbon 2026"))
    alma.row("Fondue").get_by_role("button").click()
    _fits_and_closes(alma, "Fondue")
    for view in VIEWS:
        alma.tab(long(view))
        fits(alma)
    alma.press(long("Settings"))
    _fits_and_closes(alma, long("Settings"))
    for address in ("/", "/activity", "/you", "/deleted"):
        alma.open(address)
        fits(alma)
    stranger = person(flat.server, "Fay", phone=True, **SMALL)
    for address in ("/sign-in", "/sign-up", f"/join/{invites.make(flat.group.owner, flat.group.id).token}"):
        stranger.open(address)
        fits(stranger)
    stranger.page.goto("/no/such/page")
    fits(stranger)


def _fits_and_closes(one: Person, name: str) -> None:
    sheet = one.sheet(name)
    expect(sheet.locator(".mc-sheet")).to_have_css("transform", "none")
    fits(one)
    sheet.get_by_role("button", name=long("Close")).click()
    expect(sheet).to_be_hidden()


def _placed(part: str) -> tuple[str, str, str]:
    return part.partition("}")
