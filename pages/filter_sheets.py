"""Choosing a category or a stretch of days to look for."""

from collections.abc import Callable
from datetime import date
from itertools import groupby

from nicegui import ui

from mycount.domain.category import CATEGORIES
from mycount.domain.ledger import Kind
from pages.elements import Sheet, button, chip, date_field, heading, icon, sheet
from pages.elements.words import Text
from pages.expense_words import category_name
from pages.expense_words import icon as icon_of
from pages.filter_words import periods
from pages.words import _, brief_day

OnDays = Callable[[date | None, date | None], object]


async def choose_category(choose: Callable[[str], object]) -> None:
    """Open the sheet with all categories; `choose` hears which was pressed."""
    with sheet(_("Category"), _("Close")) as it:
        for group, categories in groupby(CATEGORIES, key=lambda category: category.heading):
            heading(3, _(group)).classes("mc-caption")
            with ui.element("div").classes("mc-categories"):
                for category in categories:
                    _draw_category(category.key, choose, it)


def _draw_category(key: str, choose: Callable[[str], object], within: Sheet) -> None:
    def chosen() -> None:
        within.close()
        choose(key)

    with ui.element("button").classes("mc-categories-one").on("click", chosen, args=[]) as option:
        option.props["type"] = "button"
        icon(icon_of(key, Kind.PAYMENT if key == "payment" else Kind.EXPENSE))
        Text("span", category_name(key))


async def choose_days(since: date | None, until: date | None, choose: OnDays) -> None:
    """Open the sheet with the usual stretches of days, and fields for any other."""
    with sheet(_("Dates"), _("Close")) as it:
        with ui.element("div").classes("mc-row mc-row--tight mc-row--wrap"):
            for label, (first, last) in periods().items():
                chip(label, on_click=lambda first=first, last=last: _done(it, choose, first, last))
        with ui.element("div").classes("mc-pair"):
            begin = date_field(_("First day"), since, brief_day)
            end = date_field(_("Last day"), until, brief_day)

    def show() -> None:
        days = [day for day in (begin.day, end.day) if day]
        whole = len(days) == 2
        _done(it, choose, min(days) if whole else begin.day, max(days) if whole else end.day)

    with it.foot:
        button(_("Show"), on_click=show, tall=True)


def _done(within: Sheet, choose: OnDays, since: date | None, until: date | None) -> None:
    within.close()
    choose(since, until)
