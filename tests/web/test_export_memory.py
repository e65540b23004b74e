"""An export holds one stretch, however many there are."""

import tracemalloc

import pytest

from mycount.services import export
from mycount.web.export_writing import Writing
from mycount.web.exports import FORMS
from tests.bench.filling import filled
from tests.world import World


@pytest.mark.parametrize("form", FORMS)
def test_a_group_of_three_times_the_size_takes_no_more_memory(world: World, form: str) -> None:
    def peak(size: int) -> int:
        scene = filled(world, size)
        outline = export.begin(scene.owner, scene.id)
        writing = Writing(scene.owner, outline, FORMS[form](outline), zipped=True)
        writing.go_on()
        tracemalloc.start()
        while writing.go_on() is not None:
            pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    small, large = peak(2_000), peak(6_000)
    assert large < 1.25 * small
