"""Puts what has happened into words: "Bo added “Dinner”", "You archived the group"."""

from typing import Final

from mycount.domain.words import N_
from mycount.services.views import Happening
from pages.words import _

_MINE: Final = {
    "created": N_("You made the group"),
    "renamed": N_("You renamed the group to “{subject}”"),
    "archived": N_("You archived the group"),
    "unarchived": N_("You brought the group back from the archive"),
    "deleted_group": N_("You deleted the group"),
    "restored_group": N_("You restored the group"),
    "added": N_("You added “{subject}”"),
    "edited": N_("You changed “{subject}”"),
    "edited_amount": N_("You changed the amount of “{subject}”"),
    "edited_title": N_("You renamed an expense to “{subject}”"),
    "edited_category": N_("You changed the category of “{subject}”"),
    "edited_day": N_("You changed the day of “{subject}”"),
    "edited_payers": N_("You changed who paid “{subject}”"),
    "edited_split": N_("You changed how “{subject}” is split"),
    "edited_note": N_("You changed the note of “{subject}”"),
    "deleted": N_("You deleted “{subject}”"),
    "restored": N_("You restored “{subject}”"),
    "paid": N_("You noted a payment: {subject}"),
    "named": N_("You added {subject} to the group"),
    "joined": N_("You joined"),
    "left": N_("You left"),
    "removed": N_("You removed {subject}"),
    "returned": N_("You took {subject} back in"),
    "role": N_("You changed the role of {subject}"),
    "closed": N_("You closed your account"),
}
_THEIRS: Final = {
    "created": N_("{name} made the group"),
    "renamed": N_("{name} renamed the group to “{subject}”"),
    "archived": N_("{name} archived the group"),
    "unarchived": N_("{name} brought the group back from the archive"),
    "deleted_group": N_("{name} deleted the group"),
    "restored_group": N_("{name} restored the group"),
    "added": N_("{name} added “{subject}”"),
    "edited": N_("{name} changed “{subject}”"),
    "edited_amount": N_("{name} changed the amount of “{subject}”"),
    "edited_title": N_("{name} renamed an expense to “{subject}”"),
    "edited_category": N_("{name} changed the category of “{subject}”"),
    "edited_day": N_("{name} changed the day of “{subject}”"),
    "edited_payers": N_("{name} changed who paid “{subject}”"),
    "edited_split": N_("{name} changed how “{subject}” is split"),
    "edited_note": N_("{name} changed the note of “{subject}”"),
    "deleted": N_("{name} deleted “{subject}”"),
    "restored": N_("{name} restored “{subject}”"),
    "paid": N_("{name} noted a payment: {subject}"),
    "named": N_("{name} added {subject} to the group"),
    "joined": N_("{name} joined"),
    "left": N_("{name} left"),
    "removed": N_("{name} removed {subject}"),
    "returned": N_("{name} took {subject} back in"),
    "role": N_("{name} changed the role of {subject}"),
    "closed": N_("{name} closed their account"),
}
_PAYMENTS: Final = {
    (True, "deleted"): N_("You deleted a payment"),
    (True, "restored"): N_("You restored a payment"),
    (False, "deleted"): N_("{name} deleted a payment"),
    (False, "restored"): N_("{name} restored a payment"),
}
"""For what has no title of its own."""

_UNKNOWN: Final = N_("{name} changed something")
_ICONS: Final = {
    "added": "receipt_long",
    "edited": "edit",
    "deleted": "delete",
    "restored": "undo",
    "paid": "payments",
    "named": "person_add",
    "joined": "how_to_reg",
    "left": "logout",
    "closed": "logout",
    "removed": "person_remove",
    "returned": "person_add",
    "role": "badge",
    "renamed": "edit",
    "archived": "archive",
    "unarchived": "archive",
    "deleted_group": "delete",
    "restored_group": "restore",
}


def said(happening: Happening) -> str:
    """Say who did what, without the amount and the time."""
    return _(_sentence(happening), name=happening.member_name, subject=happening.subject)


def icon_of(happening: Happening) -> str:
    """Name the icon that shows what kind of thing has happened."""
    verb = "edited" if happening.verb.startswith("edited_") else happening.verb
    return _ICONS.get(verb, "groups")


def _sentence(happening: Happening) -> str:
    untitled = _PAYMENTS.get((happening.is_me, happening.verb))
    if untitled and not happening.subject:
        return untitled
    sentences = _MINE if happening.is_me else _THEIRS
    return sentences.get(
        happening.verb, _UNKNOWN
    )  # a later release, since gone back on, may have written others
