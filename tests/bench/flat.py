"""Whether what a person does through the services takes as long in a group of 100,000 expenses as in one of ten."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from mycount.domain.ids import ExpenseId
from mycount.services import balances, expenses, groups, insights, shared, tallies
from mycount.services.views import ExpensePage, Filter, Word
from tests.bench.figures import Curve, Figure, growth, middle, steps
from tests.bench.filling import RARE, TODAY
from tests.bench.stores import Run, Store
from tests.bench.turns import Work, in_turns, medians, timed
from tests.world import Scene, assert_sound

PART = "Flat"
MOST = 1.3
OPEN = "Open a group"
_LINEAR = ("Insights of all years", "Count what a tenth has", "Count what a person and a category have")
"""What may take as much longer as there is more of it."""
_FOR_WHAT_IT_IS_WORTH = ("Insights of a month",)
"""What has more to sum up where more was spent in the same time."""
_DINNER = Word("dinner")
_key = itertools.count()


def measure(run: Run) -> None:
    """Measure every act at every size, and a small group beside a large one."""
    for kind in run.kinds:
        store = run.filled(kind)
        store.use()
        for name, act in ACTS.items():
            _measure_act(run, store, name, act)
        _measure_audit(run, store)
        _measure_neighbour(run, kind)


def _measure_act(run: Run, store: Store, name: str, act: Callable[[Scene], Work]) -> None:
    works = {
        size: timed(partial(act, scene), partial(_take_back, scene)) for size, scene in store.groups.items()
    }
    for work in works.values():
        work()  # once for whatever is only done once
    curve: Curve = medians(works, run.times(60), seconds=10)
    run.notebook.curve(store.kind, name, curve)
    small, *_, before, large = sorted(curve)
    if name in _LINEAR:
        most, value = MOST * large / before, curve[large] / curve[before]
        title = f"{name}: {large:,} as a multiple of {before:,}"
    else:
        most, value = MOST, growth(curve)
        title = f"{name}: the worst of {small:,} to {large:,} as a multiple of {small:,}"
    goal = None if name in _FOR_WHAT_IT_IS_WORTH else most
    run.notebook.note(Figure(PART, title, value, "×", goal, database=store.kind, told=steps(curve)))


def _measure_audit(run: Run, store: Store) -> None:
    """Note how long it takes to go through all books: nothing of it may fail, however much there is."""
    seconds = timed(lambda: assert_sound)() / 1000
    name = f"Audit of all books, of {sum(run.sizes):,} expenses"
    run.notebook.note(Figure(PART, name, seconds, "s", database=store.kind))


def _measure_neighbour(run: Run, kind: str) -> None:
    """Compare a small group whose neighbour is large with the same in a database of its own."""
    small, large = run.sizes[0], run.sizes[-1]
    beside, alone = run.filled(kind), run.alone(kind)

    def opening(store: Store) -> Work:
        store.use()
        return _open(store.groups[small])

    found = in_turns(
        {store is beside: timed(partial(opening, store)) for store in (beside, alone)}, run.times(100)
    )
    with_neighbour, without = middle(found[True]), middle(found[False])
    name = f"{OPEN} of {small} beside one of {large:,}, as a multiple of it alone"
    told = f"{with_neighbour:.2f} / {without:.2f} ms"
    run.notebook.note(Figure(PART, name, with_neighbour / without, "×", MOST, database=kind, told=told))
    beside.use()


def _take_back(scene: Scene, done: object) -> None:
    """Take an expense out again that was added, so that a group stays as large as it is said to be."""
    if isinstance(done, int):
        expenses.delete(scene.owner, scene.id, ExpenseId(done))


def _ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def _open(scene: Scene) -> Work:
    def work() -> None:
        groups.see(scene.owner, scene.id)
        expenses.listed(scene.owner, scene.id)

    return work


def _further_down(scene: Scene) -> Work:
    """Read what comes a third down the list, as far as there is one."""
    return lambda: expenses.listed(scene.owner, scene.id, after=(_ago(1300), ExpenseId(0)))


def _add(scene: Scene) -> Work:
    draft = scene.draft(1000, "Bo", submit_key=f"bench {next(_key)}", day=TODAY)
    return lambda: expenses.add(scene.owner, scene.id, draft)


def _edit(scene: Scene) -> Work:
    """Change the amount of an expense in the middle."""
    page = expenses.listed(scene.owner, scene.id, after=(_ago(1800), ExpenseId(0)), limit=1)
    seen = expenses.see(scene.owner, scene.id, page.lines[0].id)
    amount = seen.draft.amount + 10
    draft = replace(seen.draft, amount=amount, payers={next(iter(seen.draft.payers)): amount})
    return lambda: expenses.edit(scene.owner, scene.id, seen.id, seen.version, draft)


def _looked_for(*words: Word, most: int = 1) -> Callable[[Scene], Work]:
    """Read as many lines as the group of ten has: a page of forty would have more to read than one line."""

    def act(scene: Scene) -> Work:
        return lambda: _some(expenses.listed(scene.owner, scene.id, wanted=Filter(words), limit=most))

    return act


def _filtered(scene: Scene) -> Work:
    wanted = _restaurants_of_one(scene)
    return lambda: _some(expenses.listed(scene.owner, scene.id, wanted=wanted, limit=2))


def _restaurants_of_one(scene: Scene) -> Filter:
    return Filter(person=scene.members["Cy"], category="restaurant")


def _count_what_a_tenth_has(scene: Scene) -> Work:
    return lambda: tallies.see(scene.owner, scene.id, wanted=Filter((_DINNER,)))


def _count_what_one_has(scene: Scene) -> Work:
    return lambda: tallies.see(scene.owner, scene.id, wanted=_restaurants_of_one(scene))


def _searched_in_vain(scene: Scene) -> Work:
    return lambda: expenses.listed(scene.owner, scene.id, wanted=Filter((Word("zebra"),)))


def _some(page: ExpensePage) -> None:
    assert page.lines, "nothing was found, so that nothing was measured"


def _why(scene: Scene) -> Work:
    return lambda: balances.why(scene.owner, scene.id, scene.members["Di"], "EUR", limit=10)


def _insights(scene: Scene) -> Work:
    shared.forget()
    return lambda: insights.see(scene.owner, scene.id)


def _insights_of_a_month(scene: Scene) -> Work:
    shared.forget()
    return lambda: insights.see(scene.owner, scene.id, since=_ago(2000), until=_ago(1970))


ACTS: dict[str, Callable[[Scene], Work]] = {
    OPEN: _open,
    "Scroll on in the middle": _further_down,
    "Add": _add,
    "Edit": _edit,
    "Search a word that one has": _looked_for(Word(RARE)),
    "Search a word that nothing has": _searched_in_vain,
    "Search a word that a tenth has": _looked_for(_DINNER),
    "Search an amount": _looked_for(Word("50", amount=(Decimal(50), Decimal(51)))),
    "Search an amount to the cent": _looked_for(Word("53.70", amount=(Decimal("53.7"), Decimal("53.71")))),
    "Filter by person and category": _filtered,
    "Count what a tenth has": _count_what_a_tenth_has,
    "Count what a person and a category have": _count_what_one_has,
    "Why?": _why,
    "Insights of a month": _insights_of_a_month,
    "Insights of all years": _insights,
}
"""What a person does; each prepares the work for a group and gives it."""
