"""What happens between being known and being in: the ticket, and the address that was wanted."""

import json
from urllib.parse import urlencode

from nicegui import ui

from pages.form import Form
from pages.words import _

_SECONDS = 20.0


async def let_in(form: Form, ticket: str, to: str) -> None:
    """Exchange the ticket for the session's cookie in the browser, which then opens `to`, if it is on this server."""
    form.leaving = True
    exchange = f"mycount.enter({json.dumps(ticket)}, {json.dumps(to)})"
    try:
        is_in = await ui.run_javascript(exchange, timeout=_SECONDS)
    except TimeoutError:
        is_in = False
    if not is_in and not form.is_deleted:
        form.stay(_("That took too long. Please try again."))


def let_out() -> None:
    """End the session of this browser and open the page for signing in."""
    ui.run_javascript("mycount.leave()")


def wanted() -> str:
    """Give the address that the visitor wanted before being asked to sign in; as typed, so never to be opened here."""
    return ui.context.client.request.query_params.get("next", "/")


def on_the_way_to(wish: str, address: str) -> str:
    """Give the address of a page that goes on to `wish` afterwards."""
    return address if wish == "/" else f"{address}?{urlencode({'next': wish})}"
