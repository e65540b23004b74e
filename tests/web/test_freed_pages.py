"""A page that is gone leaves memory at once, without the garbage collector, which would hold up everybody else."""

import asyncio
import gc
import weakref
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import httpx
import pytest
from nicegui import core
from nicegui.testing import User
from nicegui.testing.general import nicegui_reset_globals, prepare_simulation

import pages
from mycount.db.session import Database
from mycount.settings import Settings
from mycount.web.app import equip
from mycount.web.metrics import Metrics
from tests.waiting import PATIENCE
from tests.world import World

OURS = {"X-MyCount": "1", "Sec-Fetch-Site": "same-origin", "Accept": "text/html"}
Story = Callable[[User], Awaitable[None]]
VIEWS = ("", "/balances", "/settle", "/insights", "/more")


@pytest.fixture
def no_collector() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[Story, str], None]:
    """Run a story of somebody who is signed in with a token."""
    monkeypatch.setenv("NICEGUI_USER_SIMULATION", "true")
    monkeypatch.setattr(core.app.storage, "path", tmp_path / "nicegui")

    async def run(story: Story, token: str) -> None:
        with nicegui_reset_globals():
            prepare_simulation()
            equip(Settings(), Metrics("1", "abc"))
            pages.add_pages()
            transport = httpx.ASGITransport(core.app)
            cookies = {"mycount_session": token}
            async with (
                core.app.router.lifespan_context(core.app),
                httpx.AsyncClient(
                    transport=transport, base_url="http://test", headers=OURS, cookies=cookies
                ) as client,
            ):
                await story(User(client))

    return lambda story, token: asyncio.run(run(story, token))


async def left_of(user: User, address: str) -> set[str]:
    """Open a page and close it; give the kinds of elements that are still there when all has had time to end."""
    page = await user.open(address)
    assert page.elements
    left = [weakref.ref(element) for element in page.elements.values()]
    page.delete()
    user.client = None
    del page
    end = asyncio.get_running_loop().time() + PATIENCE
    while any(one() for one in left) and asyncio.get_running_loop().time() < end:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    return {type(found).__name__ for one in left if (found := one())}


def test_a_page_that_is_gone_is_freed_without_the_collector(
    visit: Callable[[Story, str], None], database: Database, no_collector: None
) -> None:
    world = World(database)
    ann = world.account("Ann")
    scene = world.group("Ann", "Bo", "Cy", owner=ann.id)
    scene.add(1000, "Bo")

    async def story(user: User) -> None:
        for address in ["/", "/activity", "/you", "/deleted", *(f"/groups/{scene.id}{one}" for one in VIEWS)]:
            assert (address, await left_of(user, address)) == (address, set())

    visit(story, ann.token)
