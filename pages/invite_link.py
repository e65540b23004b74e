"""The link of one invite: as a QR code, to copy, and to share."""

import json
from collections.abc import Callable

import segno
from nicegui import ui

from mycount.services.views import GroupView, InviteView, NewInvite
from pages import words
from pages.addresses import invite_link
from pages.elements import button, copy_button, empty_state, icon, share_button, text, toast
from pages.elements.words import Text
from pages.theme import CODE
from pages.words import _


class InviteLink:
    """Builds the link where one stands, with its buttons in `foot`; says so once somebody has come in by it."""

    def __init__(
        self,
        group: GroupView,
        made: NewInvite,
        name: str | None,
        foot: ui.element,
        another: Callable[[], None],
    ) -> None:
        """`name` is the member that the invite is for, if any; `another` begins a new one."""
        self._link = invite_link(made.token)
        self._group = group
        self._foot = foot
        self._another = another
        self._is_over = False
        with ui.element("div").classes("mc-stack") as self._box:
            text(_sentence(name, words.short_day(words.day_of(made.expires_at))), muted=True)
            _draw_code(self._link)
            self._draw_address()
        self._draw_buttons()

    def show(self, invite: InviteView) -> None:
        """Say so when the link works no more."""
        if invite.state != "open" and not self._is_over:
            self._is_over = True
            self._draw_end(invite)

    def _draw_address(self) -> None:
        with ui.element("div").classes("mc-link-box"):
            icon("link").classes("mc-muted")
            address = Text("span", self._link.split("://", 1)[-1]).classes("mc-grow mc-ellipsis")
            address.props["title"] = self._link
            address.props["dir"] = "ltr"  # an address, whatever is written around it
            copy_button(_("Copy"), self._link, on_copied=lambda: toast(_("Link copied")))

    def _draw_buttons(self) -> None:
        with self._foot:
            share = share_button(
                _("Share link"),
                self._link,
                self._group.name,
                _("Join “{group}” on MyCount", group=self._group.name),
                on_copied=lambda: toast(_("Link copied")),
                tall=True,
            )
            self._draw_another()
        ui.run_javascript(f"mycount.focus({json.dumps(share.html_id)})")  # what was pressed is gone

    def _draw_end(self, invite: InviteView) -> None:
        self._box.clear()
        self._foot.clear()
        with self._box:
            if invite.state == "used" and invite.used_by:
                empty_state("groups", _("{name} is in. This link is used up.", name=invite.used_by))
            else:
                empty_state("invites", _("This link lets nobody in any more."))
        with self._foot:
            self._draw_another()

    def _draw_another(self) -> None:
        button(_("Invite somebody else"), None, "quiet", lambda: self._another(), wide=True)


def _sentence(name: str | None, day: str) -> str:
    if name is None:
        return _(
            "Whoever opens this link and presses Join first is in the group. It works once and ends on {day}.",
            day=day,
        )
    return _(
        "Whoever opens this link and presses Join first is {name} here. It works once and ends on {day}.",
        name=name,
        day=day,
    )


def _draw_code(link: str) -> None:
    """Draw the QR code as a picture: the link never becomes part of the page's own markup."""
    code = segno.make(link, error="m", micro=False)
    with ui.element("div").classes("mc-code"):
        picture = ui.element("img")
        picture.props["src"] = code.svg_data_uri(scale=4, border=0, dark=CODE, light=None)
        picture.props["alt"] = _("QR code of the invite link")
