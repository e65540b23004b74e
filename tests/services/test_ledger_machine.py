"""Whatever people do one after the other, the balances are what five lines of Python say they are."""

from collections import Counter
from decimal import Decimal

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from mycount.domain.errors import Conflict
from mycount.domain.ids import ExpenseId
from mycount.domain.ledger import Kind
from mycount.domain.money import MAX_AMOUNT
from mycount.domain.split import Mode
from mycount.services import books, expenses
from mycount.services.views import Draft, ExpenseView
from tests.world import Scene, World

PEOPLE = ("Ann", "Bo", "Cy", "Di")
CURRENCIES = ("EUR", "JPY", "KWD")
RUNS = settings(
    max_examples=12,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def test_balances_are_what_a_model_of_five_lines_says(world: World) -> None:
    run_state_machine_as_test(lambda: Ledger(world), settings=RUNS)


class Model(Counter[tuple[str, int]]):
    """Balances by currency and member."""

    def book(self, view: ExpenseView, sign: int) -> None:
        sign = -sign if view.draft.kind is Kind.INCOME else sign
        for member, paid in view.draft.payers.items():
            self[view.draft.currency, member] += sign * paid
        for member, part in view.parts.items():
            self[view.draft.currency, member] -= sign * part


@st.composite
def cuts(draw: st.DrawFn, whole: int, pieces: int) -> list[int]:
    """Cut a whole into pieces of zero or more."""
    places = sorted(draw(st.lists(st.integers(0, whole), min_size=pieces - 1, max_size=pieces - 1)))
    return [end - begin for begin, end in zip([0, *places], [*places, whole], strict=True)]


@st.composite
def bills(draw: st.DrawFn) -> dict[str, object]:
    """Write an expense or income by names, in any way there is to split it."""
    amount = draw(st.integers(4, 5000) | st.integers(4, MAX_AMOUNT))
    people = draw(st.lists(st.sampled_from(PEOPLE), min_size=1, unique=True))
    mode = draw(st.sampled_from(Mode))
    least = amount // (2 * len(people))
    numbers: st.SearchStrategy[list[Decimal]]
    match mode:
        case Mode.PERCENT:
            numbers = cuts(10_000, len(people)).map(lambda cut: [Decimal(n) / 100 for n in cut])
        case Mode.AMOUNTS:
            numbers = cuts(amount, len(people)).map(lambda cut: [Decimal(n) for n in cut])
        case Mode.ADJUST:
            numbers = _list(st.integers(-least, least).map(Decimal), len(people))
        case _:
            numbers = _list(st.decimals(0, 9, places=2), len(people)).filter(any)
    payers = draw(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=3, unique=True))
    paid = zip(payers, draw(cuts(amount, len(payers))), strict=True)
    return {
        "amount": amount,
        "payer": {name: part for name, part in paid if part},
        "people": dict(zip(people, draw(numbers), strict=True)),
        "mode": mode,
        "kind": draw(st.sampled_from((Kind.EXPENSE, Kind.INCOME))),
        "currency": draw(st.sampled_from(CURRENCIES)),
    }


def _list(numbers: st.SearchStrategy[Decimal], size: int) -> st.SearchStrategy[list[Decimal]]:
    return st.lists(numbers, min_size=size, max_size=size)


class Ledger(RuleBasedStateMachine):
    """A group in which things are added, edited, deleted, restored and paid back."""

    entries: Bundle[ExpenseId] = Bundle("entries")

    def __init__(self, world: World) -> None:
        super().__init__()
        self.scene: Scene = world.group(*PEOPLE)
        self.model = Model()

    @rule(target=entries, bill=bills())
    def add(self, bill: dict[str, object]) -> ExpenseId:
        return self.booked(expenses.add(self.scene.owner, self.scene.id, self.draft(bill)))

    @rule(entry=entries, bill=bills())
    def edit(self, entry: ExpenseId, bill: dict[str, object]) -> None:
        before = self.scene.expense(entry)
        try:
            expenses.edit(self.scene.owner, self.scene.id, entry, before.version, self.draft(bill))
        except Conflict:
            assert before.is_deleted
        else:
            self.model.book(before, -1)
            self.booked(entry)

    @rule(entry=entries)
    def save_unchanged(self, entry: ExpenseId) -> None:
        before = self.scene.expense(entry)
        if not before.is_deleted:
            expenses.edit(self.scene.owner, self.scene.id, entry, before.version, before.draft)
        assert self.scene.expense(entry) == before

    @rule(entry=entries)
    def delete(self, entry: ExpenseId) -> None:
        before = self.scene.expense(entry)
        expenses.delete(self.scene.owner, self.scene.id, entry)
        if not before.is_deleted:
            self.model.book(before, -1)

    @rule(entry=entries)
    def restore(self, entry: ExpenseId) -> None:
        before = self.scene.expense(entry)
        expenses.restore(self.scene.owner, self.scene.id, entry)
        if before.is_deleted:
            self.booked(entry)

    @rule(
        target=entries,
        amount=st.integers(1, 10_000),
        both=st.permutations(PEOPLE),
        currency=st.sampled_from(CURRENCIES),
    )
    def pay(self, amount: int, both: list[str], currency: str) -> ExpenseId:
        return self.booked(self.scene.pay(amount, both[0], both[1], currency=currency))

    @precondition(lambda self: any(self.model.values()))
    @rule(target=entries, data=st.data())
    def pay_as_planned(self, data: st.DataObject) -> ExpenseId:
        plans = [(money.currency, pay) for money in self.scene.see().money for pay in money.plan.transfers]
        currency, pay = data.draw(st.sampled_from(plans))
        names = {member: name for name, member in self.scene.members.items()}
        payer, payee = names[pay.payer], names[pay.payee]
        return self.booked(self.scene.pay(pay.amount, payer, payee, currency=currency))

    @rule(entry=consumes(entries))
    def forget(self, entry: ExpenseId) -> None:
        """Touch this one no more."""

    @invariant()
    def balances_are_the_models_and_the_plan_settles_them(self) -> None:
        money = self.scene.see().money
        shown = {
            (kept.currency, member): balance for kept in money for member, balance in kept.balances.items()
        }
        assert {key: amount for key, amount in shown.items() if amount} == {
            key: amount for key, amount in self.model.items() if amount
        }
        for kept in money:
            left = dict(kept.balances)
            for pay in kept.plan.transfers:
                left[pay.payer] += pay.amount
                left[pay.payee] -= pay.amount
            assert not any(left.values())

    def teardown(self) -> None:
        assert books.audit() == ()
        assert books.imbalance() == 0

    def draft(self, bill: dict[str, object]) -> Draft:
        return self.scene.draft(**bill)  # type: ignore[arg-type]

    def booked(self, entry: ExpenseId) -> ExpenseId:
        """Book an entry in the model as it is stored now."""
        view = self.scene.expense(entry)
        assert sum(view.parts.values()) == sum(view.draft.payers.values()) == view.draft.amount
        self.model.book(view, 1)
        return entry
