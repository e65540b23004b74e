"""Who paid: one, or several with what each paid. For a payment: from whom to whom."""

from collections.abc import Callable, Mapping
from typing import Final

from nicegui.events import ValueChangeEventArguments

from mycount.domain.errors import Invalid
from mycount.domain.ids import MemberId
from mycount.domain.ledger import Kind
from mycount.domain.words import N_
from pages.elements import Share, SplitTable, choice, stack
from pages.elements.choosing import Choice
from pages.elements.people import colour, initials
from pages.elements.words import Text
from pages.form_state import FormState
from pages.member_names import name, own_name
from pages.rest_line import Rest, RestLine
from pages.split_words import rest_of, whose
from pages.words import _

_SEVERAL: Final = 0  # no member has this id
_LABELS: Final[Mapping[Kind, str]] = {
    Kind.EXPENSE: N_("Paid by"),
    Kind.INCOME: N_("Received by"),
    Kind.PAYMENT: N_("From"),
}


class PayersEditor:
    """Writes the payers into a form, and calls `changed`. The choices stand where it is made; see `draw_table`."""

    def __init__(self, form: FormState, changed: Callable[[], None]) -> None:
        self._form = form
        self._changed = changed
        self._payer: Choice[int] = choice(_("Paid by"), {}, _SEVERAL, self._paid)
        self._payee: Choice[int] = choice(_("To"), {}, _SEVERAL, self._received)
        self._faces = [_face(each) for each in (self._payer, self._payee)]

    def draw_table(self) -> None:
        """Make the place where several payers and their amounts are typed."""
        with stack(tight=True) as self._several:
            self._table = SplitTable([], label=_("Who paid how much"), on_typed=self._typed)
            self._table.set_mode(
                checks=False,
                inputs=True,
                field_label=_("paid"),
                placeholder=self._form.notation.write_amount(0, self._form.currency),
            )
            self._rest = RestLine(self._give_rest)
        self.show()

    def show(self) -> None:
        """Write what the form holds into choices and fields."""
        form = self._form
        people = {int(member): name(form.group, member) for member in form.candidates}
        several = {} if form.kind is Kind.PAYMENT else {_SEVERAL: _("Several")}
        self._payer.set_options({**people, **several})
        self._payee.set_options(people)
        self._payer.value = _SEVERAL if form.several else int(form.payer)
        self._payee.value = int(form.payee or form.payer)
        self._table.show(
            [
                Share(
                    member,
                    name(form.group, member),
                    typed=form.payers.get(member, ""),
                    person=own_name(form.group, member),
                )
                for member in (form.candidates if form.several else ())
            ]
        )
        self.refresh()

    def refresh(self) -> None:
        """Say by how much the payers' amounts are off."""
        form = self._form
        self._payer.props["label"] = _(_LABELS[form.kind])
        self._payee.set_visibility(form.kind is Kind.PAYMENT)
        self._several.set_visibility(form.several)
        # Only what is asked for is kept by the browser: see components/draft_keeper.js.
        self._table.props["data-draft"] = "payers" if form.several else None
        self._show_faces()
        if form.several:
            self._rest.show(self._off() or Rest(""))
            self._table.show_wrong(form.payers_typed.wrong(), self._rest.sentence)

    def show_error(self, error: Invalid | None) -> None:
        """Say what is wrong: with one payer below the choice, with several it is said already."""
        self._payer.error = whose(self._form.group, error) if error and not self._form.several else None
        if error and self._form.several:
            self._rest.show(self._off() or Rest(whose(self._form.group, error)), is_wrong=True)

    def focus(self) -> None:
        """Go to the choice of who paid; of several, to the amount that is wrong, or else to the first."""
        if self._form.several:
            self._table.focus_wrong(or_first=True)
        else:
            self._payer.run_method("focus")

    def _off(self) -> Rest | None:
        amount = self._form.understood()
        return None if amount is None else rest_of(self._form.group, self._form.payers_typed, amount)

    def _paid(self, event: ValueChangeEventArguments[int]) -> None:
        form = self._form
        if event.value == (_SEVERAL if form.several else form.payer):
            return
        form.chosen.add("payers")
        self._payer.error = None
        if event.value == _SEVERAL:
            form.pay_together()
        else:
            form.pay_alone(MemberId(event.value))
        self.show()
        self._changed()

    def _received(self, event: ValueChangeEventArguments[int]) -> None:
        if self._form.kind is Kind.PAYMENT and event.value != self._form.payee:
            self._form.payee = MemberId(event.value)
            self._payer.error = None
            self._changed()

    def _typed(self, member: int, text: str) -> None:
        self._form.payers[MemberId(member)] = text
        self._form.chosen.add("payers")
        self._changed()

    def _give_rest(self, member: MemberId) -> None:
        amount = self._form.understood()
        if amount is not None:
            self._form.payers_typed.give_rest(amount, member)
            self.show()
            self._changed()

    def _show_faces(self) -> None:
        members = (None if self._form.several else self._form.payer, self._form.payee)
        for face, member in zip(self._faces, members, strict=True):
            face.set_visibility(member is not None)
            if member is not None:
                face.set_text(initials(own_name(self._form.group, member)))
                face.classes(replace=f"mc-avatar mc-avatar--small mc-avatar--{colour(member)}")


def _face(chosen: Choice[int]) -> Text:
    with chosen.add_slot("before"):
        face = Text("span", "").classes("mc-avatar mc-avatar--small")
    face.props["aria-hidden"] = "true"
    return face
