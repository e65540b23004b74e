"""The files of Prometheus and Grafana fit together, and are where they are looked for."""

import itertools
import re
from pathlib import PurePosixPath
from typing import Any

import pytest

from monitoring.grafana.boards.rendering import rendered
from tests.monitoring import files

BOARDS = files.boards()
PANELS = [
    (f"{name}: {panel['title']}", panel) for name, board in BOARDS.items() for panel in files.panels(board)
]
ALERTS = files.rules("alert")
COMPOSE = files.ROOT / "docker-compose.yml"
UNITS = {"short", "s", "reqps", "ops", "opm", "percentunit", "bytes"}  # of Grafana's list
every_panel = pytest.mark.parametrize(("where", "panel"), PANELS, ids=[where for where, _ in PANELS])


def test_the_dashboards_are_what_is_made_of_their_source() -> None:
    there = {file.name: file.read_text() for file in files.JSON.glob("*.json")}
    assert there == rendered(), "run python -m monitoring.grafana.boards"


def test_the_dashboards_are_those_that_are_linked_to() -> None:
    assert {name: board["uid"] for name, board in BOARDS.items()} == {
        "backend-overview": "backend-overview",
        "mycount": "mycount",
    }


@every_panel
def test_a_panel_says_what_it_is_also_where_there_is_nothing_to_show(
    where: str, panel: dict[str, Any]
) -> None:
    shown = panel["fieldConfig"]["defaults"]
    assert panel["title"] and panel["description"].endswith(".")
    assert shown["noValue"]
    assert shown["unit"] in UNITS


@every_panel
def test_a_panel_asks_the_data_source_that_is_chosen(where: str, panel: dict[str, Any]) -> None:
    asked = [panel["datasource"], *(target["datasource"] for target in panel["targets"])]
    assert all(source == {"type": "prometheus", "uid": "${datasource}"} for source in asked)
    letters = [target["refId"] for target in panel["targets"]]
    assert len(letters) == len(set(letters)) > 0


@pytest.mark.parametrize("name", BOARDS)
def test_a_dashboard_begins_with_our_data_source_and_all_instances(name: str) -> None:
    source, instance = BOARDS[name]["templating"]["list"]
    (provisioned,) = files.read(files.GRAFANA / "datasources" / "datasource.yml")["datasources"]
    assert (source["name"], source["type"], source["query"]) == (
        "datasource",
        "datasource",
        provisioned["type"],
    )
    assert source["current"]["value"] == provisioned["uid"]
    assert (instance["name"], instance["multi"], instance["includeAll"]) == ("instance", True, True)
    assert instance["query"]["query"] == 'label_values(up{job="mycount"}, instance)'
    assert instance["current"]["value"] == ["$__all"]


@pytest.mark.parametrize("name", BOARDS)
def test_the_panels_of_a_dashboard_fill_it_without_gaps(name: str) -> None:
    taken = [cell for panel in BOARDS[name]["panels"] for cell in _cells(panel["gridPos"])]
    height = max(y for _, y in taken) + 1
    assert sorted(taken) == sorted(itertools.product(range(24), range(height)))
    numbers = [panel["id"] for panel in BOARDS[name]["panels"]]
    assert len(numbers) == len(set(numbers))
    titles = [panel["title"] for panel in files.panels(BOARDS[name])]
    assert len(titles) == len(set(titles))


def _cells(place: dict[str, int]) -> list[tuple[int, int]]:
    columns = range(place["x"], place["x"] + place["w"])
    return list(itertools.product(columns, range(place["y"], place["y"] + place["h"])))


def test_a_rate_has_four_scrapes_to_look_at() -> None:
    (source,) = files.read(files.GRAFANA / "datasources" / "datasource.yml")["datasources"]
    scraped = files.read(files.PROMETHEUS / "prometheus.yml")["global"]["scrape_interval"]
    assert source["jsonData"]["timeInterval"] == scraped == "15s"


def test_grafana_finds_what_compose_mounts() -> None:
    mounted = _mounts("grafana")
    assert mounted["/etc/grafana/provisioning/datasources"] == "monitoring/grafana/datasources"
    assert mounted["/etc/grafana/provisioning/dashboards"] == "monitoring/grafana/dashboards"
    folder = _provider()["options"]["path"]
    assert files.ROOT / mounted[folder] == files.JSON
    settings = files.read(COMPOSE)["services"]["grafana"]["environment"]
    home = PurePosixPath(settings["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"])
    assert str(home.parent) == folder and home.stem in BOARDS
    asked = set(re.findall(r"\$\{(\w+)\}", (files.GRAFANA / "datasources" / "datasource.yml").read_text()))
    assert asked == {"PROMETHEUS_URL"} <= settings.keys()


def test_the_images_have_the_same_files_in_the_same_places() -> None:
    copied = dict(re.findall(r"^COPY (\S+) (\S+)$", (files.GRAFANA / "Dockerfile").read_text(), re.MULTILINE))
    assert copied == {
        "datasources": "/etc/grafana/provisioning/datasources",
        "dashboards/dashboards.yml": "/etc/grafana/provisioning/dashboards/",
        "dashboards/json": _provider()["options"]["path"],
    }
    copied = dict(
        re.findall(r"^COPY (\S+) (\S+)$", (files.PROMETHEUS / "Dockerfile").read_text(), re.MULTILINE)
    )
    assert copied == {"prometheus.yml": "/etc/prometheus/", "rules": "/etc/prometheus/rules"}


def test_prometheus_finds_its_rules_and_the_service_of_that_name() -> None:
    services = files.read(COMPOSE)["services"]
    configuration = files.read(files.PROMETHEUS / "prometheus.yml")
    assert _mounts("prometheus")["/etc/prometheus"] == "monitoring/prometheus"
    assert configuration["rule_files"] == ["rules/*.yml"]
    targets = {
        job["job_name"]: job["static_configs"][0]["targets"] for job in configuration["scrape_configs"]
    }
    port = services["mycount"]["environment"]["MYCOUNT_METRICS_PORT"]
    assert targets["mycount"] == [f"mycount:{port}"]


def _provider() -> dict[str, Any]:
    (provider,) = files.read(files.GRAFANA / "dashboards" / "dashboards.yml")["providers"]
    return dict(provider)


def _mounts(service: str) -> dict[str, str]:
    """Folders of this repository by where a service has them."""
    volumes = [volume.split(":") for volume in files.read(COMPOSE)["services"][service]["volumes"]]
    return {inside: outside.removeprefix("./") for outside, inside, *_ in volumes if outside.startswith("./")}


@pytest.mark.parametrize("rule", ALERTS, ids=[rule["alert"] for rule in ALERTS])
def test_an_alert_says_what_it_is_how_bad_and_what_to_do(rule: dict[str, Any]) -> None:
    assert rule["labels"].keys() == {"severity"}
    assert rule["labels"]["severity"] in ("critical", "warning")
    assert rule["annotations"].keys() == {"summary", "description"}
    assert "$labels.instance" in rule["annotations"]["summary"]
    named = re.findall(r'"([^"]+)" on the dashboard\s"([^"]+)"', rule["annotations"]["description"])
    titles = {(panel["title"], board["title"]) for board in BOARDS.values() for panel in files.panels(board)}
    assert set(named) <= titles


def test_every_alert_is_tested_to_fire_and_not_to_fire() -> None:
    firing, quiet = set(), set()
    for file in (files.PROMETHEUS / "tests").glob("*.yml"):
        for check in (check for test in files.read(file)["tests"] for check in test["promql_expr_test"]):
            names = re.findall(r'alertname="(\w+)"', check["expr"])
            seen = [sample["labels"] for sample in check["exp_samples"]]
            firing |= {name for name in names if any('alertstate="firing"' in sample for sample in seen)}
            quiet |= {name for name in names if not seen and "count_over_time" in check["expr"]}
    assert firing == quiet == {rule["alert"] for rule in ALERTS}


def test_every_alert_is_in_the_readme_and_every_one_there_exists() -> None:
    readme = (files.ROOT / "README.md").read_text()
    told = dict(re.findall(r"^\| `(MyCount\w+)` \| (\w+)", readme, re.MULTILINE))
    assert told == {rule["alert"]: rule["labels"]["severity"] for rule in ALERTS}
