"""Deleted groups, and the way back for them."""

from nicegui import ui

from mycount.domain.ids import GroupId
from mycount.services import groups, news
from mycount.services.views import DeletedGroup
from pages.away import Away
from pages.calls import call, refusals_shown
from pages.elements import empty_state, heading, stack, text, toast
from pages.elements.entries import Entries, Entry
from pages.frame import frame
from pages.live import show_live
from pages.visitors import me
from pages.words import _, ago, within


async def deleted_page() -> None:
    """Lists the groups that can still be restored, and follows changes."""
    with frame("you", _("Deleted groups"), back="/you", narrow=True), stack():
        heading(1, _("Deleted groups"))
        text(_("Their administrators can restore them for 30 days, with everything in them."), muted=True)
        page = DeletedPage()
        await show_live(
            [news.of_user(me().user_id)],
            lambda: call(groups.deleted, page.user),
            page.show,
            gone=lambda: ui.navigate.to("/"),
            away=page.away.show,
        )


class DeletedPage:
    """The list, which `show` fills."""

    def __init__(self) -> None:
        self.user = me().user_id
        self.away = Away()
        self._entries = Entries(label=_("Deleted groups"), on_act=self._restore)
        self._empty = empty_state("even", _("There is no deleted group."))
        self._empty.set_visibility(False)

    def show(self, found: tuple[DeletedGroup, ...]) -> None:
        """Show the deleted groups as they are now."""
        self._entries.show([_entry(group) for group in found])
        self._entries.set_visibility(bool(found))
        self._empty.set_visibility(not found)

    async def _restore(self, group_id: int) -> None:
        with refusals_shown():
            await call(groups.restore, self.user, GroupId(group_id))
            toast(_("The group is back"))


def _entry(group: DeletedGroup) -> Entry:
    times = {"ago": ago(group.deleted_at), "within": within(group.gone_at)}
    return Entry(
        group.id,
        group.name,
        _("Deleted {ago} · gone for good {within}", **times),
        icon=group.icon,
        act=_("Restore"),
    )
