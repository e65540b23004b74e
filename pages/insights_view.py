"""The tab with the insights: what was spent by month, by category and by person, for everyone or for me."""

from collections.abc import Callable
from functools import partial

from nicegui import background_tasks, ui

from mycount.domain.ids import MemberId
from pages import insights_words
from pages.desk import Desk
from pages.elements import button, empty_state, stack
from pages.group_actions import add_expense
from pages.insights_cards import InsightsCards
from pages.insights_choices import InsightsChoices
from pages.insights_period import Period
from pages.insights_reading import InsightsReading
from pages.insights_words import Shown
from pages.weakly import weakly
from pages.words import _


class InsightsView:
    """Drawn for what was read last; what is chosen above it is shown in place, once it has been read."""

    def __init__(self, desk: Desk, reading: InsightsReading, changed: Callable[[], object]) -> None:
        """`changed` hears that something else has been chosen."""
        self._desk = desk
        self._reading = reading
        self._changed = changed
        self._box: ui.element | None = None
        self._cards: InsightsCards | None = None
        self._shown: object = None

    def draw(self) -> None:
        """Build it where one stands; what was read before is there at once."""
        self._cards, self._shown = None, None
        with stack(wide=True).classes("mc-insights"):
            self._choices = InsightsChoices(self._reading, weakly(self._choose))
            self._box = stack(wide=True)
        self.show()
        if not self._reading.is_fresh:
            self._read_soon()

    def show(self) -> None:
        """Show what was read last; nothing is sent if it is what is shown."""
        if self._box is None or self._box.is_deleted:
            return
        group = self._desk.seen
        self._choices.show(anything=bool(group.money))
        words = self._words()
        now = words or (self._reading.seen is None, bool(group.money), group.can_change)
        if now == self._shown:
            return
        self._shown = now
        if words is not None and self._cards is not None:
            self._cards.show(words)
            return
        self._cards = None
        self._box.clear()
        with self._box:
            if words is not None:
                self._cards = InsightsCards(words)
            else:
                self._draw_nothing()

    def _words(self) -> Shown | None:
        spending, reading = self._reading.spending, self._reading
        if spending is None or reading.seen is None:
            return None
        return insights_words.shown(self._desk.seen, spending, reading.period, mine=reading.mine)

    def _draw_nothing(self) -> None:
        if self._reading.seen is None:
            ui.element("div").classes("mc-wait")
        elif self._desk.seen.money:
            with empty_state("search", _("Nothing was spent in this time.")):
                if self._reading.period != Period("all"):
                    button(_("Show all time"), None, "soft", self._choices.choose_all)
        else:
            sentence = _(
                "Once somebody has paid for something, you see here what it went to, month by month."
            )
            with empty_state("expenses", sentence):
                if self._desk.seen.can_change:
                    button(_("Add an expense"), "add", on_click=partial(add_expense, self._desk))

    def _choose(self, must_read: bool) -> None:
        self._changed()
        if must_read:
            self._read_soon()
        else:
            self.show()

    def _read_soon(self) -> None:
        background_tasks.create(self._read(), name="read insights")

    async def _read(self) -> None:
        with self._desk.at_work():
            await self._reading.refresh()
            if not self._reading.people <= self._known():
                await self._desk.look()
            self.show()

    def _known(self) -> set[MemberId]:
        return {member.id for member in (*self._desk.seen.members, *self._desk.seen.former)}
