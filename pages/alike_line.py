"""Asks quietly whether somebody has added the same already, while it is being typed."""

import asyncio
from datetime import date
from typing import Final

from nicegui import background_tasks

from mycount.domain.errors import Refusal
from mycount.domain.ids import UserId
from mycount.domain.ledger import Kind
from mycount.services import expenses
from mycount.services.views import ExpenseLine
from pages.calls import call
from pages.elements.words import Text
from pages.form_state import FormState
from pages.member_names import own_name
from pages.words import _, brief_day

_PAUSE_SECONDS: Final = 0.4


class AlikeLine:
    """A line in the form for something new; empty unless amount and day are like those of what is there already."""

    def __init__(self, form: FormState, actor: UserId) -> None:
        self._form = form
        self._actor = actor
        self._about: tuple[int, str, date, Kind] | None = None
        self._line = Text("p", "").classes("mc-alike")
        self._line.props["role"] = "status"

    def refresh(self) -> None:
        """Follow what is typed; nothing of it is held up."""
        about = self._typed()
        if about == self._about:
            return
        self._about = about
        self._say("")
        if about is not None:
            background_tasks.create(self._ask(about), name="alike")

    def _typed(self) -> tuple[int, str, date, Kind] | None:
        form = self._form
        amount = form.understood() if form.amount.strip() else None
        if (
            form.was is not None
            or form.tried
            or form.kind is Kind.PAYMENT
            or amount is None
            or form.day is None
        ):
            return None
        return amount, form.currency, form.day, form.kind

    async def _ask(self, about: tuple[int, str, date, Kind]) -> None:
        await asyncio.sleep(_PAUSE_SECONDS)
        if about != self._about or self._line.is_deleted:
            return
        amount, currency, day, kind = about
        try:
            found = await call(
                expenses.alike,
                self._actor,
                self._form.group.id,
                amount=amount,
                currency=currency,
                day=day,
                kind=kind,
            )
        except Refusal:
            return  # saving will say it
        if found is not None and about == self._about and not self._line.is_deleted:
            with self._line:  # a task of its own knows of no page, and so of no language
                self._say(self._words(found))

    def _say(self, sentence: str) -> None:
        self._line.set_text(sentence)
        self._line.classes(add="mc-on" if sentence else "", remove="" if sentence else "mc-on")

    def _words(self, found: ExpenseLine) -> str:
        group = self._form.group
        when = brief_day(found.day)
        if found.created_by == group.me.id:
            return _("Did you add this already? “{title}”, {day}", title=found.title, day=when)
        name = own_name(group, found.created_by)
        return _("Did {name} add this already? “{title}”, {day}", name=name, title=found.title, day=when)
