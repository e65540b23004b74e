"""Screens follow by turns: every one ends with the truth, whoever acts is first, and nobody holds up the others."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator

import pytest
from nicegui import Client, core, ui

from pages.calls import call
from pages.turns import Turns, acting, acts


@pytest.fixture(autouse=True)
def page_loop(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Lets tasks of pages run in the loop of a test; to be called in it."""
    yield lambda: monkeypatch.setattr(core, "loop", asyncio.get_running_loop())


class Screens:
    """Screens of one group, each of which shows what it read at its turn."""

    def __init__(self, many: int) -> None:
        self.truth = 0
        self.shown = [0] * many
        self.drawn: list[int] = []
        self.turns = Turns()
        self.may_draw = asyncio.Event()
        self._drew = asyncio.Event()

    def change(self, *, by: int | None = None) -> None:
        """Change what is true, as somebody who looks at one of them, or nobody of them, would."""
        self.truth += 1
        for number in range(len(self.shown)):
            self.turns.ask(number, self._drawing(number), first=number == by)

    async def settled(self) -> None:
        """Wait until every screen shows the truth."""
        async with asyncio.timeout(20):
            while set(self.shown) != {self.truth}:
                self._drew.clear()
                await self._drew.wait()

    def _drawing(self, number: int) -> Callable[[], Awaitable[None]]:
        async def draw() -> None:
            await self.may_draw.wait()
            read = self.truth
            await asyncio.sleep(0)
            self.shown[number] = read
            self.drawn.append(number)
            self._drew.set()

        return draw


def test_after_many_changes_at_once_every_screen_shows_the_last_and_was_drawn_a_few_times(
    page_loop: Callable[[], None],
) -> None:
    async def story() -> None:
        page_loop()
        screens = Screens(10)
        for _ in range(200):
            screens.change()
        screens.may_draw.set()
        await screens.settled()
        assert max(screens.drawn.count(number) for number in range(10)) <= 2

    asyncio.run(story())


def test_whoever_makes_a_change_sees_it_before_all_who_wait(page_loop: Callable[[], None]) -> None:
    async def story() -> None:
        page_loop()
        screens = Screens(50)
        screens.change()
        screens.change(by=49)
        screens.may_draw.set()
        await screens.settled()
        assert screens.drawn.index(49) <= 2  # two were at work already

    asyncio.run(story())


def test_a_screen_that_waits_in_vain_or_fails_does_not_keep_the_others_waiting(
    page_loop: Callable[[], None],
) -> None:
    async def story() -> None:
        page_loop()
        turns, never, done = Turns(), asyncio.Event(), asyncio.Event()

        async def fail() -> None:
            raise OSError

        async def show() -> None:
            done.set()

        for number in range(6):
            turns.ask(f"stuck {number}", never.wait)
            turns.ask(f"failing {number}", fail)
        turns.ask("last", show)
        async with asyncio.timeout(20):
            await done.wait()
        never.set()
        await asyncio.sleep(0)

    asyncio.run(story())


def test_a_page_acts_for_as_long_as_it_calls_a_service(page_loop: Callable[[], None]) -> None:
    async def story() -> None:
        page_loop()
        mine, others = Client(ui.page("/mine")), Client(ui.page("/others"))
        with mine:
            seen = await call(lambda: (acts(mine.id), acts(others.id)))
            assert seen == (True, False)
        assert not acts(mine.id)
        with acting():  # outside of any page
            pass
        for client in (mine, others):
            client.delete()

    asyncio.run(story())
