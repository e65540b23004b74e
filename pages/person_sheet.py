"""One person of a group: their name and role, and what can be done about them."""

from functools import partial

from nicegui import ui

from mycount.domain.ids import MemberId
from mycount.services import members, news
from mycount.services.views import GroupView, MemberView, Role
from pages import people_words
from pages.calls import call
from pages.desk import Desk
from pages.elements import Sheet, avatar, button, caption, choice, field, row, sheet, stack, text, toast
from pages.form import Form
from pages.group_actions import invite
from pages.invite_form import can_be_handed_over
from pages.leaving import draw_leaving
from pages.live import show_live
from pages.words import _


async def open_person(desk: Desk, member_id: MemberId) -> None:
    """Open what there is about a member, and follow it."""
    await desk.look()
    await _PersonSheet(desk, desk.seen.named(member_id)).follow()


def open_new_person(desk: Desk) -> None:
    """Open the sheet for adding people by name, one after another."""
    with sheet(_("Add a name"), _("Close")) as it:
        form = _NewPerson(desk)
        with it.foot:
            form.ends_with(_("Add"))


class _PersonSheet:
    """The sheet of one member; what is being typed stays while the rest is redrawn."""

    def __init__(self, desk: Desk, member: MemberView) -> None:
        self._desk = desk
        self._member = member
        self._shown: object = None
        self._sheet: Sheet = sheet(member.name, _("Close"))
        with self._sheet:
            with row():
                avatar(member.name, member.id)
                self._about = caption("")
            if _may_rename(desk.seen, member):
                _Rename(desk, member)
            self._box = stack()
        self._show(None)

    async def follow(self) -> None:
        """Keep what is shown true until the sheet is closed."""
        with self._sheet:
            await show_live(
                [news.of_group(self._desk.group_id)], self._desk.look, self._show, gone=self._gone
            )

    def _gone(self) -> None:
        self._sheet.close()

    def _show(self, _read: None) -> None:
        group = self._desk.seen
        self._member = group.named(self._member.id)
        now = (self._member, group.me, group.is_archived)
        if now == self._shown:
            return
        self._shown = now
        self._about.set_text(people_words.about(group, self._member))
        self._box.clear()
        with self._box:
            self._draw(group)

    def _draw(self, group: GroupView) -> None:
        member = self._member
        if can_be_handed_over(group, member):
            self._draw_invite(member)
        if member.is_me:
            draw_leaving(self._desk, self._sheet)
        if not group.is_administrator or group.is_archived:
            return
        if not member.is_active:
            button(_("Take back into the group"), "person_add", "soft", lambda e: self._take_back(e.sender))
            return
        self._draw_role(member)
        if not member.is_me:
            text(_("Whoever is removed loses access; their history stays."), muted=True)
            button(
                _("Remove from the group"), "person_remove", "danger-text", lambda e: self._remove(e.sender)
            ).classes("mc-start")

    def _draw_invite(self, member: MemberView) -> None:
        label = (
            _("Invite {name} to take this place", name=member.name)
            if member.joined == "name"
            else _("Let {name} in on a new device", name=member.name)
        )
        button(label, "person_add", "soft", self._invite, wide=True)

    def _draw_role(self, member: MemberView) -> None:
        async def change() -> None:
            await self._change_role(next(role for role in _ROLES if role == chosen.value))

        chosen = choice(_("Role"), people_words.roles(), member.role, change)

    async def _invite(self) -> None:
        self._sheet.close()
        await invite(self._desk, self._member.id)

    async def _change_role(self, role: Role) -> None:
        desk, member, before = self._desk, self._member, self._member.role
        if role == before:
            return
        with desk.at_work():
            await call(members.change_role, desk.user_id, desk.group_id, member.id, role)
            said = _("{name}: {role}", name=member.name, role=people_words.roles()[role])
            toast(said, partial(self._undo_role, before), _("Undo"))
            return
        self._shown = None  # refused: what is chosen goes back to what is
        self._show(None)

    async def _undo_role(self, role: Role) -> None:
        with self._desk.at_work():
            await call(members.change_role, self._desk.user_id, self._desk.group_id, self._member.id, role)

    async def _remove(self, pressed: ui.element) -> None:
        desk, member = self._desk, self._member
        with desk.at_work(pressed):
            await call(members.remove, desk.user_id, desk.group_id, member.id)
            self._sheet.close()
            toast(_("{name} is removed", name=member.name), partial(_take_back, desk, member.id), _("Undo"))

    async def _take_back(self, pressed: ui.element) -> None:
        with self._desk.at_work(pressed):
            await _take_back(self._desk, self._member.id)


_ROLES: tuple[Role, ...] = ("administrator", "member", "viewer")


async def _take_back(desk: Desk, member_id: MemberId) -> None:
    with desk.at_work():
        await call(members.take_back, desk.user_id, desk.group_id, member_id)


def _may_rename(group: GroupView, member: MemberView) -> bool:
    if not group.can_change or not member.is_active:
        return False
    return member.is_me or member.joined == "name" or group.is_administrator


class _Rename(Form):
    """The name a member goes by in this group."""

    def __init__(self, desk: Desk, member: MemberView) -> None:
        super().__init__(self._save)
        self._desk = desk
        self._member = member
        with self:
            self._name = self.takes("name", field(_("Name in this group"), member.name, max_length=80))
            with self._name.add_slot("after"):
                save = self.ends_with(_("Save"), tall=False)
                save.classes(add="mc-btn--text", remove="mc-btn--primary")

    async def _save(self) -> None:
        await call(members.rename, self._desk.user_id, self._desk.group_id, self._member.id, self._name.text)
        toast(_("Saved"))


class _NewPerson(Form):
    """A person by name alone."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(self._add)
        self._desk = desk
        with self:
            text(_("They need no account. You can invite them to take this place at any time."), muted=True)
            self._name = self.takes("name", field(_("Name"), max_length=80, autofocus=True))

    async def _add(self) -> None:
        name = self._name.text
        await call(members.add, self._desk.user_id, self._desk.group_id, name)
        toast(_("{name} is in the group", name=name))
        self._name.set_value("")
        self._name.focus()
