"""Sums of months as columns that are links."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from nicegui import ui

from pages.elements.components import COMPONENTS


@dataclass(frozen=True)
class MonthColumn:
    """One month: the sum that is drawn (minor units), what is written below and above it, and where it leads."""

    id: str
    href: str
    value: int
    below: str
    above: str
    label: str
    text: str


class MonthChart(ui.element, component=COMPONENTS / "month_chart.js"):
    """Columns that are links, the last one in full colour; `show` lets them grow to their new height in place."""

    def __init__(self) -> None:
        super().__init__()
        self.props["months"] = ()

    def show(self, columns: Sequence[MonthColumn], essence: str) -> None:
        """Shows these months; `essence` says in words what is to be seen."""
        self.props["essence"] = essence
        self.props["months"] = tuple(asdict(column) for column in columns)

    def _displayed_contents(self, *, only_visible: bool) -> list[Any]:
        """Tells page tests what is to be read here."""
        columns = self.props["months"]
        return [text for column in columns for text in (column["label"], column["text"])]
