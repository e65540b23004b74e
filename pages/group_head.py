"""The head of a group's page: icon, name, who is in it, who else is looking, and what one can do at once."""

from functools import partial

from nicegui import ui

from mycount.domain.ids import MemberId
from mycount.services.views import GroupView
from pages.desk import Desk
from pages.elements import Faces, button, caption, given, here, icon_button, tile
from pages.frame import Bar
from pages.group_actions import add_expense, invite
from pages.group_icons import tint
from pages.words import _, ngettext

_MOST_NAMES = 3


class GroupHead:
    """Drawn once, in the page and in the slim bar of a phone; every part of it changes by itself."""

    def __init__(self, desk: Desk, bar: Bar) -> None:
        self._desk = desk
        self._icon: str | None = None
        with bar.middle:
            self._here_phone = here("")
        with bar.end:
            self._invite_phone = icon_button("person_add", _("Invite"), partial(invite, desk))
        with ui.element("header").classes("mc-group-head"):
            self._tile = ui.element("div")
            with ui.element("div").classes("mc-group-name"):
                self._name = given(desk.seen.name, "h1")
                self._about = caption("")
            self._faces = Faces().classes("mc-wide-only")
            self._here = here("").classes("mc-desktop-only")
            with ui.element("div").classes("mc-row mc-end mc-row--tight mc-desktop-only") as self._buttons:
                button(_("Invite"), "person_add", "quiet", partial(invite, desk))
                add = button(_("Add expense"), "add", on_click=partial(add_expense, desk))
                add.props["aria-keyshortcuts"] = "n"
        self.show_here(())

    def show(self) -> None:
        """Show the group as it was read last."""
        group = self._desk.seen
        if group.name != self._name.text:
            self._name.set_text(group.name)
            ui.page_title(f"{group.name} · MyCount")
        self._about.set_text(_about(group))
        self._show_icon(group.icon)
        self._faces.show([(member.name, member.id) for member in group.people])
        self._buttons.set_visibility(group.can_change)
        self._invite_phone.set_visibility(group.can_change)

    def show_here(self, others: tuple[MemberId, ...]) -> None:
        """Say who else is looking."""
        known = {member.id: member.name for member in self._desk.seen.people}
        names = [known[member] for member in others if member in known]
        self._here_phone.set_text(_in_short(names))
        self._here.set_text(_sentence(names))
        for label in (self._here_phone, self._here):
            label.set_visibility(bool(names))

    def _show_icon(self, icon: str) -> None:
        if icon != self._icon:
            self._icon = icon
            self._tile.clear()
            with self._tile:
                tile(icon, tint(icon), "large")


def _about(group: GroupView) -> str:
    people = ngettext("{n} person", "{n} people", len(group.people))
    return f"{people} · {group.currency}"


def _in_short(names: list[str]) -> str:
    shown = ", ".join(names[:_MOST_NAMES])
    return f"{shown} +{len(names) - _MOST_NAMES}" if len(names) > _MOST_NAMES else shown


def _sentence(names: list[str]) -> str:
    if len(names) == 1:
        return _("{name} is here", name=names[0])
    if len(names) == 2:
        return _("{name} and {other} are here", name=names[0], other=names[1])
    if names:
        return _("{name} and {n} others are here", name=names[0], n=len(names) - 1)
    return ""
