"""Making an account."""

from functools import partial

from fastapi.responses import RedirectResponse
from nicegui import ui

from mycount.services import users
from mycount.services.passwords import SHORTEST
from pages.calls import call
from pages.elements import button_link, empty_state, field, heading, link, password_field, text
from pages.entering import goes_on, let_in
from pages.form import Form
from pages.frame import entrance
from pages.patiently import patiently
from pages.visitors import device, visitor
from pages.words import _


async def sign_up_page() -> RedirectResponse | None:
    """Shows the form, or says why there is none. The first account hears that it will administer the installation."""
    known = visitor()
    if known is not None:
        return RedirectResponse("/you" if known.is_guest else "/", 303)
    is_new, is_open = await call(users.is_new), await call(users.may_sign_up)
    with entrance(_("Make an account")):
        if not is_open:
            _closed()
            return None
        if is_new:
            heading(1, _("Welcome to MyCount"))
            text(
                _("Nobody is here yet. The account you make now will administer this installation."),
                muted=True,
            )
        else:
            heading(1, _("Make an account"))
        SignUp()
        if not is_new:
            _other_way()
    return None


class SignUp(Form):
    """Name, e-mail and a new password."""

    def __init__(self) -> None:
        super().__init__(self._sign_up)
        with self:
            self._name = field(_("Your name"), autocomplete="name", max_length=80, autofocus=True)
            self._email = field(_("E-mail"), kind="email", autocomplete="email")
            self._password = password_field(
                _("Password"), _("Show password"), new=True, hint=_("{n} characters or more.", n=SHORTEST)
            )
            self.ends_with(_("Make an account"))
        self.takes("name", self._name)
        self.takes("email", self._email)
        self.takes("password", self._password)

    async def _sign_up(self) -> None:
        name, email, password = self._name.text, self._email.text, self._password.value or ""
        make = partial(call, users.sign_up, name, email, password, device=device())
        entered = await patiently(email, make, self.say)
        await let_in(self, entered.ticket)


def _closed() -> None:
    heading(1, _("No new accounts"))
    with empty_state(
        "invites", _("New accounts are not open here. An invite link from somebody lets you in without one.")
    ):
        goes_on(button_link(_("Sign in"), "/sign-in", kind="quiet"))


def _other_way() -> None:
    with ui.element("p").classes("mc-muted mc-center"):
        ui.label(_("You have an account?")).classes("mc-inline")
        goes_on(link(_("Sign in"), "/sign-in"))
