"""What can be asked for: the metrics that the program exports, as its own registry has them."""

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from mycount import services
from mycount.web.chores import chores
from mycount.web.metrics import Metrics
from mycount.web.routes import ASSETS

TARGET = {"job": {"mycount"}, "instance": {"mycount:9464"}}


@dataclass(frozen=True)
class Exported:
    """A metric: its kind, and the values that its labels can have; an empty set is any value."""

    kind: str
    labels: Mapping[str, set[str]]


@cache
def exported() -> dict[str, Exported]:
    """Give every series there can be by the name that a query uses, with what Prometheus itself adds."""
    for module in pkgutil.iter_modules(services.__path__, "mycount.services."):
        importlib.import_module(module.name)  # every operation has a name once its module is loaded
    metrics = Metrics("0", "0")
    metrics.expect(["/", *ASSETS])
    for absent in (metrics.backup, metrics.imbalance, metrics.faults):
        absent.set(0)
    chores(metrics)
    series: dict[str, Exported] = {}
    for family in metrics.registry.collect():
        if not family.samples:  # absent here, as a limit where there is none
            series[family.name] = Exported(family.type, {name: set() for name in TARGET})
        for sample in family.samples:
            there = series.setdefault(sample.name, Exported(family.type, {name: set() for name in TARGET}))
            for label, value in sample.labels.items():
                there.labels.setdefault(label, set()).add(value)  # type: ignore[attr-defined]
    return {name: _opened(one) for name, one in series.items()} | _prometheus()


def _opened(metric: Exported) -> Exported:
    """Let those labels have any value whose values are not all known beforehand."""
    free = ("method", "status", "version", "revision", "le")
    labels = {name: set() if name in free else values for name, values in metric.labels.items()}
    return Exported(metric.kind, labels | TARGET)


def _prometheus() -> dict[str, Exported]:
    alert: dict[str, set[str]] = {"alertname": set(), "severity": set(), "alertstate": {"pending", "firing"}}
    own = {"job": {"prometheus"}, "instance": {"localhost:9090"}}
    both = {label: values | own[label] for label, values in TARGET.items()}
    return {
        "up": Exported("gauge", TARGET),
        "ALERTS": Exported("gauge", both | alert),
        "prometheus_rule_evaluation_failures_total": Exported("counter", own | {"rule_group": set()}),
    }
