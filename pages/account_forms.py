"""What a person changes about themselves: name, password, and becoming an account after having been a guest."""

from collections.abc import Awaitable, Callable
from functools import partial

from nicegui import ui

from mycount.services import users
from mycount.services.passwords import SHORTEST
from pages.calls import call
from pages.elements import Field, Sheet, field, heading, password_field, sheet, text, toast
from pages.form import Form
from pages.patiently import patiently
from pages.visitors import me
from pages.words import _


class Keep(Form):
    """E-mail and password for a guest: the same person from then on, on every device."""

    def __init__(self) -> None:
        super().__init__(self._keep)
        self._user = me().user_id
        with self:
            heading(2, _("Keep this on all my devices"))
            text(
                _("Add an e-mail and a password, and sign in with them anywhere. Nothing is lost."),
                muted=True,
            )
            self._email = field(_("E-mail"), kind="email", autocomplete="email")
            self._password = _new_password()
            self.ends_with(_("Keep it"))
        self.takes("email", self._email)
        self.takes("password", self._password)

    async def _keep(self) -> None:
        email, password = self._email.text, self._password.value or ""
        await patiently(email, partial(call, users.keep, self._user, email, password), self.say)
        self.leaving = True
        ui.navigate.reload()


def open_rename() -> None:
    """Open the sheet for one's own name."""
    with sheet(_("Your name"), _("Close")) as it:
        form = _Rename()
        with it.foot:
            form.ends_with(_("Save"))


def open_password(changed: Callable[[], Awaitable[None]]) -> None:
    """Open the sheet for a new password; `changed` is called once it is stored and other sessions have ended."""
    with sheet(_("Change password"), _("Close")) as it:
        form = _Password(it, changed)
        with it.foot:
            form.ends_with(_("Save"))


def whose(email: str) -> None:
    """Tell password managers whose password is asked for; people know."""
    hidden = ui.element("input").classes("mc-only-read")
    for name, value in (("type", "email"), ("autocomplete", "username"), ("value", email)):
        hidden.props[name] = value
    for name in ("readonly", "aria-hidden"):
        hidden.props[name] = "true"
    hidden.props["tabindex"] = -1


class _Rename(Form):
    def __init__(self) -> None:
        super().__init__(self._rename)
        self._user = me().user_id
        with self:
            self._name = field(
                _("Name"),
                me().name,
                autocomplete="name",
                max_length=80,
                autofocus=True,
                hint=_("It changes in your groups too, where you go by it."),
            )
        self.takes("name", self._name)

    async def _rename(self) -> None:
        await call(users.rename, self._user, self._name.text)
        self.leaving = True
        ui.navigate.reload()


class _Password(Form):
    def __init__(self, on: Sheet, changed: Callable[[], Awaitable[None]]) -> None:
        super().__init__(self._change)
        self._changed = changed
        self._user, self._session, self._sheet = me().user_id, me().session_id, on
        with self:
            whose(me().email or "")
            self._current = password_field(_("Current password"), _("Show password"))
            self._new = _new_password()
            text(_("Saving it signs you out on your other devices."), muted=True)
        self.takes("current", self._current)
        self.takes("password", self._new)

    async def _change(self) -> None:
        current, new = self._current.value or "", self._new.value or ""
        change = partial(call, users.change_password, self._user, current, new, session_id=self._session)
        await patiently(f"user {self._user}", change, self.say)
        toast(_("Your password is changed"))
        self._sheet.close()
        await self._changed()


def _new_password() -> Field:
    return password_field(
        _("New password"), _("Show password"), new=True, hint=_("{n} characters or more.", n=SHORTEST)
    )
