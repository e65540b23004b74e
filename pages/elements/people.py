"""People as coloured initials."""

from collections.abc import Mapping, Sequence

from nicegui import ui

from pages.elements.components import COMPONENTS
from pages.elements.html import Draw, Html, Mark, said, tag
from pages.elements.words import Text

Person = tuple[str, int]
"""A member's name and id."""

COLOURS = 8
"""How many colours people have; each carries white text at a contrast of 4.5 or more."""


def initials(name: str) -> str:
    """One or two letters for a name: "Ann Lee" is "AL", "Bo" is "BO"."""
    lettered = ("".join(sign for sign in word if sign.isalnum()) for word in name.split())
    words = [word for word in lettered if word]
    if not words:
        return name.strip()[:1] or "?"
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


class Faces(ui.element, component=COMPONENTS / "faces.js"):
    """Several people, overlapping; beyond `most` a number stands for the rest. `show` changes them in place."""

    def __init__(self, people: Sequence[Person] = (), *, most: int = 6) -> None:
        super().__init__()
        self._most = most
        self._people: tuple[Person, ...] | None = None
        self.show(people)

    def show(self, people: Sequence[Person]) -> None:
        """Shows these people; nothing is sent if they are the ones that are shown."""
        if tuple(people) == self._people:
            return
        self._people = tuple(people)
        shown = people if len(people) <= self._most else people[: self._most - 1]
        self.props["faces"] = tuple(face(name, member_id) for name, member_id in shown)
        self.props["more"] = f"+{len(people) - len(shown)}" if len(shown) < len(people) else ""
        self.props["label"] = ", ".join(name for name, _ in people)

    def plain(self, mark: Mark, draw: Draw) -> Html:
        """Writes the faces as they are drawn."""
        faces = [plain_face(one) for one in self.props["faces"]]
        if self.props["more"]:
            faces.append(
                tag(
                    "span",
                    {"class": "mc-avatar mc-avatar--more", "aria-hidden": "true"},
                    said(self.props["more"]),
                )
            )
        return tag("div", {**mark("mc-avatars"), "role": "img", "aria-label": self.props["label"]}, *faces)


def plain_face(one: Mapping[str, object], size: str = "") -> Html:
    """Writes a member's initials, given by `face`."""
    look = f"mc-avatar {size} mc-avatar--{one['colour']}"
    attributes = {"class": look, "title": one["name"], "aria-hidden": "true"}
    return tag("span", attributes, said(str(one["initials"])))


def face(name: str, member_id: int) -> dict[str, object]:
    """Gives what the browser needs to draw a member's initials."""
    return {"id": member_id, "name": name, "initials": initials(name), "colour": colour(member_id)}
