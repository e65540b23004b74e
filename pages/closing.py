"""Closing one's account: says what is lost and what stays, and asks for the password."""

from functools import partial

from mycount.domain.ids import GroupId
from mycount.services import closing
from mycount.services.views import Closing
from pages.account_forms import whose
from pages.calls import call, refusals_shown
from pages.elements import Sheet, button, password_field, sheet, text
from pages.elements.link_list import LinkList, LinkRow, Section
from pages.form import Form
from pages.patiently import patiently
from pages.visitors import me
from pages.words import _, ngettext


def draw_closing() -> None:
    """Build the quiet word that begins it; pressed twice, it opens one sheet."""
    opened: list[Sheet] = []
    is_read = True

    async def begin() -> None:
        nonlocal is_read
        if not is_read or any(one.is_open for one in opened):
            return
        is_read = False
        try:
            with refusals_shown():
                outlook = await call(closing.outlook, me().user_id)
                opened[:] = [_open(outlook)]
        finally:
            is_read = True

    button(_("Close the account"), None, "danger-text", begin).classes("mc-start")


def _open(outlook: Closing) -> Sheet:
    with sheet(_("Close the account"), _("Close")) as it:
        _draw(it, outlook)
    return it


def _draw(it: Sheet, outlook: Closing) -> None:
    if outlook.orphaned:
        text(_(closing.ORPHANED, groups=", ".join(name for _id, name in outlook.orphaned)))
        LinkList([Section([_row(*group) for group in outlook.orphaned])])
        return
    text(
        _(
            "Your name, your e-mail and your password are erased, and you are signed out everywhere. Nobody can "
            "undo it."
        )
    )
    text(
        _(
            "In your groups your name there and what you paid stay, so that the sums of the others stay true. "
            "Invites that you made let nobody in any more."
        )
    )
    if outlook.ending:
        text(
            ngettext(
                "Nobody else can open this group; it is deleted too:",
                "Nobody else can open these groups; they are deleted too:",
                len(outlook.ending),
            )
        )
        LinkList([Section([_row(*group) for group in outlook.ending])])
    form = _Close(outlook)
    with it.foot:
        button(_("Stay"), on_click=it.close, tall=True)
        form.ends_with(_("Close the account"), tall=False).classes(
            add="mc-btn--danger-text", remove="mc-btn--primary"
        )


def _row(group_id: GroupId, name: str) -> LinkRow:
    return LinkRow(str(group_id), f"/groups/{group_id}/more", "groups", name, "")


class _Close(Form):
    """The password, which is asked for again: a device that was left open closes no account."""

    def __init__(self, outlook: Closing) -> None:
        super().__init__(self._close)
        self._user = me().user_id
        self._ending = tuple(group_id for group_id, _name in outlook.ending)
        with self:
            whose(me().email or "")
            self._current = password_field(_("Current password"), _("Show password"))
        self.takes("current", self._current)

    async def _close(self) -> None:
        password = self._current.value or ""
        close = partial(call, closing.close, self._user, password, ending=self._ending)
        await patiently(f"user {self._user}", close, self.say)
        self.leaving = True  # all sessions of the account have ended: this page is sent away like all others
