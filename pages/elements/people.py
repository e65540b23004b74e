"""People as coloured initials."""

from collections.abc import Sequence

from nicegui import ui

from pages.elements.words import Text

COLOURS = 8
"""How many colours people have; each carries white text at a contrast of 4.5 or more."""


def initials(name: str) -> str:
    """One or two letters for a name: "Ann Lee" is "AL", "Bo" is "BO"."""
    words = [word for word in name.split() if word]
    if not words:
        return "?"
    letters = words[0][:1] + words[-1][:1] if len(words) > 1 else words[0][:2]
    return letters.upper()[:2]


def colour(member_id: int) -> int:
    """Which of the colours a member has, 1 to `COLOURS`; the same everywhere and for ever."""
    return (member_id - 1) % COLOURS + 1


def avatar(name: str, member_id: int | None, small: bool = False) -> Text:
    """A person's initials in their colour; decoration beside the name, and so hidden from screen readers.

    Colours belong to members of a group. Outside of groups, without a member's id, there is a neutral one.
    """
    tone = "neutral" if member_id is None else colour(member_id)
    element = Text("span", initials(name)).classes(f"mc-avatar mc-avatar--{tone}")
    element.props["aria-hidden"] = "true"
    element.props["title"] = name
    return element.classes("mc-avatar--small") if small else element


def avatars(people: Sequence[tuple[str, int]], most: int = 6) -> ui.element:
    """Several people, overlapping, given as (name, member id); beyond `most` a number stands for the rest."""
    element = ui.element("div").classes("mc-avatars")
    element.props["role"] = "img"
    element.props["aria-label"] = ", ".join(name for name, _ in people)
    shown = people if len(people) <= most else people[: most - 1]
    with element:
        for name, member_id in shown:
            avatar(name, member_id)
        if len(shown) < len(people):
            Text("span", f"+{len(people) - len(shown)}").classes("mc-avatar mc-avatar--more").props[
                "aria-hidden"
            ] = "true"
    return element
