"""The bar at the bottom of a phone."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from nicegui import ui

from pages.addresses import root
from pages.elements.components import COMPONENTS
from pages.elements.html import Draw, Html, Mark, span, sprite_icon, tag
from pages.theme import static_url


@dataclass(frozen=True)
class AreaLink:
    """The way to one area of the program: its name, icon and path, and whether one is there."""

    name: str
    href: str
    icon: str
    here: bool


class BottomBar(ui.element, component=COMPONENTS / "bottom_bar.js"):
    """Leads to the areas of the program, as one element on every page."""

    def __init__(self, areas: Sequence[AreaLink], *, label: str) -> None:
        super().__init__()
        self.props["sprite"] = static_url("icons.svg")
        self.props["label"] = label
        self.props["areas"] = tuple({**asdict(area), "href": root() + area.href} for area in areas)

    def plain(self, mark: Mark, draw: Draw) -> Html:
        """Writes the bar as it is drawn."""
        areas = (
            tag(
                "a",
                {"href": area["href"], "aria-current": "page" if area["here"] else None},
                sprite_icon(f"{self.props['sprite']}#{area['icon']}"),
                span("", area["name"]),
            )
            for area in self.props["areas"]
        )
        return tag("nav", {**mark("mc-bottom"), "aria-label": self.props["label"]}, *areas)

    def _displayed_contents(self, *, only_visible: bool) -> list[Any]:
        """Tells page tests what is to be read here."""
        return [area["name"] for area in self.props["areas"]]
