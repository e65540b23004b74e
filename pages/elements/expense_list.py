"""The list of expenses, by day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pages.elements.components import COMPONENTS
from pages.elements.told import Listening, number
from pages.theme import static_url

Effect = Literal["owed", "owe", "none"]


@dataclass(frozen=True)
class Row:
    """One expense as it is read: every text is already in the person's language and money."""

    id: int
    icon: str
    title: str
    caption: str
    amount: str
    effect: str = ""
    """What it means for the person: "you owe €5.40"."""
    effect_kind: Effect = "none"
    effect_short: str = ""
    """The same for a phone: "−€5.40"; empty if it is the same there."""
    fresh: bool = False
    """Added a moment ago by somebody else: marked for a few seconds when it is first seen."""
    is_payment: bool = False


@dataclass(frozen=True)
class Day:
    """The expenses of one day, under its name."""

    label: str
    rows: Sequence[Row]


class ExpenseList(Listening, component=COMPONENTS / "expense_list.js"):
    """Shows days of expenses as one element; `show` updates it in place, without losing focus or scroll position."""

    def __init__(
        self,
        days: Sequence[Day] = (),
        *,
        more: bool = False,
        on_open: Callable[[int], Any] | None = None,
        on_more: Callable[[], Any] | None = None,
    ) -> None:
        super().__init__()
        self.props["sprite"] = static_url("icons.svg")
        self.show(days, more=more)
        if on_open:
            self.hears("open", number, on_open)
        if on_more:
            self.on("more", on_more, args=[])

    def show(self, days: Sequence[Day], *, more: bool = False) -> None:
        """Shows these days; with `more` the list asks for the next ones (`on_more`) when its end comes into view."""
        # Copied by hand: `asdict` takes ten times as long, and every change of a group sends its list to everybody.
        self.props["days"] = [
            {"label": day.label, "rows": [vars(row).copy() for row in day.rows]} for day in days
        ]
        self.props["more"] = more

    def _displayed_contents(self, *, only_visible: bool) -> list[Any]:
        """Tells page tests what is to be read here."""
        rows = [row for day in self.props["days"] for row in day["rows"]]
        return [row[key] for row in rows for key in ("title", "caption", "amount", "effect")]
