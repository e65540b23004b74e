"""A language whose words are forty percent longer than English has room on the smallest phone."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po

from pages.language import CATALOGS
from tests.browser.fitting import everything_fits
from tests.browser.person import Person
from tests.browser.stage import staged
from tests.conftest import copied
from tests.server import Server

_TWICE = dict(zip("aeiounstAEIOUNST", "áéíóúñšťáéíóúñšť", strict=True))
LONGER = str.maketrans({letter: letter + accented for letter, accented in _TWICE.items()})

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
        flat = stage("Alma", "Bo", "Cy", "Di")
        flat.group.add(123_456_00, "Alma", title="Rent")
        flat.group.add(4200, "Bo", currency="CHF", title="Fondue")
        everything_fits(flat, person, long, locale="nl-NL")  # as Dutch it is served


def _placed(part: str) -> tuple[str, str, str]:
    return part.partition("}")
