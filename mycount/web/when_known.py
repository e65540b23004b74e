"""Gauges of what is not known at first, and may become unknown again."""

from collections.abc import Iterator

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector


class WhenKnown(Collector):
    """A gauge that is absent as long as there is nothing to say: 0 would be something, too."""

    def __init__(self, name: str, meaning: str) -> None:
        self._name, self._meaning = name, meaning
        self._value: float | None = None

    def set(self, value: float | None) -> None:
        """Remember the value, or that there is none."""
        self._value = value

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Give the gauge, without a value where there is none."""
        yield GaugeMetricFamily(self._name, self._meaning, value=self._value)
