"""The icons a group can have: their names for people, and the colour of their tile."""

from typing import Final

from mycount.domain.words import N_
from pages.elements.words import TileTint
from pages.words import _

_NAMES: Final = {
    "groups": N_("Group of people"),
    "sailing": N_("Sailing boat"),
    "home": N_("House"),
    "celebration": N_("Party"),
    "work": N_("Work"),
    "flight": N_("Aeroplane"),
    "restaurant": N_("Meal"),
    "favorite": N_("Heart"),
    "directions_car": N_("Car"),
    "hiking": N_("Hike"),
    "music_note": N_("Music"),
    "school": N_("School"),
    "sports_soccer": N_("Sports"),
    "pets": N_("Pets"),
    "shopping_cart": N_("Shopping"),
    "beach_access": N_("Beach"),
}
_TINTS: Final[tuple[TileTint, ...]] = ("brand", "gold", "brand", "owe", "plain")


def icon_names() -> dict[str, str]:
    """Give every icon a group can have, with its name in the person's language, in the order to offer them."""
    return {icon: _(name) for icon, name in _NAMES.items()}


def tint(icon: str) -> TileTint:
    """Give the tint of a group's tile, always the same for an icon."""
    order = list(_NAMES)
    return _TINTS[order.index(icon) % len(_TINTS)] if icon in _NAMES else "plain"
