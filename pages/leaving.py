"""Leaving a group: asked twice, because nobody can undo it by themselves."""

from nicegui import ui

from mycount.services import members
from pages.calls import call
from pages.desk import Desk
from pages.elements import Sheet, button, text
from pages.words import _


def draw_leaving(desk: Desk, within: Sheet) -> None:
    """Build the word that begins it, in the sheet of oneself."""
    box = ui.element("div").classes("mc-stack")

    def ask() -> None:
        box.clear()
        with box:
            text(
                _(
                    "You lose access at once, and only an invite brings you back. What you paid stays, and the"
                    " others see you until you are even."
                )
            )
            with ui.element("div").classes("mc-actions"):
                button(_("Stay"), None, "quiet", within.close).classes("mc-grow")
                button(_("Leave"), "logout", "soft", lambda e: leave(e.sender)).classes("mc-grow")

    async def leave(pressed: ui.element) -> None:
        desk.farewell = _(
            "You left “{group}”.", group=desk.seen.name
        )  # before it is known: that comes at once
        with desk.at_work(pressed):
            await call(members.leave, desk.user_id, desk.group_id)
            return
        desk.farewell = ""

    with box:
        button(_("Leave the group"), "logout", "danger-text", ask).classes("mc-start")
