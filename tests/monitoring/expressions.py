"""Reads PromQL: which metrics and labels an expression asks for, which labels its result has, and what is wrong."""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import promql_parser as promql

from tests.monitoring.exported import Exported

Labels = set[str] | None  # None: a number, which has none

RATE_INTERVAL = timedelta(seconds=61)  # what stands for $__rate_interval here; nobody would write it
_RATES = ("rate", "irate", "increase")
_SETS = ("and", "or", "unless")


class QueryError(Exception):
    """Something in an expression would find nothing, or not what was meant."""


def labels(expression: str, metrics: Mapping[str, Exported]) -> Labels:
    """Give the labels that the result has; raises QueryError for what does not exist or cannot be."""
    try:
        parsed = promql.parse(substituted(expression))
    except ValueError as error:
        raise QueryError(f"no PromQL: {error}") from error
    return _Reader(metrics).of(parsed)


def legend(template: str, there: Labels) -> None:
    """Raise QueryError if a legend (or an annotation) names a label that the result does not have."""
    for name in re.findall(r"\{\{\s*(?:\$labels\.)?(\w+)\s*\}\}", template):
        if name not in (there or ()):
            raise QueryError(f"the legend names {name!r}, but there is only {sorted(there or ())}")


def substituted(expression: str, instance: str = ".+", interval: str = "61s") -> str:
    """Put in the variables, as Grafana does."""
    return expression.replace("$__rate_interval", interval).replace("$instance", instance)


class _Reader:
    def __init__(self, metrics: Mapping[str, Exported]) -> None:
        self._metrics = metrics
        self._kinds: dict[type, Callable[[Any], Labels]] = {
            promql.NumberLiteral: lambda _: None,
            promql.ParenExpr: lambda node: self.of(node.expr),
            promql.VectorSelector: self._selected,
            promql.MatrixSelector: lambda node: self._selected(node.vector_selector),
            promql.AggregateExpr: self._aggregated,
            promql.Call: self._called,
            promql.BinaryExpr: self._combined,
        }

    def of(self, node: Any) -> Labels:
        read = self._kinds.get(type(node))
        if read is None:
            raise QueryError(f"{type(node).__name__} is not read here: teach tests/monitoring/expressions.py")
        return read(node)

    def _selected(self, node: promql.VectorSelector) -> set[str]:
        metric = self._metrics.get(node.name or "")
        if metric is None:
            raise QueryError(f"nothing exports {node.name!r}")
        for matcher in node.matchers.matchers:
            if matcher.name not in metric.labels:
                raise QueryError(f"{node.name} has no label {matcher.name!r}")
            if not _can_match(matcher, metric.labels[matcher.name]):
                raise QueryError(f"{matcher.name} of {node.name} is never {matcher.value!r}")
        return set(metric.labels)

    def _aggregated(self, node: promql.AggregateExpr) -> set[str]:
        inner = self.of(node.expr) or set()
        if node.modifier is None:
            return inner if str(node.op) in ("topk", "bottomk") else set()
        named = set(node.modifier.labels)
        if named - inner:
            raise QueryError(f"there is no {sorted(named - inner)} to group by, only {sorted(inner)}")
        return named if node.modifier.type == promql.AggModifierType.By else inner - named

    def _called(self, node: promql.Call) -> Labels:
        name = node.func.name
        results = [self.of(argument) for argument in node.args]
        if name in _RATES:
            self._rated(name, node.args[0])
        if name == "vector":
            return set()
        if name == "histogram_quantile":
            if "le" not in (results[1] or ()):
                raise QueryError("histogram_quantile needs the label 'le'")
            return (results[1] or set()) - {"le"}
        return next((result for result in results if result is not None), None)

    def _rated(self, name: str, argument: Any) -> None:
        metric = argument.vector_selector.name
        if self._metrics[metric].kind not in ("counter", "histogram"):
            raise QueryError(f"{name}() of {metric}, which is a gauge")

    def _combined(self, node: promql.BinaryExpr) -> Labels:
        left, right = self.of(node.lhs), self.of(node.rhs)
        if left is None or right is None:
            return right if left is None else left
        if str(node.op) not in _SETS and left != right:
            raise QueryError(f"{sorted(left)} never match {sorted(right)}")
        return left


def ranges(expression: str) -> list[tuple[str, timedelta]]:
    """Give each function over a range, with the length of that range."""
    found: list[tuple[str, timedelta]] = []

    def visit(node: Any) -> None:
        if isinstance(node, promql.Call):
            found.extend((node.func.name, a.range) for a in node.args if isinstance(a, promql.MatrixSelector))

    promql.walk(promql.parse(substituted(expression)), visit)
    return found


def selectors(expression: str) -> list[promql.VectorSelector]:
    """Give everything that is asked of the database of series."""
    found: list[promql.VectorSelector] = []

    def visit(node: Any) -> None:
        if isinstance(node, promql.VectorSelector):
            found.append(node)

    promql.walk(promql.parse(substituted(expression)), visit)
    return found


def _can_match(matcher: promql.Matcher, values: set[str]) -> bool:
    """Say whether a label can have a value that is named; for a regular expression, each alternative of it."""
    if not values:
        return True
    if matcher.op in (promql.MatchOp.Equal, promql.MatchOp.NotEqual):
        return matcher.value in values
    return all(any(re.fullmatch(one, value) for value in values) for one in matcher.value.split("|"))
