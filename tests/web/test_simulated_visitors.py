"""What pages rely on is on NiceGUI's own app, so that the simulated visitors of page tests are real ones."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from nicegui import Client, core
from nicegui.testing import User
from nicegui.testing.general import nicegui_reset_globals, prepare_simulation
from sqlalchemy import delete
from starlette.requests import empty_send

from mycount.db.session import Database
from mycount.db.tables import SessionRow
from mycount.services import sessions, users
from mycount.settings import Settings
from mycount.web.app import equip
from mycount.web.metrics import Metrics
from mycount.web.socket_guard import SocketGuard, session_of
from tests.web.small_site import add_pages

OURS = {"X-MyCount": "1", "Sec-Fetch-Site": "same-origin", "Accept": "text/html"}
Visit = Callable[[User, SocketGuard], Awaitable[None]]


@pytest.fixture
def visit(database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[Visit], None]:
    """Run a visit of the small site, simulated."""
    monkeypatch.setenv("NICEGUI_USER_SIMULATION", "true")
    monkeypatch.setattr(core.app.storage, "path", tmp_path / "nicegui")

    @asynccontextmanager
    async def visiting() -> AsyncIterator[tuple[User, SocketGuard]]:
        with nicegui_reset_globals():
            prepare_simulation()
            guard = equip(Settings(), Metrics("1", "abc"))
            add_pages()
            transport = httpx.ASGITransport(core.app)
            async with (
                core.app.router.lifespan_context(core.app),
                httpx.AsyncClient(transport=transport, base_url="http://test", headers=OURS) as client,
            ):
                yield User(client), guard

    async def run(story: Visit) -> None:
        async with visiting() as (user, guard):
            await story(user, guard)

    return lambda story: asyncio.run(run(story))


async def sign_in(user: User) -> None:
    ticket = users.sign_up("Ann", "ann@example.org", "correct horse 7 battery").ticket
    answer = await user.http_client.post("/auth/session", json={"ticket": ticket})
    assert answer.status_code == 200


def test_a_simulated_visitor_is_sent_to_sign_in_and_comes_in_by_a_ticket(
    visit: Callable[[Visit], None],
) -> None:
    async def story(user: User, _guard: SocketGuard) -> None:
        await user.open("/groups/1")
        await user.should_see("sign in here", retries=300)
        await sign_in(user)
        await user.open("/groups/1")
        await user.should_see("pressed 0", retries=300)
        user.find("Press").click()
        await user.should_see("pressed 1", retries=300)

    visit(story)


def test_the_page_of_a_session_that_ends_elsewhere_is_dropped(
    visit: Callable[[Visit], None], database: Database
) -> None:
    async def story(user: User, guard: SocketGuard) -> None:
        await sign_in(user)
        page = await user.open("/groups/1")
        await guard.recheck()
        assert page.id in Client.instances

        with database.writing() as session:
            session.execute(delete(SessionRow))  # nobody announces it
        await guard.recheck()
        await asyncio.wait(set(guard._tasks))
        assert page.id not in Client.instances

    visit(story)


def test_nobody_listens_for_the_session_of_pages_that_are_gone(visit: Callable[[Visit], None]) -> None:
    async def story(user: User, guard: SocketGuard) -> None:
        await sign_in(user)
        first, second = await user.open("/groups/1"), await user.open("/groups/2")
        visitor = await asyncio.to_thread(sessions.find, user.http_client.cookies["mycount_session"])
        assert visitor
        guard._watch(visitor.session_id)
        first.delete()
        assert guard._watched
        second.delete()
        assert not guard._watched

    visit(story)


def test_a_page_that_is_open_keeps_none_of_its_html_and_knows_who_looks(
    visit: Callable[[Visit], None],
) -> None:
    async def story(user: User, _guard: SocketGuard) -> None:
        await sign_in(user)
        page = await user.open("/groups/1")
        assert (page.head_html, page.body_html) == (Client.shared_head_html, Client.shared_body_html)
        assert page.request._send is empty_send
        assert session_of(page) is not None
        user.find("Press").click()
        await user.should_see("pressed 1", retries=300)

    visit(story)
