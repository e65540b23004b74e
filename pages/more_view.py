"""The tab with everything else: people, settings, deleted expenses, and what has happened."""

from functools import partial

from nicegui import ui

from mycount.domain.ids import MemberId
from mycount.services.views import MemberView
from pages import people_words
from pages.deleted_expenses import open_deleted_expenses
from pages.desk import Desk
from pages.elements import button, heading, stack
from pages.elements.entries import Entries, Entry
from pages.elements.link_list import LinkList, LinkRow, Section
from pages.group_actions import invite
from pages.group_settings import open_settings
from pages.history_sheet import open_history
from pages.person_sheet import open_new_person, open_person
from pages.words import _

_SETTINGS, _DELETED, _HISTORY = range(3)


class MoreView:
    """Lists that are updated in place; each row opens a sheet."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._box: ui.element | None = None

    def draw(self) -> None:
        """Build the lists where one stands."""
        desk = self._desk
        with stack(wide=True).classes("mc-more") as self._box:
            with ui.element("div").classes("mc-row mc-row--between mc-row--wrap"):
                heading(2, _("People"))
                with ui.element("div").classes("mc-row mc-row--tight mc-row--wrap") as self._buttons:
                    button(_("Invite"), "person_add", "quiet", partial(invite, desk))
                    button(_("Add a name"), "add", "soft", partial(desk.open, "new person", self._open_new))
            self._people = Entries(label=_("People"), on_open=self._open)
            self._gone_title = heading(2, _("Not in the group any more"))
            self._gone = Entries(label=_("Not in the group any more"), on_open=self._open)
            heading(2, _("About this group"))
            self._menu = Entries(label=_("About this group"), on_open=self._choose)
            heading(2, _("Export"))
            LinkList([Section(self._exports())])
        self.show()

    def show(self) -> None:
        """Show the people read last; nothing is sent if they are those that are shown."""
        if self._box is None or self._box.is_deleted:
            return
        group = self._desk.seen
        gone = [member for member in (*group.members, *group.former) if not member.is_active]
        self._buttons.set_visibility(group.can_change)
        self._people.show([self._entry(member) for member in group.people])
        self._gone_title.set_visibility(bool(gone))
        self._gone.set_visibility(bool(gone))
        self._gone.show([self._entry(member) for member in gone])
        self._menu.show(self._menu_entries())

    def _exports(self) -> list[LinkRow]:
        """Ordinary links: a browser downloads by itself what they lead to, and shows a refusal as a page."""
        forms = {
            "csv": (_("Table (CSV)"), _("For spreadsheets: what each expense changes for everybody")),
            "json": (_("Everything (JSON)"), _("For other programs")),
        }
        return [
            LinkRow(form, f"/groups/{self._desk.group_id}/export.{form}", "file_download", title, caption)
            for form, (title, caption) in forms.items()
        ]

    def _entry(self, member: MemberView) -> Entry:
        return Entry(
            id=member.id,
            title=member.name,
            caption=people_words.about(self._desk.seen, member),
            person=member.name,
            opens=True,
            faded=not member.is_active,
        )

    def _menu_entries(self) -> list[Entry]:
        settings = Entry(
            _SETTINGS, _("Settings"), _("Name, icon, currency, archive, delete"), "settings", opens=True
        )
        rest = [
            Entry(_DELETED, _("Deleted expenses"), _("Restore what was deleted"), "delete", opens=True),
            Entry(_HISTORY, _("History"), _("Who did what, and when"), "history", opens=True),
        ]
        return [settings, *rest] if self._desk.seen.is_administrator else rest

    async def _open(self, member_id: int) -> None:
        await self._desk.open(("person", member_id), lambda: open_person(self._desk, MemberId(member_id)))

    async def _open_new(self) -> None:
        open_new_person(self._desk)

    async def _choose(self, which: int) -> None:
        sheets = {_SETTINGS: open_settings, _DELETED: open_deleted_expenses, _HISTORY: open_history}
        await self._desk.open(("about", which), partial(sheets[which], self._desk))
