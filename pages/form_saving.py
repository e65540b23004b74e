"""Saving what a form holds: once at a time, with everything that can come in between."""

from typing import Protocol

from mycount.domain.errors import Conflict, Invalid, Refusal, Unavailable
from mycount.domain.ids import UserId
from mycount.services import expenses
from mycount.services.views import ExpenseView, differing
from pages.calls import call
from pages.conflict_sheet import settle_conflict
from pages.elements import Button, toast
from pages.form_state import FormState
from pages.member_names import own_name
from pages.storing import delete_told, store, tell_saved
from pages.words import _


class Shown(Protocol):
    """The form on the screen, as far as saving has something to tell it."""

    def show(self) -> None:
        """Write what the form holds into its fields."""

    def keep_now(self) -> None:
        """Keep the form in the browser as it stands."""

    def show_problems(self, problems: dict[str, Invalid]) -> None:
        """Say what keeps the form from being stored."""

    def show_refusal(self, error: Refusal) -> None:
        """Say why it was not stored."""

    def done(self, seen: ExpenseView, *, another: bool) -> None:
        """Go on: it is stored."""

    def give_up(self) -> None:
        """Go on: nothing of it is to be stored."""


class Saving:
    """Saves a form. Its buttons cannot be pressed meanwhile; whatever happens, what is typed stays."""

    def __init__(self, actor: UserId, form: FormState, shown: Shown) -> None:
        self._actor = actor
        self._form = form
        self._shown = shown
        self._buttons: list[Button] = []
        self._is_busy = False

    def takes(self, pressed: Button) -> Button:
        """Note a button that is to rest while something is being done."""
        self._buttons.append(pressed)
        return pressed

    async def save(self) -> None:
        """Save and close."""
        await self._once(another=False)

    async def save_and_add(self) -> None:
        """Save, and begin another."""
        await self._once(another=True)

    async def delete(self, seen: ExpenseView) -> bool:
        """Delete the expense that is edited; whether it is gone."""
        if self._is_busy:
            return False
        self._switch(on=False)
        try:
            title = seen.draft.title or _("Payment")
            return await delete_told(self._actor, self._form.group.id, seen.id, title)
        finally:
            self._switch(on=True)

    async def _once(self, *, another: bool) -> None:
        if self._is_busy:
            return
        self._switch(on=False)
        try:
            await self._checked(another)
        except Refusal as error:
            self._shown.show_refusal(error)
        finally:
            self._switch(on=True)

    async def _checked(self, another: bool) -> None:
        problems = self._form.problems()
        self._shown.show_problems(problems)
        if not problems:
            await self._store(another)

    async def _store(self, another: bool) -> None:
        form, again = self._form, self._form.tried
        form.tried = True
        self._shown.keep_now()  # so that it is not stored twice if the answer never comes
        is_new = form.was is None
        try:
            seen = await self._store_all(again)
        except Conflict:
            if form.was is None:
                self._is_known_unsaved(again)
                raise
            await self._settle(form.was, another)
            return
        except Unavailable:
            raise
        except Refusal:
            self._is_known_unsaved(again)
            raise
        tell_saved(self._actor, form.group, seen, is_new=is_new)
        self._shown.done(seen, another=another)

    async def _store_all(self, again: bool) -> ExpenseView:
        """Store the form, and what is typed into it while that is being done: the last version stays."""
        form = self._form
        while True:
            sent = form.draft()
            seen = await store(self._actor, form, again=again)
            if form.problems() or not differing(sent, form.draft()):
                return seen
            again = True
            if form.was is not None:
                form.was, form.version = seen, seen.version

    def _is_known_unsaved(self, again: bool) -> None:
        """It was refused, so that it is not stored, unless that happened the time before."""
        self._form.tried = again
        self._shown.keep_now()

    async def _settle(self, was: ExpenseView, another: bool) -> None:
        """Let the person choose between theirs and mine, and store what was chosen."""
        form, mine = self._form, self._form.draft()
        theirs = await call(expenses.see, self._actor, form.group.id, was.id)
        if not theirs.is_deleted and not differing(mine, theirs.draft):
            self._shown.done(theirs, another=another)
            return
        before = was.draft if was.version == form.version else None
        decision = await settle_conflict(form.group, before, mine, theirs)
        if decision is None:
            return
        if decision.draft is None:
            self._shown.give_up()
            stays = _("{name}'s version stays", name=own_name(form.group, theirs.changed_by))
            toast(_("It stays deleted") if theirs.is_deleted else stays)
            return
        if theirs.is_deleted:
            await call(expenses.restore, self._actor, form.group.id, was.id)
            theirs = await call(expenses.see, self._actor, form.group.id, was.id)
        form.take_draft(decision.draft)
        form.was, form.version = theirs, theirs.version
        self._shown.show()
        await self._checked(another)

    def _switch(self, *, on: bool) -> None:
        self._is_busy = not on
        for pressed in self._buttons:
            if not pressed.is_deleted:
                pressed.set_enabled(on)
