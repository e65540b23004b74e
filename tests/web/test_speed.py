"""What makes pages quicker changes nothing of what they say."""

import json

import pytest
from nicegui.client import HTML_ESCAPE_TABLE

from mycount.web.speed import Escapable


@pytest.mark.parametrize(
    "words",
    ["", "plain", "<b>&amp;</b>", "`${x}`", "&#36;", "Zoë & Łukasz < 5 €", json.dumps({"a": "<&>$`\\"})],
)
def test_what_is_escaped_quickly_is_what_the_framework_would_write(words: str) -> None:
    assert Escapable(words).translate(HTML_ESCAPE_TABLE) == words.translate(HTML_ESCAPE_TABLE)


def test_nothing_of_what_is_escaped_is_left() -> None:
    assert not set("<>`$") & set(Escapable("<>`$&" * 3).translate(HTML_ESCAPE_TABLE))
