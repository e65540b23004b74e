"""What a browser keeps on the device, for when there is no connection: my groups and balances as they were seen last.

They are shown by the offline page only, clearly as old. Nobody else may find them: they go when somebody signs out,
with the first page of an ended session, and when somebody else comes in.
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from nicegui import ui

from mycount.domain.ids import GroupId
from mycount.services.views import GroupCard, GroupView, Money
from pages.addresses import root
from pages.elements.components import COMPONENTS
from pages.speech import speech
from pages.theme import Theme
from pages.visitors import me, visitor
from pages.words import _, money


def tell_device(theme: Theme) -> None:
    """Tell the browser how the page that is being built is installed as an app, and who is looking at it."""
    known = visitor()
    manifest = f"{root()}/manifest.webmanifest?{urlencode({'language': speech().language, 'theme': theme})}"
    # With credentials: a proxy in front may ask for a password of its own.
    ui.add_head_html(f'<link rel="manifest" href="{manifest}" crossorigin="use-credentials">')
    ui.add_head_html(f'<meta name="mycount-user" content="{known.user_id if known else ""}">')


class LastSeen(ui.element, component=COMPONENTS / "last_seen.js"):
    """Invisible: lets the device keep what it is shown, with the moment at which it was."""

    def __init__(self) -> None:
        super().__init__()
        self.props["user"] = me().user_id

    def show_all(self, cards: Iterable[GroupCard]) -> None:
        """Keep these groups instead of all that were kept."""
        self._keep([_kept(card.id, card.name, card.balances) for card in cards], whole=True)

    def show_one(self, group: GroupView) -> None:
        """Keep this group beside those that are kept already."""
        self._keep([_kept(group.id, group.name, group.my_balances())], whole=False)

    def _keep(self, groups: list[dict[str, Any]], *, whole: bool) -> None:
        if groups != self.props.get("groups"):
            self.props["whole"] = whole
            self.props["groups"] = groups


def _kept(group_id: GroupId, name: str, balances: Iterable[Money]) -> dict[str, Any]:
    sums = [
        {
            "amount": money(abs(balance.amount), balance.currency),
            "word": _("you get") if balance.amount > 0 else _("you pay"),
            "tint": "owed" if balance.amount > 0 else "owe",
        }
        for balance in balances
    ]
    return {"id": group_id, "name": name, "sums": sums or [{"word": _("You are even")}]}
