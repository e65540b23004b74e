"""Balances of a group as bars."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pages.elements.components import COMPONENTS
from pages.elements.html import Draw, Html, Mark, joined, span, tag, widths
from pages.elements.told import Listening, number


@dataclass(frozen=True)
class Bar:
    """One member: minor units for the length, and the text with its sign as it is read."""

    id: int
    name: str
    balance: int
    text: str


class BalanceBars(Listening, component=COMPONENTS / "balance_bars.js"):
    """Shows who gets and who owes; with `on_open` each row is a button that is given the member's id."""

    def __init__(
        self, bars: Sequence[Bar] = (), *, label: str, on_open: Callable[[int], Any] | None = None
    ) -> None:
        super().__init__()
        self.props["label"] = label
        self.props["tappable"] = on_open is not None
        self.show(bars)
        if on_open:
            self.hears("open", number, on_open)

    def show(self, bars: Sequence[Bar]) -> None:
        """Shows these balances; the longest bar fills its side."""
        largest = max((abs(bar.balance) for bar in bars), default=0) or 1
        self.props["rows"] = tuple(
            {
                "id": bar.id,
                "name": bar.name,
                "text": bar.text,
                "kind": "owed" if bar.balance > 0 else "owe" if bar.balance < 0 else "none",
                "share": abs(bar.balance) * 100 // largest,
            }
            for bar in bars
        )

    def plain(self, mark: Mark, draw: Draw) -> Html:
        """Writes the bars as they are drawn."""
        bars = self.props["rows"]
        rows = (tag("li", {}, _plain_row(row, self.props["tappable"])) for row in bars)
        listed = tag("ul", {**mark("mc-bars"), "aria-label": self.props["label"]}, *rows)
        return joined((widths(row["share"] for row in bars), listed))

    def _displayed_contents(self, *, only_visible: bool) -> list[Any]:
        """Tells page tests what is to be read here."""
        return [content for row in self.props["rows"] for content in (row["name"], row["text"])]


def _plain_row(row: dict[str, Any], tappable: bool) -> Html:
    kind = row["kind"]
    bar = [tag("i", {"class": f"mc-{kind}", "data-share": row["share"]})] if kind != "none" else []
    return tag(
        "button" if tappable else "div",
        {"class": "mc-bar-row", "type": "button" if tappable else None},
        span("mc-bar-name mc-given", row["name"]),
        tag("span", {"class": "mc-bar", "aria-hidden": "true"}, *bar),
        span(f"mc-bar-sum mc-num {'mc-muted' if kind == 'none' else f'mc-{kind}'}", row["text"]),
    )
