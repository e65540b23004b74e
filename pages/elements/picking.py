"""Choosing one of a handful that are all in view, or one of very many by typing a few letters."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Generic, Literal

from nicegui.events import Handler, ValueChangeEventArguments

from pages.elements.choosing import Choice, K
from pages.elements.components import COMPONENTS
from pages.elements.people import colour, initials
from pages.theme import static_url

Look = Literal["rows", "tiles"]


@dataclass(frozen=True)
class Option(Generic[K]):
    """Something to pick, with an icon, or with initials and their colour, beside its label."""

    value: K
    label: str
    icon: str = ""
    initials: str = ""
    colour: int = 1


def person(name: str, member_id: int) -> Option[int]:
    """A person to pick."""
    return Option(member_id, name, initials=initials(name), colour=colour(member_id))


class Picker(Choice[K], component=COMPONENTS / "picker.js"):
    """One of a handful: "rows" with their labels, or "tiles" that are icons with their labels read out."""

    def __init__(
        self,
        options: Sequence[Option[K]],
        value: K,
        on_change: Handler[ValueChangeEventArguments[K]] | None = None,
        *,
        label: str,
        look: Look = "rows",
    ) -> None:
        super().__init__({option.value: option.label for option in options}, value, on_change)
        self.props["options"] = tuple(asdict(option) for option in options)
        self.props["label"] = label
        self.props["look"] = look
        self.props["sprite"] = static_url("icons.svg")


class SearchChoice(Choice[K], component=COMPONENTS / "search_choice.js"):
    """One of very many, found by typing; `nothing` is said when nothing fits what was typed."""

    def __init__(
        self,
        label: str,
        options: Mapping[K, str],
        value: K,
        on_change: Handler[ValueChangeEventArguments[K]] | None = None,
        *,
        nothing: str,
    ) -> None:
        super().__init__(options, value, on_change)
        self.props["label"] = label
        self.props["nothing"] = nothing
        self.props["sprite"] = static_url("icons.svg")
