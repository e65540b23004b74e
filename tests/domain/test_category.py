"""Categories, and guessing them from a title."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mycount.domain.category import CATEGORIES, guess
from mycount.domain.category_words import WORDS

KEYS = [category.key for category in CATEGORIES]


def test_every_category_has_its_own_key_name_and_icon() -> None:
    for field in ("key", "label", "icon"):
        assert len({getattr(category, field) for category in CATEGORIES}) == len(CATEGORIES)


def test_all_can_be_guessed_but_those_that_no_title_names() -> None:
    assert set(KEYS) - set(WORDS) == {"other", "payment"}
    assert set(WORDS) <= set(KEYS)


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Dinner at Luigi's", "restaurant"),
        ("ALDI", "groceries"),
        ("Supermarkteinkauf", "groceries"),
        ("Courses de la semaine", "groceries"),
        ("Zakupy w Biedronce", "groceries"),
        ("Benzin", "fuel"),
        ("péage A7", "parking"),
        ("PEAGE", "parking"),
        ("Straßenbahn", "transport"),
        ("Billets de train", "train"),
        ("Vuelo a Lisboa", "flight"),
        ("Aluguel maio", "rent"),
        ("Bolletta luce", "utilities"),
        ("Boodschappen", "groceries"),
        ("Apteka", "health"),
        ("Übernachtung", "hotel"),
        ("Wi-Fi", "internet"),
        ("🍕 Pizza", "restaurant"),
    ],
)
def test_the_words_of_a_title_tell_its_category(title: str, key: str) -> None:
    assert guess(title) == key


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Dog food", "pets"),
        ("Hot dog", "cafe"),
        ("Uber Eats", "restaurant"),
        ("Museum tickets", "entertainment"),
    ],
)
def test_the_more_telling_words_win(title: str, key: str) -> None:
    assert guess(title) == key


@pytest.mark.parametrize(
    "title", ["", "🎈", "Anna", "Hotel and dinner", "Discount", "Training", "Über Nacht"]
)
def test_nothing_is_guessed_where_it_is_not_clear(title: str) -> None:
    assert guess(title) is None


@pytest.mark.parametrize("key", WORDS)
def test_every_word_tells_its_own_category_and_no_other(key: str) -> None:
    wrong = {
        phrase: guess(phrase) for phrase in WORDS[key].split(",") if phrase.strip() and guess(phrase) != key
    }
    assert not wrong


@given(st.text(max_size=300))
def test_any_title_is_guessed_to_be_a_category_or_none(title: str) -> None:
    assert guess(title) in (None, *KEYS)
