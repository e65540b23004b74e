"""The letters in the circle of a person."""

import pytest

from pages.elements import initials


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ann Lee", "AL"),
        ("Bo", "BO"),
        ("Bo (Berlin)", "BB"),
        ("“Cy”", "CY"),
        ("Émile d'Arc", "ÉD"),
        ("Di & Em", "DE"),
        ("李", "李"),
        ("🦊", "🦊"),
        ("  ", "?"),
    ],
)
def test_initials_are_letters_wherever_a_name_has_some(name: str, letters: str) -> None:
    assert initials(name) == letters
