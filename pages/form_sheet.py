"""The sheet in which an expense, an income or a payment is typed: its parts, and what holds them together."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final, Protocol

from nicegui import ui
from nicegui.events import ValueChangeEventArguments

from mycount.domain.errors import Invalid, Refusal
from mycount.domain.ids import ExpenseId, UserId
from mycount.domain.ledger import Kind
from mycount.services.views import ExpenseView
from pages.alike_line import AlikeLine
from pages.amount_section import AmountSection
from pages.conflict_sheet import KIND_NAMES
from pages.day_section import DaySection
from pages.elements import Button, button, chip, row, segments, sheet, toast
from pages.elements.words import Text
from pages.form_memory import FormMemory, Opening
from pages.form_saving import Saving
from pages.form_state import FormState
from pages.form_words import save_words, title_of
from pages.note_section import NoteSection
from pages.payers_editor import PayersEditor
from pages.rest_line import Rest, RestLine
from pages.split_editor import SplitEditor
from pages.split_words import sum_line, whose
from pages.title_section import TitleSection
from pages.words import _

_ENTER_ANYWHERE: Final = "(event) => { if (event.ctrlKey || event.metaKey) emit(); }"
OnSaved = Callable[[ExpenseId], object]


class Section(Protocol):
    """A part of the form for one field of an expense."""

    def show_error(self, error: Invalid | None) -> None:
        """Say what is wrong with it."""

    def focus(self) -> None:
        """Put the cursor into it."""


class FormSheet:
    """A form that is open. It works on the group as it was when it was opened; no news from elsewhere redraws it."""

    def __init__(
        self,
        actor: UserId,
        form: FormState,
        *,
        opening: Opening | None,
        compact: bool = False,
        on_saved: OnSaved | None = None,
        on_duplicate: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        """`opening` says under which name the browser keeps it; `compact` leaves out the choice of kind."""
        self.form = form
        self._actor = actor
        self._on_saved = on_saved
        self._on_duplicate = on_duplicate
        self._is_new = form.was is None and not compact
        self._memory: FormMemory | None = None
        self._host = ui.element("div")  # gone with the sheet, so that whoever made it knows
        with self._host:
            self.sheet = sheet(title_of(form), _("Close"), full=not compact, on_close=self._closed)
        self.saving = Saving(actor, form, self)
        with self.sheet, ui.element("form").classes("mc-stack mc-form") as self._frame:
            self._frame.props["novalidate"] = True
            self._frame.on("submit", js_handler="(event) => event.preventDefault()")
            self._frame.on("keydown.enter", self.saving.save, js_handler=_ENTER_ANYWHERE)
            self._draw(opening, compact)
        with self.sheet.foot:
            self._draw_foot()
        with self.sheet.act:
            self._saves(button(_("Save"), kind="text", on_click=self.saving.save))
        self.refresh()

    def changed(self) -> None:
        """Follow what was typed or chosen."""
        self.form.anyway = False
        self.refresh()
        if self._memory:
            self._memory.keep_soon()

    def refresh(self) -> None:
        """Show what follows from what is typed; nothing of that itself is touched."""
        self._amount.refresh()
        self._title.refresh()
        self._payers.refresh()
        self._day.refresh()
        self._alike.refresh()
        self._split.refresh()
        self._split.show_wrong(self._sum)
        self._sum.show(sum_line(self.form))
        self._save.set_text(save_words(self.form))
        self.sheet.entitle(title_of(self.form))

    def show(self) -> None:
        """Write everything that the form holds into its fields."""
        form = self.form
        self._kinds.value = form.kind.value
        self._amount.show()
        self._title.show()
        self._day.show()
        self._payers.show()
        self._split.show()
        self._note.show()
        self.refresh()

    def keep_now(self) -> None:
        """Keep the form in the browser as it stands."""
        if self._memory:
            self._memory.keep()

    def show_problems(self, problems: Mapping[str, Invalid]) -> None:
        """Say each problem beside the field that it is about, and go to the first of them."""
        for name, section in self._sections.items():
            section.show_error(problems.get(name))
        self._sum.show(sum_line(self.form, problems.get("split")), is_wrong="split" in problems)
        if first := next((section for name, section in self._sections.items() if name in problems), None):
            first.focus()
        elif "split" in problems:
            self._split.focus_wrong()

    def show_refusal(self, error: Refusal) -> None:
        """Say why it was refused, beside the field that it is about if it is one, else above the button."""
        if isinstance(error, Invalid) and error.field in self._sections:
            self.show_problems({error.field: error})
        else:
            self._sum.show(Rest(whose(self.form.group, error)), is_wrong=True)

    def done(self, seen: ExpenseView, *, another: bool) -> None:
        """Close, or begin the next one."""
        if another:
            self.form.another()
            self.show()
            self.show_problems({})
            self._amount.focus()
            self._forget()
        else:
            self.give_up()
        if self._on_saved:
            self._on_saved(seen.id)

    def give_up(self) -> None:
        """Close, and keep nothing of what was typed."""
        self._forget()
        self.sheet.close()

    def _forget(self) -> None:
        if self._memory:
            self._memory.begin_anew()
        self._found.set_visibility(False)

    def _draw(self, opening: Opening | None, compact: bool) -> None:
        form = self.form
        if opening:
            self._memory = FormMemory(opening, form, self._restored)
        self._draw_found()
        self._amount = AmountSection(form, self.changed, autofocus=self._is_new)
        with self._amount.top:
            self._draw_kinds(compact)
        self._title = TitleSection(form, self._actor, self.changed, self._suggested)
        with ui.element("div").classes("mc-pair"):
            self._payers = PayersEditor(form, self.changed)
            self._day = DaySection(form, self.changed)
        self._payers.draw_table()
        self._alike = AlikeLine(form, self._actor)
        self._split = SplitEditor(form, self.changed)
        self._note = NoteSection(form, self.changed)
        with ui.element("div").classes("mc-chips"):
            self._draw_chips()
        self._sections: dict[str, Section] = {
            "amount": self._amount,
            "title": self._title,
            "payers": self._payers,
            "day": self._day,
            "note": self._note,
        }

    def _draw_found(self) -> None:
        with row(between=True).classes("mc-found") as self._found:
            Text("span", _("Your unfinished expense is back.")).props["role"] = "status"
            button(_("Discard"), kind="text", on_click=self._discard)
        self._found.set_visibility(False)

    def _draw_kinds(self, compact: bool) -> None:
        kinds = {kind.value: _(label) for kind, label in KIND_NAMES.items()}
        self._kinds = segments(kinds, self.form.kind.value, self._choose_kind, label=_("Kind"))
        self._kinds.classes("mc-kinds").set_visibility(not compact)

    def _draw_chips(self) -> None:
        self._note.draw_chip()
        if self._is_new:
            another = chip(_("Save and add another"), "add", self.saving.save_and_add)
            self._saves(another.classes("mc-phone-only"))
        if self.form.was is not None:
            if self._on_duplicate:
                chip(_("Duplicate"), "content_copy", self._duplicate)
            self.saving.takes(chip(_("Delete"), "delete", self._delete))

    def _draw_foot(self) -> None:
        self._sum = RestLine(self._split.give_rest)
        with ui.element("div").classes("mc-form-foot"):
            if self._is_new:
                another = button(_("Save and add another"), kind="quiet", on_click=self.saving.save_and_add)
                self._saves(another.classes("mc-desktop-only"))
            self._save = button("", tall=True, on_click=self.saving.save)
        self._save.props["type"] = "submit"
        self._save.props["form"] = self._frame.html_id
        self._save.props["data-autofocus"] = not self._is_new
        self._saves(self._save)

    def _saves(self, pressed: Button) -> None:
        """Let a button rest while something is stored, and wait while there is no connection: static/drafts.js."""
        self.saving.takes(pressed)
        pressed.props["data-waiting"] = _("Waiting for the connection…")

    def _choose_kind(self, event: ValueChangeEventArguments[str]) -> None:
        kind = Kind(event.value)
        if kind is not self.form.kind:
            self.form.choose_kind(kind)
            self.show()
            self.show_problems({})  # what was wrong with the one may be right in the other
            self.changed()

    def _suggested(self) -> None:
        self._payers.show()
        self._split.show()
        self.changed()

    def _restored(self) -> None:
        self.show()
        self._found.set_visibility(True)

    def _discard(self) -> None:
        if self._memory:
            self._memory.go_back()
        self.show()
        self.show_problems({})
        self._found.set_visibility(False)
        self._amount.focus()

    async def _duplicate(self) -> None:
        self.sheet.close()
        if self._on_duplicate and self._host.parent_slot:
            with self._host.parent_slot:
                await self._on_duplicate()

    async def _delete(self) -> None:
        seen = self.form.was
        if seen and await self.saving.delete(seen):
            self.give_up()

    def _closed(self) -> None:
        if self._memory:
            self._memory.leave()
            if self._memory.is_worth_keeping:
                toast(_("Kept on this device until you save it"))
        self._host.delete()
