"""A list whose rows lead somewhere: groups, events."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from nicegui import ui

from pages.addresses import root
from pages.elements.components import COMPONENTS
from pages.elements.html import Draw, Html, Mark, said, span, sprite_icon, tag
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
        self.props["sections"] = tuple(asdict(section) for section in sections)

    def plain(self, mark: Mark, draw: Draw) -> Html:
        """Writes the rows as they are drawn."""
        cards = self.props["look"] == "cards"
        parts = []
        for section in self.props["sections"]:
            rows = (_plain_row(row, self.props["sprite"], cards=cards) for row in section["rows"])
            listed = tag("ul", {"class": "mc-cards" if cards else "mc-exps"}, *rows)
            label = section["label"]
            above = [tag("h2", {"class": "mc-day"}, said(label))] if label else []
            parts.append(tag("section" if label else "div", {"aria-label": label or None}, *above, listed))
        return tag("div", mark(""), *parts)

    def _displayed_contents(self, *, only_visible: bool) -> list[Any]:
        return [*super()._displayed_contents(only_visible=only_visible), *self._texts()]

    def _texts(self) -> Iterator[str]:
        for section in self._sections:
            yield section.label
            for row in section.rows:
                yield from (row.title, row.caption, row.mark)
                for amount in row.sums:
                    yield f"{amount.label} {amount.text}".strip()


def _plain_row(row: dict[str, Any], sprite: str, *, cards: bool) -> Html:
    tile = f"mc-tile {'mc-tile--group ' if cards else ''}mc-tile--{row['tint']}"
    title = span("mc-go-title mc-given", row["title"])
    parts = [
        tag("span", {"class": tile}, sprite_icon(f"{sprite}#{row['icon']}")),
        tag("span", {"class": "mc-grow"}, title, span("mc-caption mc-go-caption", row["caption"])),
    ]
    if row["sums"]:
        parts.append(tag("span", {"class": "mc-exp-sums"}, *map(_plain_sum, row["sums"])))
    if row["mark"]:
        tick = tag("use", {"href": f"{sprite}#check_circle"})
        drawn = tag("svg", {"class": "mc-i", "role": "img", "aria-label": row["mark"]}, tick)
        parts.append(tag("span", {"class": "mc-go-mark"}, drawn))
    attributes = {"href": root() + row["href"], "class": "mc-go mc-card" if cards else "mc-go"}
    return tag("li", {}, tag("a", attributes, *parts))


def _plain_sum(sum_: dict[str, Any]) -> Html:
    label = [span("mc-caption", sum_["label"])] if sum_["label"] else []
    tint = f" mc-{sum_['tint']}" if sum_["tint"] else ""
    return tag("span", {"class": "mc-go-sum"}, *label, span(f"mc-num mc-strong{tint}", sum_["text"]))
