"""Rows of people, invites, events, and of what one can do: one element, however many they are."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pages.elements.components import COMPONENTS
from pages.elements.people import colour, initials
from pages.elements.told import Listening, MalformedError, number
from pages.theme import static_url


@dataclass(frozen=True)
class Entry:
    """One row: an icon, or a person's initials in the colour of `id`; every text is in the person's language."""

    id: int
    title: str
    caption: str = ""
    icon: str = ""
    person: str = ""
    """The name whose initials stand before the row, instead of an icon."""
    opens: bool = False
    """Whether the row can be pressed."""
    act: str = ""
    """A word at the end to press: "Revoke"."""
    act_ends: bool = False
    """Whether that word takes something away."""
    bright: bool = False
    faded: bool = False


class Entries(Listening, component=COMPONENTS / "entries.js"):
    """Shows rows as one element; `show` updates them in place, without losing focus or scroll position."""

    def __init__(
        self,
        entries: Sequence[Entry] = (),
        *,
        label: str,
        on_open: Callable[[int], Any] | None = None,
        on_act: Callable[[int], Any] | None = None,
    ) -> None:
        super().__init__()
        self.props["label"] = label
        self.props["sprite"] = static_url("icons.svg")
        self._entries: tuple[Entry, ...] | None = None
        self.show(entries)
        if on_open:
            self.hears("open", self._one_shown, on_open)
        if on_act:
            self.hears("act", self._one_shown, on_act)

    def show(self, entries: Sequence[Entry]) -> None:
        """Shows these rows; nothing is sent if they are the ones that are shown."""
        if tuple(entries) == self._entries:
            return
        self._entries = tuple(entries)
        self.props["rows"] = tuple(
            {
                **asdict(entry),
                "initials": initials(entry.person) if entry.person else "",
                "colour": colour(entry.id),
            }
            for entry in entries
        )

    def _one_shown(self, said: object) -> int:
        if number(said) in (entry.id for entry in self._entries or ()):
            return number(said)
        raise MalformedError

    def _displayed_contents(self, *, only_visible: bool) -> list[Any]:
        texts = [text for entry in self._entries or () for text in (entry.title, entry.caption, entry.act)]
        return [*super()._displayed_contents(only_visible=only_visible), *texts]
