"""Everything that is typed and chosen in the form for an expense, and what changes it."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Self

from mycount.domain.ids import MemberId
from mycount.domain.ledger import Kind
from mycount.domain.split import Mode
from mycount.services.views import Draft, ExpenseView, GroupView, Suggestion
from pages.typed_numbers import Notation, Typed, in_order

_ABOUT_ONE_BILL = (Mode.AMOUNTS, Mode.ADJUST)


def new_key() -> str:
    """Make the key by which an expense that is sent twice is stored once."""
    return secrets.token_urlsafe(16)


@dataclass
class FormFields:
    """One form, as it stands; texts stay as they were typed. `was` is the expense edited, None for a new one.

    `people` are those ticked, and `texts` what is typed for each, per way of splitting, so that trying another
    way loses nothing. `payers` is what each paid; unless `several`, the first of them paid all. `chosen` names
    what the person decided and no suggestion may change: "category", "payers", "split", "day". `tried` says
    that storing was begun, so that it may have happened even if nobody heard of it. `anyway` says that a payment
    is meant although somebody else has just recorded the same. `version` is that of `was`, or
    an earlier one if the form was begun on that and kept. `guessed_by` is the title that `category` is of.
    """

    group: GroupView
    notation: Notation
    day: date | None
    kind: Kind = Kind.EXPENSE
    amount: str = ""
    currency: str = ""
    title: str = ""
    note: str = ""
    category: str = "other"
    guessed_by: str | None = None
    payers: dict[MemberId, str] = field(default_factory=dict)
    several: bool = False
    payee: MemberId | None = None
    mode: Mode = Mode.EQUAL
    people: set[MemberId] = field(default_factory=set)
    texts: dict[Mode, dict[MemberId, str]] = field(default_factory=dict)
    chosen: set[str] = field(default_factory=set)
    submit_key: str = field(default_factory=new_key)
    tried: bool = False
    anyway: bool = False
    was: ExpenseView | None = None
    version: int | None = None

    @classmethod
    def fresh(cls, group: GroupView, notation: Notation, today: date, kind: Kind = Kind.EXPENSE) -> Self:
        """Begin a new expense with what this person usually chooses in this group."""
        state = cls(group, notation, today, kind, currency=group.usual.currency)
        state._choose_usual_payer()
        state._choose_usual_people()
        return state

    @classmethod
    def editing(cls, group: GroupView, notation: Notation, seen: ExpenseView) -> Self:
        """Begin with an expense as it is stored; saved unchanged, it stays as it is to the last unit."""
        state = cls(group, notation, seen.draft.day, was=seen, version=seen.version)
        state.take_draft(seen.draft)
        return state

    @classmethod
    def again(cls, group: GroupView, notation: Notation, seen: ExpenseView, today: date) -> Self:
        """Begin a new expense like an earlier one, for today, with those of its people who are still here."""
        state = cls(group, notation, today)
        state.take_draft(seen.draft)
        state.day = today
        state.people &= set(state.candidates)
        state.payers = {member: text for member, text in state.payers.items() if member in state.candidates}
        if len(state.payers) < 2:
            state.pay_alone(state.payer)
        state.chosen = {"category", "payers", "split"}
        return state

    @property
    def candidates(self) -> tuple[MemberId, ...]:
        """Everybody who can be named: me first, the active members, and who is in the expense already.

        In a payment also those who left and are not even yet.
        """
        me, group = self.group.me.id, self.group
        known = group.members if self.kind is Kind.PAYMENT else group.people
        others = [member.id for member in known if member.id != me]
        before = {*self.was.draft.payers, *self.was.draft.typed} if self.was else set()
        return (me, *others, *sorted(before - {me, *others}))

    @property
    def payer(self) -> MemberId:
        """Whoever paid, or the first of several."""
        return next(iter(self.payers), self.group.me.id)

    @property
    def split_typed(self) -> Typed:
        """What is typed for those who take part; a share begins as one."""
        people = in_order(self.people, self.candidates)
        texts = self.texts.setdefault(self.mode, {})
        if self.mode is Mode.SHARES:
            one = self.notation.write_number(Decimal(1))
            texts.update({member: one for member in people if member not in texts})
        return Typed(self.mode, people, texts, self.notation, self.currency, "split")

    @property
    def payers_typed(self) -> Typed:
        """What is typed for several payers."""
        return Typed(Mode.AMOUNTS, self.candidates, self.payers, self.notation, self.currency, "payers")

    def take_draft(self, draft: Draft) -> None:
        """Write everything of a draft into the form; its key stays with it."""
        self.kind, self.currency = draft.kind, draft.currency
        self.amount = self.notation.write_amount(draft.amount, draft.currency)
        self.title, self.note, self.category, self.day = draft.title, draft.note, draft.category, draft.day
        self.several = len(draft.payers) > 1
        self.payers = {
            member: self.notation.write_amount(amount, draft.currency) if self.several else ""
            for member, amount in draft.payers.items()
        }
        self._take_split(draft.mode, draft.typed)
        self.payee = next(iter(draft.typed), None) if draft.kind is Kind.PAYMENT else None

    def take(self, suggestion: Suggestion) -> None:
        """Fill in what is suggested, or what is usual, where the person has not decided otherwise."""
        self.guessed_by = self.title
        if "category" not in self.chosen:
            self.category = suggestion.category or "other"
        if "payers" not in self.chosen:
            self._choose_usual_payer()
            if suggestion.payer is not None and suggestion.payer in self.candidates:
                self.pay_alone(suggestion.payer)
        if "split" not in self.chosen:
            self._choose_usual_people()
            if suggestion.mode is not None and suggestion.typed is not None:
                self._take_split(suggestion.mode, suggestion.typed)

    def choose_kind(self, kind: Kind) -> None:
        """Make it an expense, an income or a payment; what only a payment has or lacks begins as usual."""
        if kind is Kind.PAYMENT is not self.kind:
            if self.several:
                self.pay_alone(self.payer)
            others = [member for member in self.candidates if member != self.payer]
            self.payee = self.payee if self.payee in others else next(iter(others), None)
        elif self.kind is Kind.PAYMENT is not kind and self.category == "payment":
            self.category = "other"
            self._choose_usual_people()
        self.kind = kind

    def pay_alone(self, member: MemberId) -> None:
        """Let one member have paid all."""
        self.payers, self.several = {member: ""}, False

    def pay_together(self) -> None:
        """Let several have paid, each the amount that is typed for them."""
        self.payers, self.several = {self.payer: ""}, True

    def tick(self, member: MemberId, on: bool) -> None:
        """Let a member take part, or not."""
        (self.people.add if on else self.people.discard)(member)

    def another(self) -> None:
        """Begin the next new expense: day, payer and people stay, as do shares; texts and amounts go."""
        self.amount = self.title = self.note = ""
        self.category, self.guessed_by = "other", None
        self.chosen.discard("category")
        if self.several:
            self._choose_usual_payer()
            self.chosen.discard("payers")
        if self.mode in _ABOUT_ONE_BILL:
            self.mode = Mode.EQUAL
        self.texts = {mode: texts for mode, texts in self.texts.items() if mode not in _ABOUT_ONE_BILL}
        self.was, self.version = None, None
        self.send_anew()

    def send_anew(self) -> None:
        """Take it for one that was never sent."""
        self.tried, self.anyway, self.submit_key = False, False, new_key()

    def _take_split(self, mode: Mode, typed: Mapping[MemberId, Decimal]) -> None:
        self.mode, self.people = mode, set(typed)
        texts = self.texts[mode] = {}
        if mode is not Mode.EQUAL:
            written = Typed(mode, (), {}, self.notation, self.currency, "split").written
            texts.update({member: written(number) for member, number in typed.items()})

    def _choose_usual_payer(self) -> None:
        usual = self.group.usual.payer
        self.pay_alone(usual if usual in self.candidates and usual is not None else self.group.me.id)

    def _choose_usual_people(self) -> None:
        self.mode = Mode.EQUAL
        active = {member.id for member in self.group.people}
        usual = active.intersection(self.group.usual.people or ())
        self.people = usual or {member.id for member in self.group.taking_part}
