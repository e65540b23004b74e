"""The list of expenses, by day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from pages.elements.components import COMPONENTS
from pages.elements.html import Draw, Html, Mark, said, span, sprite_icon, tag
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
        # The rows as they are: `asdict` takes ten times as long, and every change of a group goes to everybody.
        self.props["days"] = tuple({"label": day.label, "rows": [*map(vars, day.rows)]} for day in days)
        self.props["more"] = more

    def plain(self, mark: Mark, draw: Draw) -> Html:
        """Writes the days as they are drawn."""
        sprite = self.props["sprite"]
        days = [
            tag(
                "section",
                {"aria-label": day["label"]},
                tag("h2", {"class": "mc-day"}, said(day["label"])),
                tag("ul", {"class": "mc-exps"}, *(_plain_row(sprite, *row.values()) for row in day["rows"])),
            )
            for day in self.props["days"]
        ]
        end = [tag("div", {"class": "mc-wait"})] if self.props["more"] else []
        return tag("div", mark(""), *days, *end)

    def _displayed_contents(self, *, only_visible: bool) -> list[Any]:
        """Tells page tests what is to be read here."""
        rows = [row for day in self.props["days"] for row in day["rows"]]
        return [row[key] for row in rows for key in ("title", "caption", "amount", "effect")]


# Whoever opens a group finds most of it as it was the last time.
@lru_cache(maxsize=4096)  # of 1 kB
def _plain_row(
    sprite: str,
    _id: int,
    icon: str,
    title: str,
    caption: str,
    amount: str,
    effect: str,
    effect_kind: Effect,
    effect_short: str,
    _fresh: bool,
    is_payment: bool,
) -> Html:
    """Write a row; what it is given after the sprite is what a Row holds, in that order."""
    tile = "mc-tile mc-tile--brand" if is_payment else "mc-tile"
    tint = "" if effect_kind == "none" else f" mc-{effect_kind}"
    only = " mc-desktop-only" if effect_short else ""
    sums = [span("mc-exp-amount mc-num", amount)]
    if effect:
        sums.append(span(f"mc-exp-effect mc-num{tint}{only}", effect))
    if effect_short:
        sums.append(span(f"mc-exp-effect mc-num mc-phone-only{tint}", effect_short))
    button = tag(
        "button",
        {"type": "button", "class": "mc-exp"},
        tag("span", {"class": tile}, sprite_icon(f"{sprite}#{icon}")),
        tag("span", {}, span("mc-exp-title mc-given", title), span("mc-exp-caption", caption)),
        tag("span", {"class": "mc-exp-sums"}, *sums),
    )
    return tag("li", {}, button)
