"""Serves MyCount with one page more, `/_styleguide`: every component in every state, for whoever changes their look.

`make dev` runs it. The page is in no image and no installation, since this folder is not: nothing can switch it on
there. Its words are for developers, and not translated.
"""

import os
from collections.abc import Callable
from datetime import UTC, datetime

from nicegui import ui

import pages
from mycount.__main__ import main
from pages.elements import (
    BalanceBars,
    Bar,
    Day,
    ExpenseList,
    Faces,
    Row,
    Share,
    SplitTable,
    amount,
    amount_field,
    avatar,
    button,
    button_link,
    caption,
    card,
    chip,
    choice,
    date_field,
    empty_state,
    field,
    heading,
    here,
    icon_button,
    link,
    pair,
    password_field,
    row,
    segments,
    set_on,
    sheet,
    stack,
    tabs,
    text,
    tile,
    toast,
)
from pages.elements.entries import Entries, Entry
from pages.frame import frame
from pages.words import day

_LONG = "Donaudampfschifffahrtsgesellschaftskapitän Maximilian"
_PEOPLE = [("Alma", 1), ("Bo", 2), ("Cy", 3), (_LONG, 4)]


async def styleguide_page() -> None:
    """Shows all components below one another; dark or light, wide or narrow is chosen in the browser."""
    with frame("groups", "Styleguide", narrow=True), stack(wide=True):
        heading(1, "Styleguide")
        for title, draw in _SECTIONS.items():
            heading(2, title)
            with card(), stack():
                draw()


def _words() -> None:
    heading(3, "A heading of the third level")
    text("Text, and in it ").classes("mc-strong")
    text("Muted text", muted=True)
    caption("A caption")
    link("A link", "/_styleguide")
    here("Bo and Cy are here")
    for size in ("text", "card", "large"):
        with row(wrap=True):
            amount("+€186.38", "owed", size)
            amount("−€36.90", "owe", size)
            amount("€0.00", None, size)


def _tiles_and_people() -> None:
    with row(wrap=True):
        for tint in ("plain", "gold", "brand", "owe", "quiet"):
            tile("sailing", tint)
        for size in ("small", "plain", "group", "large"):
            tile("home", "brand", size)
    with row(wrap=True):
        for number in range(1, 9):
            avatar("Alma", number)
        avatar("Alma", None)
        avatar("Bo", 2, small=True)
    Faces(_PEOPLE * 3)


def _buttons() -> None:
    for kind in ("primary", "soft", "quiet", "text", "danger-text"):
        with row(wrap=True):
            button("Press", None, kind)
            button("With icon", "add", kind)
            button("Off", "add", kind).disable()
    with row(wrap=True):
        button_link("A link", "/_styleguide", "person_add", "quiet")
        icon_button("search", "Search")
        chip("Chip")
        chip("Opens", opens=True)
        set_on(chip("Chosen", on=True), True)
        chip("Not chosen", on=False)
    button("Tall and wide", tall=True, wide=True)


def _fields() -> None:
    amount_field("Amount", "184.50", sign="€", autofocus=False)
    field("Empty")
    field("With a hint", placeholder="Lisbon 2026", hint="What it is for.")
    field("Filled in", _LONG)
    field("Wrong", "alma", "email").error = "This does not look like an e-mail address."
    field("Note", "One line\nand another", "note")
    field("Off", "Cannot be changed").disable()
    password_field("Password", "Show password", hint="8 characters or more.")
    with pair():
        date_field("Date", datetime.now(UTC).date(), day)
        choice("Currency", {"EUR": "EUR – Euro", "USD": "USD – US Dollar"}, "EUR")
    segments({"equal": "Equally", "shares": "Shares", "percent": "Percent"}, "equal", label="Split")
    tabs({"one": "Expenses", "two": "Balances", "three": "More"}, "one", label="What to show")


def _lists() -> None:
    ExpenseList(
        [
            Day(
                "Today · 14 March",
                [
                    Row(1, "local_taxi", "Taxi", "Bo paid, for 5", "€184.50", "you owe €36.90", "owe", fresh=True),
                    Row(2, "train", _LONG, f"{_LONG} paid", "€99,999,999,999.99", "you get €12.40", "owed"),
                    Row(3, "payments", "Em paid you", "Payment", "€50.00", is_payment=True),
                ],
            )
        ]
    )  # fmt: skip
    Entries(
        [Entry(1, "Name", "Alma", icon="badge", opens=True), Entry(2, "Invite", act="Revoke")],
        label="Entries",
    )
    table = SplitTable(
        [Share(number, name, number != 3, "2", "€12.30", name) for name, number in _PEOPLE],
        label="Who takes part",
    )
    table.set_mode(checks=True, inputs=True, field_label="Shares", placeholder="1", unit="%", signed=False)
    BalanceBars(
        [Bar(1, "You", 18638, "+€186.38"), Bar(2, _LONG, -11866, "−€118.66"), Bar(3, "Cy", 0, "€0.00")],
        label="Bars",
    )


def _notices() -> None:
    with row(wrap=True):
        button("Toast", on_click=lambda: toast("Saved"))
        button("Toast with Undo", on_click=lambda: toast("Deleted “Taxi”", lambda: toast("Restored"), "Undo"))
        button("Sheet", on_click=lambda: _open_sheet(full=False))
        button("Full sheet", on_click=lambda: _open_sheet(full=True))
    for picture in ("groups", "expenses", "even", "invites", "history", "search", "lost", "offline"):
        with empty_state(picture, f"The picture called {picture}."):
            button("What to do", kind="soft")


def _open_sheet(*, full: bool) -> None:
    with sheet("A sheet", "Close", full=full) as it:
        text("What is in it.")
        field("What for")
        with it.foot:
            button("Save", tall=True, on_click=it.close)


_SECTIONS: dict[str, Callable[[], None]] = {
    "Words": _words,
    "Tiles and people": _tiles_and_people,
    "Buttons": _buttons,
    "Fields": _fields,
    "Lists": _lists,
    "Notices": _notices,
}


def add_styleguide() -> None:
    """Let the program have this page too, as soon as it adds its pages."""
    add_pages = pages.add_pages

    def add_all() -> None:
        add_pages()
        ui.page("/_styleguide")(styleguide_page)

    pages.add_pages = add_all


if __name__ == "__main__":
    if os.environ.get("MYCOUNT_ENVIRONMENT", "local") == "local":
        add_styleguide()
    main()
