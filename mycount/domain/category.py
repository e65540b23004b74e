"""What expenses are for: a fixed set of categories, and a guess from a title in eight languages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from mycount.domain.category_words import WORDS
from mycount.domain.errors import Invalid
from mycount.domain.text import folded
from mycount.domain.words import N_


@dataclass(frozen=True)
class Category:
    """A category: its key as stored, its name, its icon (as Material Icons call it), the heading it is under."""

    key: str
    label: str
    icon: str
    heading: str


_EATING: Final = N_("Food and drink")
_MOVING: Final = N_("Getting around")
_LIVING: Final = N_("Home")
_FREE_TIME: Final = N_("Free time")
_PEOPLE: Final = N_("Family and health")
_MORE: Final = N_("More")

CATEGORIES: Final = (
    Category("groceries", N_("Groceries"), "local_grocery_store", _EATING),
    Category("restaurant", N_("Restaurant"), "restaurant", _EATING),
    Category("cafe", N_("Café and snacks"), "local_cafe", _EATING),
    Category("drinks", N_("Drinks"), "local_bar", _EATING),
    Category("transport", N_("Local transport"), "directions_bus", _MOVING),
    Category("taxi", N_("Taxi"), "local_taxi", _MOVING),
    Category("train", N_("Train"), "train", _MOVING),
    Category("flight", N_("Flight"), "flight", _MOVING),
    Category("fuel", N_("Fuel and charging"), "local_gas_station", _MOVING),
    Category("parking", N_("Parking and tolls"), "local_parking", _MOVING),
    Category("hotel", N_("Places to stay"), "hotel", _MOVING),
    Category("travel", N_("Travel"), "luggage", _MOVING),
    Category("rent", N_("Rent"), "home", _LIVING),
    Category("utilities", N_("Electricity, water, heating"), "bolt", _LIVING),
    Category("internet", N_("Internet and phone"), "wifi", _LIVING),
    Category("household", N_("Household"), "cleaning_services", _LIVING),
    Category("furniture", N_("Furniture and repairs"), "chair", _LIVING),
    Category("insurance", N_("Insurance"), "shield", _LIVING),
    Category("taxes", N_("Taxes and fees"), "account_balance", _LIVING),
    Category("entertainment", N_("Entertainment"), "movie", _FREE_TIME),
    Category("tickets", N_("Tickets"), "confirmation_number", _FREE_TIME),
    Category("sport", N_("Sport"), "fitness_center", _FREE_TIME),
    Category("shopping", N_("Shopping"), "shopping_bag", _FREE_TIME),
    Category("clothes", N_("Clothes"), "checkroom", _FREE_TIME),
    Category("gifts", N_("Gifts and donations"), "redeem", _PEOPLE),
    Category("children", N_("Children"), "child_care", _PEOPLE),
    Category("education", N_("Education"), "school", _PEOPLE),
    Category("health", N_("Health and care"), "medical_services", _PEOPLE),
    Category("pets", N_("Pets"), "pets", _PEOPLE),
    Category("other", N_("Other"), "category", _MORE),
    Category("payment", N_("Payment"), "swap_horiz", _MORE),
)
"""Every category, in the order to offer them; keys never change, because expenses are stored with them."""

_KEYS: Final = frozenset(category.key for category in CATEGORIES)

_VAGUE: Final = frozenset({"travel", "tickets", "shopping", "gifts"})  # fit many titles that say more besides
_NO_TAXI: Final = re.compile(r"\b(ü|u\u0308)ber\b", re.IGNORECASE)  # a German word, unlike Uber
_LONGEST: Final = 200  # characters that are looked at


def check(key: str) -> None:
    """Refuse (Invalid) what is no key of a category."""
    if key not in _KEYS:
        raise Invalid(N_("Choose one of the categories."), field="category")


def guess(title: str) -> str | None:
    """Guess the key of a category from the words of a title; None where nothing or several things fit.

    Upper case and accents mean nothing. Phrases say more than words: dog food is neither food nor a dog.

    >>> guess("Dinner at Luigi's"), guess("Einkauf Supermarkt"), guess("Péage A7"), guess("This and that")
    ('restaurant', 'groceries', 'parking', None)
    """
    words = re.findall(r"\w+", folded(_NO_TAXI.sub(" ", title[:_LONGEST])))
    for length in range(_longest(), 0, -1):
        phrases = [tuple(words[i : i + length]) for i in range(len(words) - length + 1)]
        found = {key for phrase in phrases for key in _meanings(phrase)}
        if found:
            found = found - _VAGUE or found
            return found.pop() if len(found) == 1 else None
    return None


def _meanings(phrase: tuple[str, ...]) -> Iterator[str]:
    """Give the categories that these words together stand for."""
    whole, beginnings = _index()
    if phrase in whole:
        yield whole[phrase]
    *first, last = phrase
    for length in range(1, len(last) + 1):
        if key := beginnings.get((*first, last[:length])):
            yield key


@cache
def _longest() -> int:
    return max(map(len, (*_index()[0], *_index()[1])))


@cache
def _index() -> tuple[dict[tuple[str, ...], str], dict[tuple[str, ...], str]]:
    """Give the category of every phrase that is meant as it is, and of those whose last word may go on."""
    whole: dict[tuple[str, ...], str] = {}
    beginnings: dict[tuple[str, ...], str] = {}
    for key, text in WORDS.items():
        for phrase in text.split(","):
            words = tuple(re.findall(r"\w+", folded(phrase)))
            if words:
                (beginnings if phrase.strip().endswith("*") else whole)[words] = key
    return whole, beginnings
