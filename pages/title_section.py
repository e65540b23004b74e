"""What an expense was for, and its category: guessed from the words, or chosen from all there are."""

import asyncio
from collections.abc import Callable
from itertools import groupby

from nicegui import background_tasks, ui
from nicegui.events import ValueChangeEventArguments

from mycount.domain.category import CATEGORIES
from mycount.domain.errors import Invalid, Refusal
from mycount.domain.ids import UserId
from mycount.domain.ledger import Kind
from mycount.services import expenses
from pages.calls import call
from pages.elements import Sheet, field, heading, icon, icon_button, sheet
from pages.elements.words import Text, svg
from pages.expense_words import category_name
from pages.expense_words import icon as icon_of
from pages.form_state import FormState
from pages.words import _, refusal

_PAUSE_SECONDS = 0.35


class TitleSection:
    """Writes title and category into a form, and calls `changed`; `suggested` when more was filled in."""

    def __init__(
        self, form: FormState, actor: UserId, changed: Callable[[], None], suggested: Callable[[], None]
    ) -> None:
        self._form = form
        self._actor = actor
        self._changed = changed
        self._suggested = suggested
        self._asked = 0
        self.field = field(_("What for"), form.title, max_length=200, on_change=self._typed)
        self.field.props["data-draft"] = "title"
        self.field.props["enterkeyhint"] = "done"
        with self.field.add_slot("before"):
            self._button = icon_button(icon_of(form.category, Kind.EXPENSE), "", self._choose)
            self._button.classes("mc-tile mc-category")
        self.refresh()

    def show(self) -> None:
        """Write what the form holds into the field."""
        self._asked += 1  # what was typed before is asked about no more
        self.field.value = self._form.title
        self.refresh()

    def refresh(self) -> None:
        """Show the category, and the field only where it is asked for."""
        self.field.set_visibility(self._form.kind is not Kind.PAYMENT)
        label = _("Category: {name}", name=category_name(self._form.category))
        self._button.props["icon"] = svg(icon_of(self._form.category, Kind.EXPENSE))
        self._button.props["aria-label"] = self._button.props["title"] = label

    def show_error(self, error: Invalid | None) -> None:
        """Say below the field what is wrong with it."""
        self.field.error = refusal(error) if error else None

    def focus(self) -> None:
        """Put the cursor into the field."""
        self.field.focus()

    def _typed(self, event: ValueChangeEventArguments[str | None]) -> None:
        title = event.value or ""
        if title == self._form.title:
            return
        self._form.title = title
        self._changed()
        if self._form.was is None and self._form.kind is Kind.EXPENSE:
            self._asked += 1
            background_tasks.create(self._suggest(self._asked, title), name="suggest")

    async def _suggest(self, asked: int, title: str) -> None:
        """Ask after a short pause; nobody is told when nothing comes of it."""
        await asyncio.sleep(_PAUSE_SECONDS)
        if asked != self._asked or self.field.is_deleted:
            return
        try:
            suggestion = await call(expenses.suggest, self._actor, self._form.group.id, title)
        except Refusal:
            return
        # While it is being stored nothing is to change that the person has not seen.
        if asked == self._asked and not self.field.is_deleted and not self._form.tried:
            with self.field:  # a task of its own knows of no page, and so of no language
                self._form.take(suggestion)
                self.refresh()
                self._suggested()

    def _choose(self) -> None:
        with sheet(_("Category"), _("Close")) as chooser:
            kinds = [category for category in CATEGORIES if category.key != "payment"]
            for group, categories in groupby(kinds, key=lambda category: category.heading):
                heading(3, _(group)).classes("mc-caption")
                with ui.element("div").classes("mc-categories"):
                    for category in categories:
                        self._draw_option(category.key, chooser)

    def _draw_option(self, key: str, chooser: Sheet) -> None:
        def choose() -> None:
            self._form.category = key
            self._form.chosen.add("category")
            self.refresh()
            self._changed()
            chooser.close()

        with ui.element("button").classes("mc-categories-one").on("click", choose, args=[]) as option:
            option.props["type"] = "button"
            option.props["aria-pressed"] = "true" if key == self._form.category else "false"
            icon(icon_of(key, Kind.EXPENSE))
            Text("span", category_name(key))
