"""Where a group's sheets open: a press opens what it names, whatever the one before it still waits for."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from nicegui import core, ui
from nicegui.testing import User, user_simulation

from mycount.domain.ids import GroupId, UserId
from mycount.services import groups
from pages.desk import Desk
from pages.elements import Sheet, sheet
from tests.world import World

Story = Callable[[User, "SlowSheets"], Awaitable[None]]


class SlowSheets:
    """Sheets that read before they are there, or while they are there already, until `answers` is set."""

    def __init__(self) -> None:
        self.answers = asyncio.Event()
        self.opened: list[Sheet] = []
        self._more = asyncio.Condition()
        self.presses = 0

    async def reads_first(self) -> None:
        """Read, and open."""
        self.presses += 1
        await self.answers.wait()
        await self._open()

    async def opened_are(self, number: int) -> None:
        """Wait until so many sheets were opened."""
        async with asyncio.timeout(5), self._more:
            await self._more.wait_for(lambda: len(self.opened) == number)

    async def _open(self) -> None:
        self.opened.append(sheet("Expense", "Close"))
        async with self._more:
            self._more.notify_all()

    async def reads_then(self) -> None:
        """Open, and read what may have changed meanwhile."""
        self.presses += 1
        await self._open()
        await self.answers.wait()


@pytest.fixture
def play(world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[Story], None]:
    """Run a story on a page with buttons for an expense, one for each order of reading and opening, and another."""
    monkeypatch.setattr(core.app.storage, "path", tmp_path / "nicegui")
    scene = world.group()
    seen = groups.see(scene.owner, scene.id)

    async def run(story: Story) -> None:
        sheets = SlowSheets()

        def page() -> None:
            desk = Desk(UserId(scene.owner), GroupId(scene.id), seen)
            ui.button("Read, then open", on_click=lambda: desk.open("expense", sheets.reads_first))
            ui.button("Open, then read", on_click=lambda: desk.open("expense", sheets.reads_then))
            ui.button("Another", on_click=lambda: desk.open("another", sheets.reads_then))

        async with user_simulation(page) as user:
            await user.open("/")
            await story(user, sheets)

    return lambda story: asyncio.run(run(story))


def test_a_sheet_that_was_closed_while_it_was_read_for_opens_again_at_once(
    play: Callable[[Story], None],
) -> None:
    async def story(user: User, sheets: SlowSheets) -> None:
        user.find("Open, then read").click()
        await sheets.opened_are(1)
        sheets.opened[0].close()
        user.find("Open, then read").click()
        await sheets.opened_are(2)
        sheets.answers.set()
        assert sheets.opened[1].is_open

    play(story)


@pytest.mark.parametrize("name", ["Read, then open", "Open, then read"])
def test_a_double_press_opens_one_also_while_the_database_is_slow(
    play: Callable[[Story], None], name: str
) -> None:
    async def story(user: User, sheets: SlowSheets) -> None:
        user.find(name).click()
        user.find(name).click()
        sheets.answers.set()
        await sheets.opened_are(1)
        user.find(name).click()
        user.find("Another").click()  # heard after the one before
        await sheets.opened_are(2)
        assert sheets.presses == 2
        assert all(one.is_open for one in sheets.opened)

    play(story)
