"""Names and titles that would be markup are text in the page as it is sent: in what is seen first, too."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from mycount.services import groups
from tests import asking
from tests.conftest import copied, opened
from tests.server import Server
from tests.world import World

HOSTILE = "\"><img src=x onerror=alert(1)></script><script>alert(2)</script>'`${1}"
LINK = "%22%3E%3Cimg%20src%3Dx%3E%3Cscript%3Ealert(2)%3C%2Fscript%3E"


@pytest.fixture(scope="module")
def member(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Somebody in a group where everything is called so."""
    folder = tmp_path_factory.mktemp("hostile")
    with Server(copied(sqlite_template, folder), folder) as server:
        for database in opened(server.database_url):
            world = World(database)
            scene = world.group(f"Ann{HOSTILE}", f"Bo{HOSTILE}")
            scene.add(900, f"Ann{HOSTILE}", title=f"Dinner{HOSTILE}", note=f"Note{HOSTILE}")
            groups.edit(scene.owner, scene.id, name=f"Trip{HOSTILE}", icon="sailing", currency="EUR")
            cookies = {"mycount_session": world.device(scene.owner)}
        with asking.client(
            base_url=server.address, cookies=cookies, headers={"Accept": "text/html"}
        ) as client:
            yield client


@pytest.mark.parametrize(
    "path",
    ["/", "/activity", "/you", *(f"/groups/1{view}" for view in ("", "/balances", "/settle", "/more"))],
)
@pytest.mark.parametrize("query", ["", f"?q={LINK}&person={LINK}"])
def test_what_people_typed_is_text_in_every_page(member: httpx.Client, path: str, query: str) -> None:
    page = member.get(path + query)

    assert page.status_code == 200
    assert "<img src=x" not in page.text and "<script>alert" not in page.text
    assert not re.findall(r"<script(?! nonce=)", page.text)
    (elements,) = re.findall(r"String\.raw`(.*?)`", page.text, re.DOTALL)
    assert "${" not in elements and elements.strip().endswith("}")
