"""Whatever happens in a group can be said, by whoever did it and by the others."""

from datetime import UTC, datetime

import pytest

from mycount.domain.ids import GroupId, MemberId
from mycount.services import groups, history
from mycount.services.views import Happening
from pages.group_icons import icon_names
from pages.happenings import icon_of, said
from pages.theme import STATIC


def happened(verb: str, *, mine: bool, subject: str = "Dinner") -> Happening:
    return Happening(
        group_id=GroupId(1),
        group_name="Lisbon",
        member_id=MemberId(1),
        member_name="Bo",
        is_me=mine,
        at=datetime(2026, 3, 14, tzinfo=UTC),
        verb=verb,
        subject=subject,
        expense_id=None,
        money=None,
    )


@pytest.mark.parametrize("verb", history.VERBS)
def test_every_event_has_words_for_the_one_who_did_it_and_for_the_others(verb: str) -> None:
    assert said(happened(verb, mine=True)).startswith("You ")
    assert said(happened(verb, mine=False)).startswith("Bo ")
    assert "something" not in said(happened(verb, mine=False))


def test_an_event_names_what_it_is_about() -> None:
    assert said(happened("added", mine=False)) == "Bo added “Dinner”"


def test_a_payment_without_a_title_is_called_a_payment() -> None:
    assert said(happened("deleted", mine=True, subject="")) == "You deleted a payment"
    assert said(happened("restored", mine=False, subject="")) == "Bo restored a payment"


def test_braces_in_a_title_are_only_braces() -> None:
    assert said(happened("added", mine=False, subject="{name} {0}")) == "Bo added “{name} {0}”"


def test_an_event_of_a_later_release_is_still_said() -> None:
    assert said(happened("teleported", mine=False)) == "Bo changed something"


@pytest.mark.parametrize("verb", history.VERBS)
def test_the_icon_of_every_event_is_one_that_the_browser_has(verb: str) -> None:
    assert f'id="{icon_of(happened(verb, mine=True))}"' in (STATIC / "icons.svg").read_text()


def test_every_icon_that_a_group_can_have_has_a_name_and_a_picture() -> None:
    sprite = (STATIC / "icons.svg").read_text()
    assert tuple(icon_names()) == groups.ICONS
    assert all(f'id="{icon}"' in sprite for icon in groups.ICONS)
