"""No spreadsheet runs what a person typed."""

import pytest

from mycount.web.export_csv import safe
from tests.web.test_export_files import FORMULA


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\0=1", "  =1", "＝1", "＋", "－", "＠x"]
)
def test_text_that_a_spreadsheet_would_run_begins_with_an_apostrophe(text: str) -> None:
    assert safe(text).startswith("'")
    assert not FORMULA.match(safe(f"a;{text}").split(";")[1])


@pytest.mark.parametrize("text", ["Dinner", "Bo's", "a - b = c", "3 + 4", "mail@example.org", "“=”", ""])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert safe(text) == text
