"""Me: my name, my password, how it looks, my devices, and the way out."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from mycount.services import users
from pages.account_forms import Keep, open_password, open_rename
from pages.calls import call, refusals_shown
from pages.closing import draw_closing
from pages.devices import Devices
from pages.elements import avatar, button, caption, choice, given, heading, row, segments, sheet, stack, text
from pages.elements.entries import Entries, Entry
from pages.elements.sheet import once
from pages.entering import let_out
from pages.frame import frame
from pages.language import languages
from pages.shortcuts import open_shortcuts
from pages.theme import Theme, switch_theme
from pages.visitors import me
from pages.words import _


async def account_page() -> None:
    """Shows what belongs to the visitor alone. Guests see first how to become known on all their devices."""
    may_keep = me().is_guest and await call(users.may_keep)
    with frame("you", _("You"), narrow=True), stack(wide=True):
        _identity()
        if may_keep:
            with ui.element("section").classes("mc-card mc-card--wide"):
                Keep()
        _own(lambda: devices.read())
        _look()
        with ui.element("section").classes("mc-stack"):
            heading(2, _("Devices"))
            devices = Devices()
            await devices.read()
        _ways_out()


def _identity() -> None:
    known = me()
    with row():
        avatar(known.name, None).classes("mc-avatar--large")
        with ui.element("div").classes("mc-grow"):
            given(known.name, "h1").classes("mc-ellipsis")
            caption(known.email or _("Guest on this device"))
            if known.is_administrator:
                caption(_("You administer this installation"))


def _own(password_changed: Callable[[], Awaitable[None]]) -> None:
    known = me()
    sheets = (once(open_rename), once(lambda: open_password(password_changed)))
    rows = [Entry(0, _("Name"), known.name, icon="badge", opens=True)]
    if not known.is_guest:
        rows.append(Entry(1, _("Password"), _("Change it here"), icon="password", opens=True))
    Entries(rows, label=_("Account"), on_open=lambda which: sheets[which]())


def _look() -> None:
    user, known = me().user_id, me()
    themes: dict[str, str] = {"system": _("As the system"), "light": _("Light"), "dark": _("Dark")}
    chosen: dict[str, Theme] = {"system": "system", "light": "light", "dark": "dark"}

    async def wear() -> None:
        with refusals_shown():
            await call(users.change_look, user, theme=theme.value)
            switch_theme(chosen[theme.value])

    async def talk() -> None:
        with refusals_shown():
            await call(users.change_look, user, language=language.value)
            ui.run_javascript("mycount.speak()")  # what a stranger chose on this device is over

    with ui.element("section").classes("mc-card mc-card--wide mc-stack"):
        heading(2, _("Look"))
        theme = segments(themes, known.theme if known.theme in themes else "system", wear, label=_("Theme"))
        of_browser = {"": _("As the browser")}
        language = choice(_("Language"), {**of_browser, **languages()}, known.language or "", talk)
        language.classes("mc-language")
        keys = button(_("Keyboard shortcuts"), "keyboard", "text", once(open_shortcuts))
        keys.classes("mc-start mc-desktop-only")


def _ways_out() -> None:
    with ui.element("div").classes("mc-row mc-row--wrap mc-row--between"):
        leave = once(_warn_guest) if me().is_guest else let_out
        button(_("Sign out"), "logout", kind="quiet", on_click=leave)
        ui.link(_("Deleted groups"), "/deleted").classes("mc-link", remove="nicegui-link")
    if not me().is_guest:
        draw_closing()


def _warn_guest() -> None:
    with sheet(_("Sign out?"), _("Close")) as it:
        text(
            _(
                "You are a guest, known on this device only. Once you have signed out, a new invite from your "
                "group is the only way back to your name there."
            )
        )
        with it.foot:
            button(_("Stay"), on_click=it.close, tall=True)
            button(_("Sign out"), kind="text", on_click=let_out, wide=True)
