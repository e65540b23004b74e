"""What is looked for survives as an address, and no address does harm."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import QueryParams

from mycount.domain.category import CATEGORIES
from mycount.domain.ids import MemberId
from mycount.domain.ledger import Kind
from mycount.services.views import Filter
from pages.filter_address import query, read

members = st.none() | st.integers(1, 10**17).map(MemberId)
days = st.none() | st.dates()


@given(
    wanted=st.builds(
        Filter,
        words=st.just(()),
        mine=st.booleans(),
        paid=st.booleans(),
        category=st.sampled_from(["", *(category.key for category in CATEGORIES)]),
        since=st.just(date(1, 1, 1)) | st.none(),
        until=days,
        person=members,
        payer=members,
        currency=st.sampled_from(["", "EUR", "KWD"]),
        kind=st.none() | st.sampled_from(Kind),
        spending=st.booleans(),
    ),
    text=st.text(st.characters(codec="utf-8"), max_size=60),
)
def test_what_is_written_into_an_address_is_read_from_it(wanted: Filter, text: str) -> None:
    assert read(QueryParams(query(wanted, text.strip())[1:])) == (wanted, text.strip())


@pytest.mark.parametrize(
    "rubbish",
    [
        "mine=yes&paid=2&category=nonsense&currency=eur&kind=theft&spending=no",
        "from=2026-02-30&to=yesterday",
        "from=20260301&to=2026-W10-1",
        "from=2026-03-01T00:00",
        "person=-1&payer=1e3",
        "person=99999999999999999999&payer=%D9%A1",
        "q=%20%20&other=1",
    ],
)
def test_rubbish_in_an_address_is_left_out(rubbish: str) -> None:
    assert read(QueryParams(rubbish)) == (Filter(), "")


def test_days_the_wrong_way_round_are_turned() -> None:
    wanted, _ = read({"from": "2026-03-09", "to": "2026-03-01"})
    assert (wanted.since, wanted.until) == (date(2026, 3, 1), date(2026, 3, 9))


def test_of_a_long_text_the_beginning_is_looked_for() -> None:
    assert read({"q": "x" * 10_000})[1] == "x" * 100
