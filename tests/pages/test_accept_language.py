"""What browsers say about their languages is read, and nothing is kept of what no browser says."""

import tracemalloc

from pages.accept_language import asked
from pages.language import preferred


def test_a_language_behind_more_than_anybody_speaks_is_not_looked_for() -> None:
    assert preferred("fi, " * 20 + "de") == "de"
    assert preferred("fi, " * 2_000 + "de") == "en"


def test_headers_as_long_as_can_be_are_not_kept_in_memory() -> None:
    tracemalloc.start()
    try:
        asked("de")
        before = tracemalloc.get_traced_memory()[0]
        for number in range(100):
            asked(f"{number:03}, de" + " " * 60_000)
        assert tracemalloc.get_traced_memory()[0] - before < 1_000_000
    finally:
        tracemalloc.stop()
