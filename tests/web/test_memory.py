"""The limit of the container is read where there is one, and nothing is made up where there is none."""

from pathlib import Path

import pytest

from mycount.web.memory import MemoryLimit, limit


@pytest.mark.parametrize(
    ("said", "expected"),
    [("536870912\n", 536870912), ("max\n", None), ("9223372036854771712\n", None), ("", None)],
)
def test_the_limit_is_what_the_system_says(tmp_path: Path, said: str, expected: int | None) -> None:
    file = tmp_path / "memory.max"
    file.write_text(said)
    assert limit([tmp_path / "absent", file]) == expected


def test_without_a_limit_the_metric_has_no_value(tmp_path: Path) -> None:
    [family] = MemoryLimit([tmp_path / "absent"]).collect()
    assert (family.name, family.samples) == ("mycount_memory_limit_bytes", [])
    (tmp_path / "memory.max").write_text("1000\n")
    [family] = MemoryLimit([tmp_path / "memory.max"]).collect()
    assert [sample.value for sample in family.samples] == [1000]
