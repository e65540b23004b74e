"""How an expense is shared: the way, who takes part, what is typed for each, and everybody's part as it stands."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

from nicegui.events import ValueChangeEventArguments

from mycount.domain.ids import MemberId
from mycount.domain.ledger import Kind
from mycount.domain.split import Mode
from mycount.domain.words import N_
from pages.elements import Share, SplitTable, button, row, segments, stack
from pages.elements.words import Text
from pages.form_state import FormState
from pages.member_names import name, own_name
from pages.rest_line import RestLine
from pages.words import _, money, ngettext, percent_sign

_MODES: Final[Mapping[Mode, str]] = {
    Mode.EQUAL: N_("Equally"),
    Mode.SHARES: N_("Shares"),
    Mode.PERCENT: N_("Percent"),
    Mode.AMOUNTS: N_("Amounts"),
    Mode.ADJUST: N_("Adjust"),
}
_FIELDS: Final[Mapping[Mode, str]] = {
    Mode.EQUAL: "",
    Mode.SHARES: N_("shares"),
    Mode.PERCENT: N_("percent"),
    Mode.AMOUNTS: N_("amount"),
    Mode.ADJUST: N_("more or less"),
}
_FEW: Final = 2  # for so many people a button for everybody is no help


class SplitEditor:
    """Writes the split into a form, and calls `changed`."""

    def __init__(self, form: FormState, changed: Callable[[], None]) -> None:
        self._form = form
        self._changed = changed
        self._mode_shown: tuple[Mode, str] | None = None
        with stack(tight=True).classes("mc-form-split") as self._box:
            options = {mode.value: _(label) for mode, label in _MODES.items()}
            self._segments = segments(options, form.mode.value, self._chosen, label=_("How to split"))
            with row(between=True).classes("mc-split-head") as self._head:
                self._count = Text("span", "").classes("mc-caption")
                self._everybody = button("", kind="text", on_click=self._toggle_everybody)
            self._table = SplitTable(
                [], label=_("Who takes part"), on_toggle=self._toggled, on_typed=self._typed
            )
            self._table.props["data-draft"] = "split"
        self.show()

    def show(self) -> None:
        """Write what the form holds into ticks and fields."""
        form = self._form
        self._segments.value = form.mode.value
        self._show_mode()
        texts = form.split_typed.texts
        self._table.show(
            [
                Share(
                    member,
                    name(form.group, member),
                    checked=member in form.people,
                    typed=texts.get(member, ""),
                    person=own_name(form.group, member),
                )
                for member in form.candidates
            ]
        )
        self.refresh()

    def refresh(self) -> None:
        """Show everybody's part as it stands."""
        form = self._form
        self._box.set_visibility(form.kind is not Kind.PAYMENT)
        self._show_mode()
        parts = form.parts()
        told = {member: part for member, part in parts.items() if self._needs_telling(member)}
        self._table.show_parts({member: money(part, form.currency) for member, part in told.items()})
        n = len(form.people)
        self._head.set_visibility(len(form.candidates) > _FEW)
        self._count.set_text(ngettext("{n} takes part", "{n} take part", n))
        self._everybody.set_text(_("Nobody") if n == len(form.candidates) else _("Everybody"))

    def show_wrong(self, said: RestLine) -> None:
        """Mark the numbers that are none; `said` says why."""
        self._table.show_wrong(self._form.split_typed.wrong(), said.sentence)

    def focus_wrong(self) -> None:
        """Go to the first of them, if there is one."""
        self._table.focus_wrong()

    def _needs_telling(self, member: MemberId) -> bool:
        """An exact amount is its own part; one that is calculated is told."""
        text = self._form.texts.get(self._form.mode, {}).get(member, "")
        return self._form.mode is not Mode.AMOUNTS or not self._form.notation.is_plain(text)

    def _show_mode(self) -> None:
        mode, currency = self._form.mode, self._form.currency
        if self._mode_shown == (mode, currency):
            return
        self._mode_shown = mode, currency
        zero = self._form.notation.write_amount(0, currency)
        nothing = self._form.notation.write_number(Decimal(0))
        placeholders = {
            Mode.SHARES: nothing,
            Mode.PERCENT: nothing,
            Mode.AMOUNTS: zero,
            Mode.ADJUST: f"+{zero}",
        }
        self._table.set_mode(
            checks=True,
            inputs=mode is not Mode.EQUAL,
            field_label=_(_FIELDS[mode]) if _FIELDS[mode] else "",
            placeholder=placeholders.get(mode, ""),
            unit=percent_sign() if mode is Mode.PERCENT else "",
            signed=mode is Mode.ADJUST,
        )
        self._table.props["data-mode"] = mode.value

    def _chosen(self, event: ValueChangeEventArguments[str]) -> None:
        mode = Mode(event.value)
        if mode is not self._form.mode:
            self._form.mode = mode
            self._decided()
            self.show()
            self._changed()

    def _toggled(self, member: int, checked: bool) -> None:
        self._form.tick(MemberId(member), checked)
        self._decided()
        if self._form.mode is Mode.SHARES:
            self.show()  # whoever comes in begins with one share
        self._changed()

    def _typed(self, member: int, text: str) -> None:
        self._form.texts.setdefault(self._form.mode, {})[MemberId(member)] = text
        self._decided()
        self._changed()

    def _toggle_everybody(self) -> None:
        everybody = set(self._form.candidates)
        self._form.people = set() if self._form.people == everybody else everybody
        self._decided()
        self.show()
        self._changed()

    def give_rest(self, member: MemberId) -> None:
        """Let a member bear what is missing."""
        amount = self._form.understood()
        if amount is not None:
            self._form.split_typed.give_rest(amount, member)
            self._decided()
            self.show()
            self._changed()

    def _decided(self) -> None:
        self._form.chosen.add("split")
