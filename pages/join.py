"""An invite link, opened: who invites to what, and one press to join. Looking uses nothing up."""

import json
from typing import Final

from nicegui import ui

from mycount.domain import text as typed
from mycount.domain.errors import Invalid, NotFound
from mycount.domain.ids import MemberId
from mycount.domain.words import N_
from mycount.services import groups, invites
from mycount.services.views import InviteState, Offer, Role, Visitor
from pages.addresses import inside
from pages.calls import call
from pages.elements import (
    button_link,
    caption,
    empty_state,
    field,
    given,
    heading,
    link,
    text,
    tile,
)
from pages.elements.picking import Option, Picker, person
from pages.entering import let_in, on_the_way_to
from pages.form import Form
from pages.frame import entrance
from pages.group_icons import tint
from pages.visitors import device, visitor
from pages.words import _, ngettext, refusal

_OVER: Final[dict[InviteState, str]] = {
    "used": N_("This invite link was used already: each lets one person in. Ask {name} for a new one."),
    "expired": N_("This invite link has expired. Ask {name} for a new one."),
    "revoked": N_("This invite link was taken back. Ask {name} if that was meant."),
}
_ROLES: Final[dict[Role, str]] = {
    "administrator": N_("You join as an administrator."),
    "viewer": N_("You can look at everything, and change nothing."),
}
_SOMEBODY_NEW = 0
_NOT_SAID = -1


async def join_page(token: str) -> None:
    """Shows the offer with the way to take it, or in plain words why there is none."""
    known = visitor()
    try:
        offer = await call(invites.look, token)
    except NotFound as error:
        with entrance(_("This link does not work")):
            _nothing(_("This link does not work"), refusal(error))
        return
    is_in = known is not None and await _is_member(known, offer)
    with entrance(_("Your invite to {group}", group=offer.group_name)):
        if is_in:
            _who(offer, _("You are in this group already"))
            button_link(_("Open {group}", group=offer.group_name), f"/groups/{offer.group_id}", tall=True)
            if offer.state == "open":
                caption(_still_good(offer)).classes("mc-center")
        elif offer.state in _OVER:
            _nothing(_("This link has ended"), _(_OVER[offer.state], name=offer.invited_by))
        else:
            _who(offer, _("{name} invites you to", name=offer.invited_by))
            Join(token, offer, known)
            if known is None or known.is_guest:
                _other_way(token)


def _still_good(offer: Offer) -> str:
    if offer.member_name:
        return _("The invite is for {name}, on another device.", name=offer.member_name)
    return _("The invite is still good for somebody else.")


class Join(Form):
    """Who one is in the group: the one it is made for, one of its people without an account, or somebody new."""

    def __init__(self, token: str, offer: Offer, known: Visitor | None) -> None:
        super().__init__(self._join)
        self._token, self._offer, self._known = token, offer, known
        own = known.name if known else ""
        with self:
            if offer.member_name is not None:
                text(_("You join as {name}.", name=offer.member_name)).classes("mc-strong mc-center")
            self._who = self._picker(own)
            self._name = self.takes(
                "name",
                field(
                    _("Your name in the group"),
                    own,
                    autocomplete="name",
                    max_length=80,
                    autofocus=not offer.free,
                ),
            )
            self._choose()
            if offer.role in _ROLES:
                caption(_(_ROLES[offer.role]))
            self.fields["who"] = self._who
            self.ends_with(_("Join"))
            if known is None:
                caption(_("You need no account: you are in at once, on this device.")).classes("mc-center")

    def _picker(self, own: str) -> Picker[int]:
        people = [person(name, int(member_id)) for member_id, name in self._offer.free]
        new = Option(_SOMEBODY_NEW, _("Somebody else"), icon="person_add")
        picker = Picker([*people, new], _same(self._offer, own), self._chosen, label=_("Who are you?"))
        picker.set_visibility(bool(people))
        return picker

    def _choose(self) -> None:
        self._who.error = None
        self._name.set_visibility(self._who.value == _SOMEBODY_NEW and self._offer.member_name is None)

    def _chosen(self) -> None:
        """Lead a finger on to the name; a keyboard may be on its way to another choice."""
        self._choose()
        if self._name.visible:
            name = json.dumps(self._name.html_id)
            ui.run_javascript(f"if (matchMedia('(pointer:coarse)').matches) mycount.focus({name})")

    async def _join(self) -> None:
        if self._who.value == _NOT_SAID:
            raise Invalid(N_("Choose who you are."), field="who")
        admission = await call(
            invites.accept,
            self._token,
            actor=self._known.user_id if self._known else None,
            name=self._name.text,
            member_id=MemberId(self._who.value) if self._who.value != _SOMEBODY_NEW else None,
            device=device(),
        )
        group = f"/groups/{admission.group_id}"
        if admission.ticket is None:
            self.leaving = True
            ui.navigate.to(inside(group))
        else:
            await let_in(self, admission.ticket, group)


async def _is_member(known: Visitor, offer: Offer) -> bool:
    try:
        await call(groups.see, known.user_id, offer.group_id)
    except NotFound:
        return False
    return True


def _same(offer: Offer, own: str) -> int:
    """Guess who somebody with a name is: the one of the same name, else somebody else; a stranger has to say."""
    if not own:
        return _NOT_SAID if offer.free else _SOMEBODY_NEW
    alike = (int(member_id) for member_id, name in offer.free if typed.key(name) == typed.key(own))
    return next(alike, _SOMEBODY_NEW)


def _who(offer: Offer, sentence: str) -> None:
    with ui.element("div").classes("mc-offer"):
        tile(offer.group_icon, tint(offer.group_icon), "large")
        text(sentence, muted=True)
        given(offer.group_name, "h1")
        if offer.people:
            caption(ngettext("{n} person", "{n} people", offer.people))


def _nothing(title: str, sentence: str) -> None:
    heading(1, title).classes("mc-center")
    with empty_state("lost", sentence):
        button_link(_("To the start"), "/", kind="quiet")


def _other_way(token: str) -> None:
    with ui.element("p").classes("mc-muted mc-center"):
        ui.label(_("You have an account?")).classes("mc-inline")
        link(_("Sign in with it"), on_the_way_to(f"/join/{token}", "/sign-in"))
