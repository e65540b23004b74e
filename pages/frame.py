"""What is around every page: the header of a desktop, the bars of a phone, and the word about the connection."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Literal, get_args

from nicegui import ui

from mycount.domain.words import N_
from pages.addresses import inside
from pages.elements import AreaLink, BottomBar, avatar, choice, connection_bar, icon
from pages.elements.html import said, tag
from pages.language import languages, speak
from pages.on_device import tell_device
from pages.shortcuts import shortcuts_button
from pages.speech import speech
from pages.theme import Theme, use_theme
from pages.visitors import me, visitor
from pages.words import _

Area = Literal["groups", "activity", "you"]


@dataclass(frozen=True)
class Bar:
    """The slim bar at the top of a page on a phone: fill `middle` and `end` (`with bar.end: icon_button(…)`).

    `search` is the place for a field in the header of a desktop.
    """

    middle: ui.element
    end: ui.element
    search: ui.element


@contextmanager
def frame(active: Area, title: str, *, back: str | None = None, narrow: bool = False) -> Iterator[Bar]:
    """Builds a page for somebody who is signed in: what is drawn inside is its content, with an h1 of its own.

    `back` gives phones an arrow to that address, and a bar that the page may fill; without it the bar is hidden
    until something is in it. `narrow` keeps forms and lists at a width that reads well.
    """
    _begin(title)
    search = _header(active)
    with ui.element("div").classes("mc-bar-top mc-phone-only"):
        start, middle, end = (ui.element("div") for _cell in range(3))
    if back is not None:
        with start:
            _back_arrow(back)
    with ui.element("div").classes("mc-page" + (" mc-page--narrow" if narrow else "")) as page:
        _way_past_all_before(page)
        yield Bar(middle, end, search)
    _bottom(active)


@contextmanager
def entrance(title: str) -> Iterator[None]:
    """Builds a page for somebody who comes in: one card in the middle, with the program's name above it."""
    _begin(title)
    with ui.element("div").classes("mc-entrance"):
        _logo()
        with ui.element("div").classes("mc-card mc-entrance-card") as card:
            _way_past_all_before(card)
            yield
        if visitor() is None:  # everybody else has it among what is theirs
            _language_choice()


def own_link() -> ui.link:
    """Build the visitor's initials as the way to what is theirs."""
    with ui.link("", "/you").classes("mc-round", remove="nicegui-link") as link:
        ui.label(_("You, {name}", name=me().name)).classes("mc-only-read")
        avatar(me().name, None)
    return link


_NAMES: Final[dict[Area, tuple[str, str, str]]] = {
    "groups": (N_("Groups"), "/", "groups"),
    "activity": (N_("Activity"), "/activity", "notifications"),
    "you": (N_("You"), "/you", "account_circle"),
}


def _begin(title: str) -> None:
    client = ui.context.client
    speak(client, speech().language)
    use_theme(_theme())
    tell_device(_theme())
    ui.page_title(f"{title} · MyCount")
    back, waits = _("You are connected again"), _("Waiting for the connection…")
    connection_bar(_("Connection lost. Trying again…"), back, waits)


def _way_past_all_before(content: ui.element) -> None:
    """Make the first thing that Tab leads to a link to the content; app.js follows it without changing the address."""
    way = {"class": "mc-skip", "href": f"#{content.html_id}"}
    ui.add_body_html(tag("a", way, said(_("Skip to content"))))


def _language_choice() -> None:
    """Let strangers choose a language for this browser, which keeps it in a cookie."""

    def talk() -> None:
        ui.run_javascript(f"mycount.speak({json.dumps(code.value)})")

    code = choice(_("Language"), languages(), speech().language, talk, quiet_label=True)
    code.classes("mc-language mc-entrance-language")
    with code.add_slot("before"):
        icon("language").classes("mc-muted")


def _theme() -> Theme:
    known = visitor()
    return next((theme for theme in get_args(Theme) if known and theme == known.theme), "system")


def _header(active: Area) -> ui.element:
    with ui.element("header").classes("mc-top mc-desktop-only"), ui.element("div").classes("mc-top-in"):
        _logo()
        with ui.element("nav") as nav:
            nav.props["aria-label"] = _("Areas")
            for area in ("groups", "activity"):
                name, address, _icon = _NAMES[area]
                _mark(ui.link(_(name), inside(address)), area == active)
        shortcuts_button()
        search = ui.element("div").classes("mc-top-search")
        _mark(own_link(), active == "you").classes("mc-end")
    return search


def _logo() -> None:
    with ui.link("", "/").classes("mc-logo", remove="nicegui-link"):
        with ui.element("span").classes("mc-logo-mark"):
            icon("balance")
        ui.label("MyCount")


def _back_arrow(address: str) -> None:
    with ui.link("", inside(address)).classes("mc-icon-link", remove="nicegui-link") as link:
        link.props["aria-label"] = _("Back")
        icon("arrow_back")


def _bottom(active: Area) -> None:
    links = [AreaLink(_(name), path, symbol, area == active) for area, (name, path, symbol) in _NAMES.items()]
    BottomBar(links, label=_("Areas"))


def _mark(link: ui.link, is_here: bool) -> ui.link:
    if is_here:
        link.props["aria-current"] = "page"
    return link.classes(remove="nicegui-link")
