"""A list that is read in stretches shows what was asked for last, whichever answer comes first."""

import asyncio
from datetime import date
from types import SimpleNamespace

from mycount.domain.ids import ExpenseId
from mycount.domain.ledger import Kind
from mycount.services.views import ExpenseLine, ExpensePage, Tally
from pages.stretches import After, Stretches

DAY = date(2026, 3, 14)


class Shelf:
    """A list of numbers that answers when it is told to."""

    def __init__(self, *numbers: int, found: tuple[Tally, ...] | None = None) -> None:
        self.numbers, self.found = numbers, found
        self.asked = 0
        self.open = asyncio.Event()
        self.open.set()

    async def read(self, after: After, limit: int) -> ExpensePage:
        self.asked += 1
        begin = 0 if after is None else self.numbers.index(after[1]) + 1
        await self.open.wait()
        lines: list[ExpenseLine] = [SimpleNamespace(id=n) for n in self.numbers[begin : begin + limit]]  # type: ignore[misc]
        more = begin + limit < len(self.numbers)
        last = (DAY, ExpenseId(self.numbers[begin + limit - 1])) if more else None
        return ExpensePage(tuple(lines), last, self.found)


def shown(lines: Stretches) -> list[int]:
    return [line.id for line in lines.lines]


def test_an_older_answer_never_replaces_a_newer_one() -> None:
    async def story() -> None:
        slow, quick = Shelf(1, 2), Shelf(3, found=(Tally(Kind.EXPENSE, "EUR", 1, 100),))
        slow.open.clear()
        lines = Stretches(slow.read)
        first = asyncio.create_task(lines.refresh())
        await asyncio.sleep(0)
        lines.turn_to(quick.read)
        second = asyncio.create_task(lines.refresh())
        slow.open.set()
        await first
        assert 1 not in shown(lines)
        await second
        assert shown(lines) == [3]
        assert lines.found == quick.found

    asyncio.run(story())


def test_news_that_come_while_the_list_is_read_are_answered_by_one_more_reading() -> None:
    async def story() -> None:
        shelf = Shelf(1, 2)
        shelf.open.clear()
        lines = Stretches(shelf.read)
        rounds = [asyncio.create_task(lines.refresh()) for _ in range(1)]
        await asyncio.sleep(0)
        rounds += [asyncio.create_task(lines.refresh()) for _ in range(5)]
        await asyncio.sleep(0)
        shelf.numbers = (1, 2, 3)
        shelf.open.set()
        await asyncio.gather(*rounds)
        assert shown(lines) == [1, 2, 3]
        assert shelf.asked == 2

    asyncio.run(story())


def test_the_lines_of_another_list_are_seen_before_they_are_counted() -> None:
    async def story() -> None:
        tally = (Tally(Kind.EXPENSE, "EUR", 2, 300),)
        counted, seen = asyncio.Event(), asyncio.Event()
        shelf = Shelf(1, 2)

        async def count() -> tuple[Tally, ...]:
            await counted.wait()
            return tally

        lines = Stretches(Shelf(9).read)
        await lines.refresh()
        lines.turn_to(shelf.read, count)
        reading = asyncio.create_task(lines.refresh(seen.set))
        await seen.wait()
        assert (shown(lines), lines.found) == ([1, 2], None)
        counted.set()
        await reading
        assert lines.found == tally

        shelf.numbers = (1, 2, 3)  # when the same list is read anew, its count stays until there is another
        counted.clear()
        seen.clear()
        reading = asyncio.create_task(lines.refresh(seen.set))
        await asyncio.sleep(0)
        assert lines.found == tally and not seen.is_set()
        counted.set()
        await reading
        assert shown(lines) == [1, 2, 3] and not seen.is_set()

    asyncio.run(story())


def test_what_a_stretch_tells_of_all_is_not_counted_again() -> None:
    async def story() -> None:
        async def count() -> tuple[Tally, ...]:
            raise AssertionError

        tally = (Tally(Kind.EXPENSE, "EUR", 1, 100),)
        lines = Stretches(Shelf(1, found=tally).read, count)
        await lines.refresh()
        assert lines.found == tally

    asyncio.run(story())


def test_another_list_begins_with_its_first_stretch_and_does_not_go_on_with_the_one_before() -> None:
    async def story() -> None:
        lines = Stretches(Shelf(*range(1, 11)).read, step=2)
        await lines.refresh()
        for _ in range(2):
            await lines.grow()
        assert shown(lines) == [1, 2, 3, 4, 5, 6]
        await lines.refresh()
        assert len(lines.lines) == 6
        lines.turn_to(Shelf(*range(20, 30)).read)
        await lines.grow()
        assert len(lines.lines) == 6
        await lines.refresh()
        assert (shown(lines), lines.more) == ([20, 21], True)

    asyncio.run(story())
