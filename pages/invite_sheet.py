"""The sheet with a group's invites: making one, showing its link, and taking one back."""

import json
from typing import Final

from nicegui import ui

from mycount.domain.ids import InviteId, MemberId
from mycount.services import invites, news
from mycount.services.views import GroupView, InviteView, NewInvite
from pages import words
from pages.calls import call
from pages.desk import Desk
from pages.elements import Sheet, button, heading, sheet, stack, toast
from pages.elements.entries import Entries, Entry
from pages.invite_form import InviteForm
from pages.invite_link import InviteLink
from pages.live import show_live
from pages.words import _

_STEP: Final = 50
_LONGEST: Final = 200  # invites read by one call: a longer list is read by several


async def open_invites(desk: Desk, member_id: MemberId | None = None) -> None:
    """Open the sheet, ready to make an invite for this member, or for somebody new; it follows the invites."""
    listed = await _read(desk, None, _STEP + 1)
    await _InviteSheet(desk, member_id, listed).follow()


class _InviteSheet:
    """First what the invite is to be, then its link; below, those there are."""

    def __init__(self, desk: Desk, member_id: MemberId | None, listed: tuple[InviteView, ...]) -> None:
        self._desk = desk
        self._listed = listed
        self._wanted = _STEP
        self._made: InviteId | None = None
        self._link: InviteLink | None = None
        self._sheet: Sheet = sheet(_("Invite to {group}", group=desk.seen.name), _("Close"))
        with self._sheet:
            self._upper = stack()
            self._lower = stack(tight=True)
        with self._lower:
            heading(3, _("Invites so far"))
            self._entries = Entries(label=_("Invites so far"), on_open=self._reopen, on_act=self._revoke)
            self._more = button(_("Show more"), None, "quiet", self._grow, wide=True)
        self._draw_form(member_id)
        self._show(listed)

    async def follow(self) -> None:
        """Keep the list true until the sheet is closed."""
        with self._sheet:
            await show_live([news.of_group(self._desk.group_id)], self._read, self._show, gone=self._gone)

    async def _read(self) -> tuple[InviteView, ...]:
        """Read as far as is shown, by stretches, and one more, to know whether there are more."""
        listed: tuple[InviteView, ...] = ()
        while True:
            wanted = min(self._wanted + 1 - len(listed), _LONGEST)
            stretch = await _read(self._desk, listed[-1].id if listed else None, wanted)
            listed += stretch
            if len(stretch) < wanted or len(listed) > self._wanted:
                return listed

    async def _grow(self) -> None:
        with self._desk.at_work(self._more):
            self._wanted += _STEP
            self._show(await self._read())

    def _gone(self) -> None:
        self._sheet.close()

    def _show(self, listed: tuple[InviteView, ...]) -> None:
        self._listed = listed
        self._lower.set_visibility(bool(listed))
        self._more.set_visibility(len(listed) > self._wanted)
        open_first = sorted(listed[: self._wanted], key=lambda one: one.state != "open")
        self._entries.show([_entry(self._desk.seen, one) for one in open_first])
        shown = next((one for one in listed if one.id == self._made), None)
        if self._link is not None and shown is not None:
            self._link.show(shown)

    def _draw_form(self, member_id: MemberId | None) -> None:
        self._made = self._link = None
        self._upper.clear()
        self._sheet.foot.clear()
        with self._upper:
            form = InviteForm(self._desk, member_id, self._draw_link)
        with self._sheet.foot:
            form.ends_with(_("Make the link"))

    def _draw_another_form(self) -> None:
        self._draw_form(None)
        ui.run_javascript(f"mycount.focus({json.dumps(self._upper.html_id)})")  # what was pressed is gone

    def _draw_link(self, made: NewInvite, name: str | None) -> None:
        self._made = made.id
        self._upper.clear()
        self._sheet.foot.clear()
        with self._upper:
            self._link = InviteLink(self._desk.seen, made, name, self._sheet.foot, self._draw_another_form)

    def _reopen(self, invite_id: int) -> None:
        """Show the link of an open invite again."""
        found = next((one for one in self._listed if one.id == invite_id), None)
        if found is not None and found.token is not None:
            self._draw_link(NewInvite(found.id, found.token, found.expires_at), found.member_name)
            self._sheet.body.run_method("scrollTo", 0, 0)

    async def _revoke(self, invite_id: int) -> None:
        with self._desk.at_work():
            await call(invites.revoke, self._desk.user_id, self._desk.group_id, InviteId(invite_id))
            toast(_("The link lets nobody in any more"))


async def _read(desk: Desk, before: InviteId | None, most: int) -> tuple[InviteView, ...]:
    return await call(invites.listed, desk.user_id, desk.group_id, before=before, limit=most)


def _entry(group: GroupView, one: InviteView) -> Entry:
    revocable = one.token is not None and (group.is_administrator or one.created_by == group.me.name)
    return Entry(
        id=one.id,
        icon="mail" if one.state == "open" else "check" if one.state == "used" else "link_off",
        title=_called(one),
        caption=_state(group, one),
        opens=one.token is not None,
        act=_("Revoke") if revocable and group.can_change else "",
        act_ends=True,
        bright=one.state == "open",
        faded=one.state in ("expired", "revoked"),
    )


def _called(one: InviteView) -> str:
    if one.state == "used" and one.used_by:
        return _("Used by {name}", name=one.used_by)
    if one.member_name:
        return _("For {name}", name=one.member_name)
    return _("For “{label}”", label=one.label) if one.label else _("For anybody new")


def _state(group: GroupView, one: InviteView) -> str:
    if one.state == "used":
        return words.moment(one.used_at or one.created_at)
    if one.state == "expired":
        return _("Expired {ago}", ago=words.ago(one.expires_at))
    if one.state == "revoked":
        return _("Taken back")
    made_by = (
        _("Made by you") if one.created_by == group.me.name else _("Made by {name}", name=one.created_by)
    )
    ends = _("ends {within}", within=words.within(one.expires_at))
    return f"{made_by} · {ends}"
