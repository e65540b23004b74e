"""The start: my groups with my balance in each, what I get and pay in all, and making a new group."""

from collections.abc import Callable, Sequence

from nicegui import ui

from mycount.services import history, news
from mycount.services.views import GroupCard, Home
from pages.away import Away
from pages.calls import call
from pages.elements import button, empty_state, heading
from pages.elements.link_list import LinkList, LinkRow, Section, Sum
from pages.elements.sheet import once
from pages.first_sight import show_at_first
from pages.frame import frame, own_link
from pages.group_icons import tint
from pages.happenings import said
from pages.live import show_live
from pages.new_group import open_new_group
from pages.on_device import LastSeen
from pages.totals import Totals
from pages.visitors import me
from pages.words import _, ago, local_currency, money, ngettext


async def groups_page() -> None:
    """Shows my groups, the latest changed first, and follows every change of them."""
    with frame("groups", _("Groups")):
        page = GroupsPage()
        await show_live(
            [news.of_user(me().user_id)],
            lambda: call(history.home, page.user),
            page.show,
            gone=lambda: ui.navigate.to("/sign-in"),
            away=page.away.show,
        )
    show_at_first()


class GroupsPage:
    """What is drawn once; `show` fills it, and changes only what has changed."""

    def __init__(self) -> None:
        self.user = me().user_id
        self._currency = local_currency()
        make = once(lambda: open_new_group(self._currency))
        self._head(make)
        self._last_seen = LastSeen()
        self.away = Away()
        self._totals = Totals()
        self._groups = LinkList(look="cards")
        with empty_state(
            "groups",
            _("No group yet. Make one for a trip, a flat or a party, and put down who paid for what."),
        ) as self._empty:
            button(_("Make a group"), "add", on_click=make)
        self._archived_head = heading(2, _("Archived")).classes("mc-section")
        self._archived = LinkList(look="cards")
        self._fab = button(_("New group"), "add", on_click=make).classes("mc-fab mc-phone-only")
        for unknown_yet in (self._totals, self._empty, self._archived_head):
            unknown_yet.set_visibility(False)

    def show(self, home: Home) -> None:
        """Show the groups as they are now."""
        newest = next(iter(home.groups), None)
        self._currency = newest.currency if newest else self._currency
        self._totals.show(home.to_get, home.to_pay)
        self._totals.set_visibility(any(not _is_untouched(card) for card in home.groups + home.archived))
        self._groups.show(_lines(home.groups))
        self._archived.show(_lines(home.archived))
        self._last_seen.show_all([*home.groups, *home.archived])
        has_any = bool(home.groups or home.archived)
        self._empty.set_visibility(not has_any)
        self._new.set_visibility(has_any)
        self._fab.set_visibility(has_any)
        self._archived_head.set_visibility(bool(home.archived))

    def _head(self, make: Callable[[], None]) -> None:
        with ui.element("div").classes("mc-row mc-row--between mc-head"):
            heading(1, _("Groups"))
            self._new = button(_("New group"), "add", on_click=make).classes("mc-desktop-only")
            own_link().classes("mc-phone-only")


def _lines(cards: Sequence[GroupCard]) -> list[Section]:
    """An empty list would still be announced as one."""
    return [Section([_line(card) for card in cards])] if cards else []


def _line(card: GroupCard) -> LinkRow:
    return LinkRow(
        id=str(card.id),
        href=f"/groups/{card.id}",
        icon=card.icon,
        tint="quiet" if card.is_archived or card.is_even else tint(card.icon),
        title=card.name,
        caption=_caption(card),
        sums=[
            Sum(
                money(abs(balance.amount), balance.currency),
                _("you get") if balance.amount > 0 else _("you pay"),
                "owed" if balance.amount > 0 else "owe",
            )
            for balance in card.balances
        ],
        mark=_("Everybody is even") if card.is_even and not _is_untouched(card) else "",
    )


def _caption(card: GroupCard) -> str:
    if card.latest is None:
        return ngettext("{n} person", "{n} people", card.people)
    return _("{event} · {ago}", event=said(card.latest), ago=ago(card.latest.at))


def _is_untouched(card: GroupCard) -> bool:
    """Whether no money can have been put down yet: even, and nothing but people has happened last."""
    without_money = ("created", "renamed", "named", "joined")
    return card.is_even and (card.latest is None or card.latest.verb in without_money)
