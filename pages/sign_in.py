"""Signing in with an account."""

from functools import partial

from fastapi.responses import RedirectResponse
from nicegui import ui

from mycount.services import users
from pages.calls import call
from pages.elements import caption, field, heading, link, password_field, text
from pages.entering import goes_on, let_in
from pages.form import Form
from pages.frame import entrance
from pages.patiently import patiently
from pages.visitors import device, visitor
from pages.words import _


async def sign_in_page() -> RedirectResponse | None:
    """Shows the form; on a new installation, making the first account comes before."""
    known = visitor()
    if known is not None and not known.is_guest:
        return RedirectResponse("/", 303)
    if await call(users.is_new):
        return RedirectResponse("/sign-up", 303)
    is_open = await call(users.may_sign_up)
    with entrance(_("Sign in")):
        heading(1, _("Sign in"))
        if "ended" in ui.context.client.request.query_params:
            text(_("You were signed out. Sign in to go on where you were."))
        if "closed" in ui.context.client.request.query_params:
            text(_("This account is closed."))
        if known is not None:
            caption(
                _(
                    "You are a guest here, as {name}. An account takes the guest's place on this device.",
                    name=known.name,
                )
            )
        SignIn()
        _other_ways(is_open)
    return None


class SignIn(Form):
    """E-mail and password."""

    def __init__(self) -> None:
        super().__init__(self._sign_in)
        with self:
            self._email = field(_("E-mail"), kind="email", autocomplete="username", autofocus=True)
            self._password = password_field(_("Password"), _("Show password"))
            self.ends_with(_("Sign in"))
        self.takes("email", self._email)
        self.takes("password", self._password)

    async def _sign_in(self) -> None:
        email, password = self._email.text, self._password.value or ""
        check = partial(call, users.sign_in, email, password, device=device())
        entered = await patiently(email, check, self.say)
        await let_in(self, entered.ticket)


def _other_ways(is_open: bool) -> None:
    caption(_("You were here as a guest? Ask somebody in the group to let you in again.")).classes(
        "mc-center"
    )
    if not is_open:
        caption(_("New here? Ask somebody for an invite link: with it you need no account.")).classes(
            "mc-center"
        )
        return
    with ui.element("p").classes("mc-muted mc-center"):
        ui.label(_("New here?")).classes("mc-inline")
        goes_on(link(_("Make an account"), "/sign-up"))
