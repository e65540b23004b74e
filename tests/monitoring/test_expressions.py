"""Every query in dashboards, rules and alerts asks for what MyCount exports, and shows labels that are there."""

import pytest

from tests.monitoring import files
from tests.monitoring.exported import Exported, exported
from tests.monitoring.expressions import RATE_INTERVAL, QueryError, labels, legend, ranges, selectors

QUERIES = list(files.queries())
ALERTS = files.rules("alert")


def recorded() -> dict[str, Exported]:
    """What is exported, and what the recording rules make of it, in their order."""
    metrics = dict(exported())
    for rule in files.rules("record"):
        found = labels(rule["expr"], metrics) or set()
        metrics[rule["record"]] = Exported("gauge", {name: set() for name in found})
    return metrics


@pytest.mark.parametrize(("where", "query", "name"), QUERIES, ids=[where for where, _, _ in QUERIES])
def test_a_panel_asks_for_what_there_is_and_names_labels_that_are_left(
    where: str, query: str, name: str
) -> None:
    legend(name, labels(query, recorded()))


@pytest.mark.parametrize(("where", "query", "name"), QUERIES, ids=[where for where, _, _ in QUERIES])
def test_a_panel_asks_for_the_chosen_instances_and_for_rates_over_enough_samples(
    where: str, query: str, name: str
) -> None:
    for selector in selectors(query):
        asked = {matcher.name: matcher.value for matcher in selector.matchers.matchers}
        watched = "mycount|prometheus" if selector.name == "ALERTS" else "mycount"
        assert asked["job"] == watched and asked["instance"] == ".+", str(selector)
    for function, seconds in ranges(query):
        assert seconds == RATE_INTERVAL or (function, "Expenses per hour" in where) == ("increase", True)


@pytest.mark.parametrize("rule", ALERTS, ids=[rule["alert"] for rule in ALERTS])
def test_an_alert_asks_for_what_there_is_and_names_labels_that_are_left(rule: dict[str, str]) -> None:
    found = labels(rule["expr"], recorded())
    for sentence in rule["annotations"].values():  # type: ignore[attr-defined]
        legend(sentence, found)
    assert found == {"job", "instance"}, "an alert for each path or operation would be a flood of them"


@pytest.mark.parametrize("rule", files.rules("record"), ids=lambda rule: str(rule["record"]))
def test_what_is_recorded_is_named_by_the_labels_that_it_has(rule: dict[str, str]) -> None:
    level, _, operation = rule["record"].split(":")
    assert recorded()[rule["record"]].labels.keys() == {"job", *level.split("_")}
    assert all(length.seconds == 300 for _, length in ranges(rule["expr"]))
    assert operation.endswith("rate5m")


def test_recordings_that_nothing_uses_are_not_made() -> None:
    used = [rule["expr"] for rule in [*ALERTS, *files.rules("record")]] + [query for _, query, _ in QUERIES]
    for rule in files.rules("record"):
        assert any(rule["record"] in expression for expression in used), rule["record"]


WRONG = {
    "mycount_connected_client": "nothing exports",
    'mycount_pages{group="7"}': "has no label 'group'",
    "sum by (person) (mycount_pages)": "there is no ['person']",
    "rate(mycount_pages[1m])": "is a gauge",
    "increase(process_resident_memory_bytes[1m])": "is a gauge",
    "histogram_quantile(0.95, sum(rate(mycount_live_update_seconds_bucket[1m])))": "needs the label 'le'",
    "histogram_quantile(0.95, rate(mycount_live_update_seconds_sum[1m]))": "needs the label 'le'",
    'mycount_operations_total{operation="expenses.ad"}': "is never 'expenses.ad'",
    'mycount_operations_total{outcome=~"error|away"}': "is never 'error|away'",
    'up{job="app"}': "is never 'app'",
    "sum by (instance) (mycount_pages) / mycount_pages": "never match",
    "sum(mycount_pages": "no PromQL",
}


@pytest.mark.parametrize(("query", "why"), WRONG.items(), ids=WRONG)
def test_a_query_that_would_find_nothing_is_found(query: str, why: str) -> None:
    with pytest.raises(QueryError) as caught:
        labels(query, exported())
    assert why in str(caught.value)


def test_a_namedthat_names_a_label_that_is_gone_is_found() -> None:
    with pytest.raises(QueryError, match="the legend names 'path'"):
        legend("{{path}}", labels("sum by (status) (http_requests_total)", exported()))


def test_a_metric_that_is_renamed_is_noticed_by_whatever_shows_it() -> None:
    used = {str(one.name) for _, query, _ in QUERIES for one in selectors(query)} & exported().keys()
    assert len(used) > 20
    for name in used:
        assert _broken_without(name), name


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("http_requests_total", "path"),
        ("http_requests_total", "status"),
        ("mycount_operations_total", "operation"),
        ("mycount_operations_total", "outcome"),
        ("mycount_page_connections_total", "kind"),
        ("mycount_page_disconnections_total", "reason"),
        ("mycount_refusals_total", "reason"),
        ("mycount_build_info", "revision"),
    ],
)
def test_a_label_that_is_renamed_is_noticed_by_whatever_shows_it(name: str, label: str) -> None:
    assert _broken_without(name, label)


def _broken_without(name: str, label: str = "") -> list[str]:
    """List the panels that would show nothing, or not what they say, without a metric or one of its labels."""
    metrics = recorded()
    metric = metrics.pop(name)
    if label:
        metrics[name] = Exported(
            metric.kind, {one: metric.labels[one] for one in metric.labels if one != label}
        )
    return [where for where, query, named in QUERIES if _fails(query, named, metrics)]


def _fails(query: str, name: str, metrics: dict[str, Exported]) -> bool:
    try:
        legend(name, labels(query, metrics))
    except QueryError:
        return True
    return False
