"""The three cards of the insights: the months with the one large sum, the categories, the people."""

from nicegui import ui

from pages.elements import amount, caption, card, heading
from pages.elements.month_chart import MonthChart
from pages.elements.spending import Figures, FigureTable, SpendingBar, SpendingBars
from pages.insights_words import Shown
from pages.words import _


class InsightsCards:
    """Built once; `show` changes in place what has changed."""

    def __init__(self, words: Shown) -> None:
        with card(wide=True).classes("mc-insights-months"):
            self._caption = caption(words.caption)
            self._amount = amount(words.amount, size="large")
            self._line = caption(words.line)
            self._chart = MonthChart()
            self._months = Figures(_("Show as table"), words.months)
        with ui.element("div").classes("mc-insights-parts"):
            self._categories = _Part(_("By category"), words.categories, words.category_figures)
            self._people = _Part(_("By person"), words.people, words.people_figures)
        rule = _("Expenses add up and incomes are taken off. Payments between people do not count.")
        caption(rule).classes("mc-center")
        self.show(words)

    def show(self, words: Shown) -> None:
        """Show these words and pictures."""
        self._caption.set_text(words.caption)
        self._amount.show(words.amount)
        self._line.set_text(words.line)
        self._line.set_visibility(bool(words.line))
        self._chart.show(words.columns, words.essence)
        self._months.show(words.months)
        self._categories.show(words.categories, words.category_figures)
        self._people.show(words.people, words.people_figures)


class _Part:
    """A card with bars and the table behind them; without bars there is none."""

    def __init__(self, title: str, bars: tuple[SpendingBar, ...], figures: FigureTable) -> None:
        with card(wide=True) as self._box:
            heading(2, title)
            self._bars = SpendingBars(title, _("Show all"), _("Show fewer"))
            self._figures = Figures(_("Show as table"), figures)

    def show(self, bars: tuple[SpendingBar, ...], figures: FigureTable) -> None:
        """Show these bars."""
        self._box.set_visibility(bool(bars))
        self._bars.show(bars)
        self._figures.show(figures)
