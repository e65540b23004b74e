"""Where somebody is signed in, and signing out there."""

from nicegui import ui

from mycount.domain.ids import SessionId
from mycount.services import sessions
from mycount.services.views import Device
from pages.calls import call, refusals_shown
from pages.elements import button, toast
from pages.elements.entries import Entries, Entry
from pages.entering import let_out
from pages.visitors import me
from pages.words import _, ago

_PHONES = ("iPhone", "iPad", "Android")


class Devices(ui.element):
    """The list of devices. `read` fills it, and is to be called again when sessions have ended."""

    def __init__(self) -> None:
        super().__init__("div")
        self._user, self._session = me().user_id, me().session_id
        with self:
            self._entries = Entries(label=_("Devices"), on_act=self._end)
            self._everywhere = button(_("Sign out everywhere"), kind="text", on_click=self._leave_all)
            self._everywhere.classes("mc-start")

    async def read(self) -> None:
        """Read the sessions there are, and show them."""
        found = await call(sessions.mine, self._user)
        self._entries.show([self._entry(one) for one in found])
        self._everywhere.set_visibility(len(found) > 1)

    def _entry(self, one: Device) -> Entry:
        is_here = one.session_id == self._session
        return Entry(
            one.session_id,
            one.device or _("Some device"),
            _("This device") if is_here else _("Used {ago}", ago=ago(one.seen_at)),
            icon="smartphone" if any(phone in one.device for phone in _PHONES) else "devices",
            bright=is_here,
            act="" if is_here else _("Sign out"),
        )

    async def _end(self, session_id: int) -> None:
        with refusals_shown():
            await call(sessions.end_one, self._user, SessionId(session_id))
            await self.read()
            toast(_("Signed out there"))

    async def _leave_all(self) -> None:
        self._everywhere.disable()
        with refusals_shown():
            await call(sessions.end_all, self._user, but=self._session)
            let_out()
        self._everywhere.enable()
