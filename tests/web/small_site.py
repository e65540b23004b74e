"""A site of a few pages, run as `python -m tests.web.small_site`, to try the server around them."""

import itertools
import logging
import sys
import time

from fastapi import HTTPException
from nicegui import app, ui
from sqlalchemy.exc import IntegrityError, OperationalError

from mycount.domain.errors import Conflict, Invalid, NotFound
from mycount.services import news, users
from mycount.settings import SettingsError, load
from pages.live import show_live

LEAK = "hunter2-LEAK"
HOLE = "<script>alert(1)</script><script nonce=''>alert(2)</script><SCRIPT src=/x></SCRIPT>"
"""What somebody has typed, where a page is careless with it."""


def add_pages() -> None:
    ui.page("/")(_home)
    ui.page("/sign-in")(_sign_in)
    ui.page("/groups/{group}")(_group)
    ui.page("/join/{kind}")(_raising)
    ui.page("/numbers/{number}")(_number)
    ui.page("/join/live/{topic}")(_live)
    app.add_api_route("/join/news/{topic}", news.announce)
    app.add_api_route("/join/slow/{seconds}", _slow)
    app.add_api_route("/join/ticket/{name}", _ticket)


def _home() -> None:
    ui.label("home")


def _sign_in() -> None:
    ui.label("sign in here")


def _number(number: int) -> None:
    ui.label(f"number {number}")


def _group(group: str) -> None:
    shown = ui.label("pressed 0")
    pressed = [0]

    def press() -> None:
        pressed[0] += 1
        shown.set_text(f"pressed {pressed[0]}")

    ui.button("Press", on_click=press)
    if group == "nobodys":
        raise NotFound("There is no such group, or you are not in it.")


async def _raising(kind: str) -> None:
    if kind == "plain":
        ui.label("come in")
        return
    if kind == "holed":
        ui.add_body_html(f"<div>{HOLE}</div>")
        return
    if kind == "404":
        raise HTTPException(404)
    if kind == "integrity":
        raise IntegrityError(
            f"INSERT {LEAK}", {"value": LEAK}, Exception("UNIQUE constraint failed: user.email")
        )
    if kind == "away":
        raise OperationalError(f"SELECT {LEAK}", {}, Exception("server closed the connection"))
    if kind == "conflict":
        raise Conflict("Somebody was faster.")
    if kind == "invalid":
        raise Invalid("That is no amount: {text}", text="<b>x</b>")
    raise RuntimeError(LEAK)


async def _live(topic: str) -> None:
    """Show how often a topic was read, as pages do that follow it."""
    reads = itertools.count()
    shown = ui.label()

    async def read() -> int:
        return next(reads)

    await show_live([topic], read, lambda number: shown.set_text(f"read {number}"), gone=shown.delete)


def _slow(seconds: float) -> str:
    logging.getLogger("small_site").warning("slow_begun")
    time.sleep(seconds)
    return "done"


def _ticket(name: str) -> dict[str, str]:
    """Give a ticket for a new account of that name."""
    return {"ticket": users.sign_up(name, f"{name}@example.org", "correct horse 7 battery").ticket}


if __name__ == "__main__":
    from mycount.web.serve import AddressError, serve

    try:
        sys.exit(serve(load(env_file=None), add_pages))
    except (AddressError, SettingsError) as error:
        sys.exit(f"mycount: {error}")
