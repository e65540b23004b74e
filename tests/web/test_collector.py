"""Pages are set aside for the collector when a wave of them has come, and found again when they have gone."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from mycount.web.collector import Collector


class Knot:
    """Something that only the collector frees."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def nothing_set_aside() -> Iterator[None]:
    gc.unfreeze()
    yield
    gc.unfreeze()


def a_wave_with(collector: Collector) -> "weakref.ref[Knot]":
    knot = Knot()
    for _ in range(10):
        collector.come()
    collector.tidy(10)
    return weakref.ref(knot)


def test_a_wave_of_pages_is_left_out_of_collections() -> None:
    knot = a_wave_with(Collector())
    gc.collect()
    assert gc.get_freeze_count() > 0
    assert knot() is not None


def test_a_few_pages_are_left_to_the_ordinary_collector() -> None:
    collector = Collector()
    collector.come()
    collector.tidy(1)
    collector.gone()
    collector.tidy(0)
    assert gc.get_freeze_count() == 0


def test_what_was_set_aside_is_freed_when_nobody_is_there() -> None:
    collector = Collector()
    knot = a_wave_with(collector)
    collector.gone()
    collector.tidy(9)
    assert knot() is not None
    collector.tidy(0)
    assert knot() is None


def test_what_was_set_aside_is_freed_when_many_have_gone_although_others_stay() -> None:
    collector = Collector()
    knot = a_wave_with(collector)
    for _ in range(300):
        collector.gone()
    collector.tidy(1)
    assert knot() is None
