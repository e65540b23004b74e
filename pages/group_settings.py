"""The settings of a group, for its administrators: name, icon, currency, and putting it away."""

from nicegui import ui

from mycount.services import groups
from pages.calls import call
from pages.currencies import currency_choice
from pages.desk import Desk
from pages.elements import Sheet, button, field, heading, sheet, stack, text, toast
from pages.elements.picking import Option, Picker
from pages.form import Form
from pages.group_icons import icon_names
from pages.words import _


async def open_settings(desk: Desk) -> None:
    """Open the settings."""
    _Settings(desk)


class _Settings:
    """The sheet: what can be changed, and below it what makes the group go away."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._sheet: Sheet = sheet(_("Settings"), _("Close"))
        with self._sheet:
            if not desk.seen.is_archived:
                form = _Look(desk, self._sheet)
                form.ends_with(_("Save"))
            with stack(tight=True).classes("mc-apart"):
                heading(3, _("Put away"))
                self._draw_archive()
                text(_("A deleted group can be restored for 30 days, with everything in it."), muted=True)
                button(
                    _("Delete the group"), "delete", "danger-text", lambda e: self._delete(e.sender)
                ).classes("mc-start")

    def _draw_archive(self) -> None:
        if self._desk.seen.is_archived:
            text(_("This group is archived."), muted=True)
            again = button(_("Bring the group back"), "restore", "quiet", lambda e: self._unarchive(e.sender))
            again.classes("mc-start")
        else:
            text(_("An archived group can be looked at, but not changed."), muted=True)
            away = button(_("Archive the group"), "archive", "quiet", lambda e: self._archive(e.sender))
            away.classes("mc-start")

    async def _archive(self, pressed: ui.element) -> None:
        desk = self._desk
        with desk.at_work(pressed):
            await call(groups.archive, desk.user_id, desk.group_id)
            self._sheet.close()
            toast(_("The group is archived"), lambda: _unarchive(desk), _("Undo"))

    async def _unarchive(self, pressed: ui.element) -> None:
        self._sheet.close()
        await _unarchive(self._desk)

    async def _delete(self, pressed: ui.element) -> None:
        desk = self._desk
        with desk.at_work(pressed):
            self._sheet.close()
            desk.has_deleted = True  # before it is done: the news of it comes at once
            try:
                await call(groups.delete, desk.user_id, desk.group_id)
            except BaseException:
                desk.has_deleted = False
                raise


async def _unarchive(desk: Desk) -> None:
    with desk.at_work():
        await call(groups.unarchive, desk.user_id, desk.group_id)


class _Look(Form):
    """Name, icon and currency."""

    def __init__(self, desk: Desk, within: Sheet) -> None:
        super().__init__(self._save)
        self._desk = desk
        self._within = within
        group = desk.seen
        with self:
            self._name = self.takes("name", field(_("Name"), group.name, max_length=80))
            icons = [Option(icon, label, icon=icon) for icon, label in icon_names().items()]
            self._icon = Picker(icons, group.icon, label=_("Icon"), look="tiles")
            self._currency = currency_choice(_("Currency"), group.currency)
            text(_("Expenses keep the currency they were made in."), muted=True).classes("mc-caption")
        self.fields |= {"icon": self._icon, "currency": self._currency}

    async def _save(self) -> None:
        await call(
            groups.edit,
            self._desk.user_id,
            self._desk.group_id,
            name=self._name.text,
            icon=self._icon.value,
            currency=self._currency.value,
        )
        self._within.close()
