"""A list whose rows lead somewhere: groups, events."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from nicegui import ui

from pages.elements.components import COMPONENTS
from pages.elements.words import TileTint, Tint
from pages.theme import static_url


@dataclass(frozen=True)
class Sum:
    """An amount at the end of a row, with a word above it ("you get")."""

    text: str
    label: str = ""
    tint: Tint = None


@dataclass(frozen=True)
class LinkRow:
    """One row: every text is already in the person's language and money. `mark` shows a tick that says that."""

    id: str
    href: str
    icon: str
    title: str
    caption: str
    tint: TileTint = "plain"
    sums: Sequence[Sum] = ()
    mark: str = ""


@dataclass(frozen=True)
class Section:
    """Rows under a heading, or without one."""

    rows: Sequence[LinkRow]
    label: str = ""


class LinkList(ui.element, component=COMPONENTS / "link_list.js"):
    """Shows rows as one element; `show` updates them in place, without losing focus or scroll position."""

    def __init__(
        self, sections: Sequence[Section] = (), *, look: Literal["cards", "lines"] = "lines"
    ) -> None:
        super().__init__()
        self.props["sprite"] = static_url("icons.svg")
        self.props["look"] = look
        self.show(sections)

    def show(self, sections: Sequence[Section]) -> None:
        """Shows these rows instead."""
        self._sections = tuple(sections)
        self.props["sections"] = [asdict(section) for section in sections]

    def _displayed_contents(self, *, only_visible: bool) -> list[Any]:
        return [*super()._displayed_contents(only_visible=only_visible), *self._texts()]

    def _texts(self) -> Iterator[str]:
        for section in self._sections:
            yield section.label
            for row in section.rows:
                yield from (row.title, row.caption, row.mark)
                for amount in row.sums:
                    yield f"{amount.label} {amount.text}".strip()
