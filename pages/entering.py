"""What happens between being known and being in: the ticket, and the address that was wanted.

That address travels behind the # ("/sign-in#%2Fgroups%2F3"), which browsers keep to themselves: it can be an invite
link, and what is sent to a server ends up in somebody's log.
"""

import json
from urllib.parse import quote

from nicegui import ui

from pages.form import Form
from pages.words import _

_SECONDS = 20.0


async def let_in(form: Form, ticket: str, to: str | None = None) -> None:
    """Exchange the ticket for the session's cookie in the browser, which then opens `to`, or what was wanted before."""
    form.leaving = True
    exchange = f"mycount.enter({', '.join(map(json.dumps, filter(None, (ticket, to))))})"
    try:
        is_in = await ui.run_javascript(exchange, timeout=_SECONDS)
    except TimeoutError:
        is_in = False
    if not is_in and not form.is_deleted:
        form.stay(_("That took too long. Please try again."))


def let_out() -> None:
    """End the session of this browser and open the page for signing in."""
    ui.run_javascript("mycount.leave()")


def on_the_way_to(wish: str, address: str) -> str:
    """Give the address of a page that goes on to `wish` afterwards."""
    return address if wish == "/" else f"{address}#{quote(wish, safe='')}"


def goes_on(link: ui.link) -> ui.link:
    """Let a link to another way of coming in take along what was wanted."""
    link.props["data-goes-on"] = True
    return link
