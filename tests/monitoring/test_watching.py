"""A real Prometheus watches the real MyCount: everything that is shown has data, and every alert is seen to fire.

One of each serves all tests here; they build on one another, in this order.
"""

import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from tests import chromium
from tests.asking import ask
from tests.monitoring import files, promtool
from tests.monitoring.causes import CAUSES
from tests.monitoring.expressions import substituted
from tests.monitoring.watched import Watched, watched
from tests.waiting import PATIENCE, until

EVERYWHERE = [(where, substituted(query, interval="1m")) for where, query, _ in files.queries()]
ONLY_WHEN_SOMETHING_FAILS = {"backend-overview: Error rate B"}
ONLY_WHEN_AN_ALERT_FIRES = {"mycount: Alerts firing now A"}  # which a slow machine may make by itself
ONLY_IN_A_CONTAINER = {"backend-overview: Memory B"}  # the limit
CANNOT_BE_CAUSED = {"MyCountMemoryNearlyFull"}  # no container, no limit; promtool has tried it
QUERIES = [(where, query) for where, query in EVERYWHERE if where not in ONLY_IN_A_CONTAINER]
ALERTS = {rule["alert"] for rule in files.rules("alert")}


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """Everything running, with nobody there yet."""
    missing = [] if promtool.fetched("prometheus") else ["Prometheus"]
    missing += [] if chromium.found() else ["Chromium"]
    if missing:
        reason = f"NOBODY WATCHES MYCOUNT: {' and '.join(missing)} cannot be had here"
        if promtool.must_be_there():
            pytest.fail(reason)
        pytest.skip(reason)
    with watched(tmp_path_factory.mktemp("watched")) as scene:
        yield scene


@pytest.fixture(scope="module")
def visited(scene: Watched) -> Watched:
    """Everything running, after two people have worked with it in browsers, and nobody came in any other way."""
    visit = [sys.executable, "-m", "tests.monitoring.visit", scene.server.address]
    done = subprocess.run(visit, capture_output=True, text=True, timeout=5 * PATIENCE, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    until(
        lambda: scene.prometheus.values("sum(mycount_live_update_seconds_count) > 0"),
        "it is scraped",
    )
    return scene


def test_after_work_in_browsers_alone_every_panel_has_something_to_show(visited: Watched) -> None:
    def empty() -> set[str]:
        return {where for where, query in QUERIES if not _shown(visited, query, time.time() - 60)}

    quiet = ONLY_WHEN_SOMETHING_FAILS | ONLY_WHEN_AN_ALERT_FIRES
    until(lambda: empty() <= quiet, "every panel has data")
    assert empty() - ONLY_WHEN_AN_ALERT_FIRES == ONLY_WHEN_SOMETHING_FAILS


def test_every_rule_is_evaluated_and_nothing_is_wrong_while_all_is_well(visited: Watched) -> None:
    recorded = [rule["record"] for rule in files.rules("record")]
    assert [name for name in recorded if not visited.prometheus.values(f'{name}{{job="mycount"}}')] == []
    assert visited.prometheus.broken() == []
    surprising = 'ALERTS{alertname!~"MyCount.*(Slow|Late)"}'  # a machine that tests may be slow
    if visited.prometheus.values('max_over_time(scrape_duration_seconds{job="mycount"}[5m]) >= 1'):
        surprising = (
            'ALERTS{alertname!~"MyCount(.*(Slow|Late)|Down)"}'  # who is not read in time seems to be down
        )
    assert visited.prometheus.values(f"count_over_time({surprising}[5m])") == []


def test_promtool_has_nothing_to_say_against_what_is_exported(visited: Watched) -> None:
    done = promtool.run("check", "metrics", text=ask(visited.metrics).text)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_configuration_rules_and_their_tests_are_fine(scene: Watched) -> None:
    assert promtool.complaints() == ""


def test_twenty_requests_arrive_as_exactly_twenty(visited: Watched) -> None:
    query = 'http_requests_total{method="GET",path="/sign-in",status="200"}'
    _scraped(visited)
    before = visited.prometheus.value(query)
    for _ in range(20):
        assert visited.server.status("/sign-in") == 200
    _scraped(visited)
    assert visited.prometheus.value(query) == before + 20


def test_forty_unknown_addresses_add_one_value_of_a_label_at_most(visited: Watched) -> None:
    paths, series = "count(count by (path) (http_requests_total))", "count(http_requests_total)"
    _scraped(visited)
    before = visited.prometheus.value(paths), visited.prometheus.value(series)
    for number in range(40):
        assert visited.server.status(f"/unknown/{number}?q={number}") == 404
    _scraped(visited)
    assert visited.prometheus.value('http_requests_total{path="unmatched",status="404"}') >= 40
    assert visited.prometheus.value(paths) <= before[0] + 1
    assert visited.prometheus.value(series) <= before[1] + 1


@pytest.mark.parametrize(("cause", "alerts"), CAUSES.items(), ids=lambda one: getattr(one, "__name__", ""))
def test_an_alert_fires_when_its_cause_is_made_to_happen(visited: Watched, cause, alerts) -> None:  # type: ignore[no-untyped-def]
    until(
        lambda: not _surprising(alerts & visited.prometheus.firing().keys()),
        "nothing of that fires by itself",
    )
    with cause(visited):
        for alert in sorted(alerts):
            sentences = visited.fires(alert)
            assert "127.0.0.1" in sentences["summary"], "the summary names the instance"
            assert not [text for text in sentences.values() if "<" in text], (
                "a template that cannot be filled"
            )
            assert visited.pends(alert) or "for" not in _rule(alert)


def test_the_cause_of_every_alert_was_made_to_happen() -> None:
    assert set().union(*CAUSES.values()) == ALERTS - CANNOT_BE_CAUSED


def test_what_shows_failures_has_shown_them(visited: Watched) -> None:
    assert [where for where, query in QUERIES if not _shown(visited, query, visited.begun)] == []


def _surprising(alerts: set[str]) -> list[str]:
    """Leave out the alerts that may fire by themselves where many tests run at once."""
    return [alert for alert in alerts if not alert.endswith(("Slow", "Late"))]


def _shown(scene: Watched, query: str, begun: float) -> list[float]:
    return scene.prometheus.drawn(query, begun, time.time())


def _scraped(scene: Watched) -> None:
    """Wait until everything that has happened so far was scraped."""
    up = 'up{job="mycount"}'
    query = f"timestamp({up}) > {time.time() + 0.1} and {up} == 1"
    until(lambda: scene.prometheus.values(query), "scraped")


def _rule(alert: str) -> dict[str, object]:
    (rule,) = [rule for rule in files.rules("alert") if rule["alert"] == alert]
    return rule
