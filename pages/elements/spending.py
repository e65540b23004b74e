"""Sums of money as pictures and as tables: bars that lead somewhere, and the figures behind them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from nicegui import ui

from pages.elements.components import COMPONENTS
from pages.elements.people import colour, initials
from pages.theme import static_url

_MOST: Final = 8


@dataclass(frozen=True)
class SpendingBar:
    """One thing that money went to: texts as they are read, and how much of the bar is filled, in percent.

    It has an icon, or is a person, who has an id and a name.
    """

    id: str
    href: str
    title: str
    text: str
    share: int
    icon: str = ""
    person: int = 0
    name: str = ""
    caption: str = ""


@dataclass(frozen=True)
class FigureRow:
    """One row of a table of figures; its title leads to `href`, if there is one."""

    id: str
    title: str
    cells: tuple[str, ...]
    href: str = ""


@dataclass(frozen=True)
class FigureTable:
    """A table as it is read."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[FigureRow, ...]
    total: FigureRow


class SpendingBars(ui.element, component=COMPONENTS / "spending_bars.js"):
    """Shows bars that are links; the first few, until the word for more is pressed. `show` updates them in place."""

    def __init__(self, label: str, more: str, less: str) -> None:
        super().__init__()
        self.props["label"] = label
        self.props["more"], self.props["less"] = more, less
        self.props["most"] = _MOST
        self.props["sprite"] = static_url("icons.svg")
        self.show(())

    def show(self, bars: Sequence[SpendingBar]) -> None:
        """Shows these bars instead."""
        self.props["rows"] = tuple(
            {**asdict(bar), "initials": initials(bar.name), "colour": bar.person and colour(bar.person)}
            for bar in bars
        )

    def _displayed_contents(self, *, only_visible: bool) -> list[Any]:
        """Tells page tests what is to be read here."""
        return [text for row in self.props["rows"] for text in (row["title"], row["text"], row["caption"])]


class Figures(ui.element, component=COMPONENTS / "figures.js"):
    """A table behind the word that unfolds it; stays as it is (open or not) when `show` gives it other figures."""

    def __init__(self, label: str, table: FigureTable) -> None:
        super().__init__()
        self.props["label"] = label
        self.show(table)

    def show(self, table: FigureTable) -> None:
        """Shows this table instead."""
        for name, value in asdict(table).items():
            self.props[name] = value

    def _displayed_contents(self, *, only_visible: bool) -> list[Any]:
        """Tells page tests what is to be read here."""
        rows = [*self.props["rows"], self.props["total"]]
        return [self.props["caption"], *(text for row in rows for text in (row["title"], *row["cells"]))]
