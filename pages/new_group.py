"""The sheet for making a group: name, icon, currency, and the people by name."""

import re

from nicegui import ui

from mycount.services import groups
from pages.calls import call
from pages.currencies import currency_choice
from pages.elements import field, sheet
from pages.elements.picking import Option, Picker
from pages.form import Form
from pages.group_icons import icon_names
from pages.visitors import me
from pages.words import _

_BETWEEN_NAMES = re.compile(r"[\n,;]+")


def open_new_group(currency: str) -> None:
    """Open the sheet; the group that is made is opened. `currency` is proposed."""
    with sheet(_("New group"), _("Close"), full=True) as it:
        form = NewGroup(currency)
        with it.foot:
            form.ends_with(_("Make the group"))


class NewGroup(Form):
    """A new group as it is being typed."""

    def __init__(self, currency: str) -> None:
        super().__init__(self._make)
        self._user = me().user_id
        with self:
            self._name = field(_("Name"), placeholder=_("Lisbon 2026"), max_length=80, autofocus=True)
            icons = [Option(icon, label, icon=icon) for icon, label in icon_names().items()]
            self._icon = Picker(icons, groups.ICONS[0], label=_("Icon"), look="tiles")
            self._currency = currency_choice(_("Currency"), currency)
            self._people = field(
                _("Other people"),
                kind="note",
                placeholder=_("One name in each line"),
                hint=_("You are in already. Nobody needs an account; you can invite them later."),
            )
        self.takes("name", self._name)
        self.takes("people", self._people)
        self.fields["icon"] = self._icon
        self.fields["currency"] = self._currency

    async def _make(self) -> None:
        names = tuple(name for name in map(str.strip, _BETWEEN_NAMES.split(self._people.text)) if name)
        group_id = await call(
            groups.create, self._user, self._name.text, self._icon.value, self._currency.value, names
        )
        self.leaving = True
        ui.navigate.to(f"/groups/{group_id}")
