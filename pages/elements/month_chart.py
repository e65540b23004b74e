"""Sums of months as a chart. The library that draws it is loaded by the first page that has one."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from nicegui import ui

from pages.elements.components import COMPONENTS

_FEW: Final = 8  # columns that have room for their sums above them
_HALF: Final = 6  # columns that all have room for their names
_YEAR: Final = 12  # columns up to which every other one may go without its name, where there is little room
_NARROWEST: Final = 26  # pixels of a column: enough for a finger, and for a year on a phone
_SECONDS: Final = 0.2


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


class _Links(ui.element, component=COMPONENTS / "month_links.js"):
    """The links over the columns."""


class MonthChart(ui.element):
    """Columns that are links, the last one in full colour; `show` lets them grow to their new height in place.

    The colours are the theme's own variables, so that the chart follows every switch of it by itself.
    """

    def __init__(self) -> None:
        super().__init__()
        self.classes("mc-months")
        with self, ui.element("div").classes("mc-months-in") as self._inside:
            self._chart = ui.echart(_options(()), renderer="svg").classes("mc-months-chart")
            self._chart.props["role"] = "img"
            self._links = _Links()
        self._links.props["months"] = ()

    def show(self, columns: Sequence[MonthColumn], essence: str) -> None:
        """Shows these months; `essence` says in words what is to be seen."""
        self._inside.style(f"min-width:{len(columns) * _NARROWEST}px")
        self._chart.props["aria-label"] = essence
        self._chart.props["options"] = _options(columns)
        self._links.props["months"] = tuple(asdict(column) for column in columns)

    def _displayed_contents(self, *, only_visible: bool) -> list[Any]:
        """Tells page tests what is to be read here."""
        columns = self._links.props["months"]
        return [text for column in columns for text in (column["label"], column["text"])]


def _options(columns: Sequence[MonthColumn]) -> dict[str, Any]:
    """Describe the chart for ECharts. Keys that begin with a colon are looked up in the browser."""
    written = {"fontFamily": "Inter, system-ui, sans-serif", "fontSize": 12, "color": "var(--muted)"}
    return {
        ":animation": "!matchMedia('(prefers-reduced-motion: reduce)').matches",
        "animationDuration": _SECONDS * 1000,
        "animationDurationUpdate": _SECONDS * 1000,
        "animationEasing": "cubicOut",
        "animationEasingUpdate": "cubicOut",
        "grid": {"left": 0, "right": 0, "top": 24, "bottom": 30},
        "xAxis": {
            "type": "category",
            "data": [column.below for column in columns],
            ":inverse": "getComputedStyle(document.body).direction === 'rtl'",
            "axisLine": {"show": False},
            "axisTick": {"show": False},
            "axisLabel": {
                **written,
                "margin": 12,
                "lineHeight": 15,
                "interval": "auto" if _HALF < len(columns) <= _YEAR else 0,
                "hideOverlap": True,
            },
        },
        "yAxis": {"type": "value", "show": False},
        "series": [
            {
                "type": "bar",
                "data": [_bar(column, latest=column is columns[-1]) for column in columns],
                "barWidth": "56%",
                "barMaxWidth": 46,
                "barMinHeight": 3,
                "silent": True,
                "label": {**written, "show": len(columns) <= _FEW, "position": "top", "distance": 6},
                "labelLayout": {"hideOverlap": True},
            }
        ],
    }


def _bar(column: MonthColumn, *, latest: bool) -> dict[str, Any]:
    faded = "color-mix(in srgb, var(--brand) 38%, var(--surface))"
    return {
        "value": column.value or None,  # nothing is no bar, but a little is one
        "label": {"formatter": column.above},
        "itemStyle": {"color": "var(--brand)" if latest else faded, "borderRadius": 7},
    }
