"""What is typed and not saved yet is kept in the browser, and the form with it: see static/drafts.js."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from nicegui import background_tasks, ui

from mycount.domain.ids import ExpenseId, GroupId, UserId
from mycount.domain.ledger import Kind
from pages.elements.components import COMPONENTS
from pages.elements.told import Listening, number, record
from pages.form_snapshot import is_worth_keeping, restore, snapshot
from pages.form_state import FormState

_PAUSE_SECONDS = 0.3


@dataclass(frozen=True)
class Opening:
    """Which form it is: of whom, in which group, for a new expense, for one that exists, or for a copy of it."""

    user_id: UserId
    group_id: GroupId
    expense_id: ExpenseId | None = None
    duplicate: bool = False
    kind: Kind = Kind.EXPENSE

    @property
    def name(self) -> str:
        """The name under which the browser keeps it."""
        which = (
            "new" if self.expense_id is None else f"{'copy' if self.duplicate else 'edit'}-{self.expense_id}"
        )
        return f"{self.user_id}:{self.group_id}:{which}"

    def told(self) -> dict[str, Any]:
        """Give it as the browser keeps it while the form is open."""
        return {
            "user": self.user_id,
            "group": self.group_id,
            "expense": self.expense_id,
            "duplicate": self.duplicate,
            "kind": self.kind.value,
        }


class FormMemory(Listening, component=COMPONENTS / "draft_keeper.js"):
    """Stands inside a form and keeps it in the browser.

    What was kept there before is written into the form when it opens; then `on_restored` is called.
    """

    def __init__(self, opening: Opening, form: FormState, on_restored: Callable[[], None]) -> None:
        super().__init__()
        self._form = form
        self._begun_with = snapshot(form)
        self._pausing = False
        self._keys = {
            form.submit_key
        }  # of what is kept from here: another window may keep its own form there
        self.props["name"] = opening.name
        self.props["opener"] = opening.told()
        self.props["form"] = self._begun_with
        self._on_restored: Callable[[], None] | None = on_restored
        self.hears("found", record, self._found)

    def begin_anew(self) -> None:
        """Take the form as it stands for one in which nothing is typed yet, and drop what is kept."""
        self._begun_with = snapshot(self._form)
        self.keep()
        self.leave()

    def leave(self) -> None:
        """Keep or drop the form for good: an element in a sheet that is closing hears nothing any more."""
        kept = snapshot(self._form)
        self._keys.add(self._form.submit_key)
        if self._worth(kept):
            arguments = f"{json.dumps(self.props['name'])}, {json.dumps(kept)}"
            ui.run_javascript(f"mycount.drafts.keep({arguments})")
        else:
            arguments = f"{json.dumps(self.props['name'])}, {json.dumps(sorted(self._keys))}"
            ui.run_javascript(f"mycount.drafts.drop({arguments})")

    def go_back(self) -> None:
        """Write into the form what it began with, and drop what is kept."""
        restore(self._form, self._begun_with, to_the_day=True)
        self.keep()

    @property
    def is_worth_keeping(self) -> bool:
        """Whether anything was typed or chosen since the form was opened."""
        return self._worth(snapshot(self._form))

    def keep(self) -> None:
        """Keep the form as it stands."""
        kept = snapshot(self._form)
        self._keys.add(self._form.submit_key)
        with self.props.suspend_updates():
            self.props["worth"] = self._worth(kept)
            self.props["form"] = kept
        self.update()

    def keep_soon(self) -> None:
        """Keep the form after a short pause, however often it is called meanwhile."""
        if not self._pausing:
            self._pausing = True
            background_tasks.create(self._keep_later(), name="keep what is typed")

    def _found(self, kept: dict[str, Any]) -> None:
        told, self._on_restored = self._on_restored, None
        if told and restore(self._form, kept):
            self._keys.add(str(kept.get("submit_key")))
            if self.is_worth_keeping:
                told()
            else:
                self.go_back()  # typed and taken back while nobody listened

    async def _keep_later(self) -> None:
        await asyncio.sleep(_PAUSE_SECONDS)
        self._pausing = False
        if not self.is_deleted:
            self.keep()

    def _worth(self, kept: dict[str, Any]) -> bool:
        return is_worth_keeping(kept, self._begun_with)


class FormReopener(Listening, component=COMPONENTS / "draft_opener.js"):
    """Stands in a group's page and calls `on_reopen` if a form of the group was open when the page went away."""

    def __init__(self, user_id: UserId, group_id: GroupId, on_reopen: Callable[[Opening], Any]) -> None:
        super().__init__()
        self.props["user"], self.props["group"] = user_id, group_id
        self.hears("reopen", lambda said: _opening(user_id, group_id, record(said)), on_reopen)


def _opening(user_id: UserId, group_id: GroupId, given: dict[str, Any]) -> Opening:
    """Understand what a browser says was open."""
    expense = given.get("expense")
    return Opening(
        user_id,
        group_id,
        None if expense is None else ExpenseId(number(expense)),
        given.get("duplicate") is True,
        next((kind for kind in Kind if kind.value == given.get("kind")), Kind.EXPENSE),
    )
