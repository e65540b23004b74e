"""How much memory this process may take: the limit of its container, which ends it when it takes more."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

_FILES = (
    Path("/sys/fs/cgroup/memory.max"),  # control groups of version 2, then those of version 1
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)
_NO_LIMIT = 2**60  # version 1 has no word for none, but a number that no machine has


class MemoryLimit(Collector):
    """A gauge of the limit; absent where there is none, or where the system does not tell it."""

    def __init__(self, files: Sequence[Path] = _FILES) -> None:
        self._files = files

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Give the gauge, without a value where there is no limit."""
        yield GaugeMetricFamily(
            "mycount_memory_limit_bytes",
            "How much memory the container may take; absent where there is no limit.",
            value=limit(self._files),
        )


def limit(files: Sequence[Path] = _FILES) -> int | None:
    """Read the limit in bytes, from the first of these files that is there."""
    for file in files:
        try:
            said = file.read_text().strip()
        except OSError:
            continue
        return int(said) if said.isdecimal() and int(said) < _NO_LIMIT else None
    return None
