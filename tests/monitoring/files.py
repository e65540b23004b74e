"""Reads the files that Prometheus and Grafana are given."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
PROMETHEUS = ROOT / "monitoring" / "prometheus"
GRAFANA = ROOT / "monitoring" / "grafana"
JSON = GRAFANA / "dashboards" / "json"


def read(file: Path) -> Any:
    """Read a YAML file."""
    return yaml.safe_load(file.read_text())


def boards() -> dict[str, dict[str, Any]]:
    """Give every dashboard by the name of its file."""
    return {file.stem: json.loads(file.read_text()) for file in sorted(JSON.glob("*.json"))}


def panels(board: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the panels of a dashboard that show something."""
    return [panel for panel in board["panels"] if panel["type"] != "row"]


def queries() -> Iterator[tuple[str, str, str]]:
    """Give each query of each panel: where it is, its expression, and its legend."""
    for name, board in boards().items():
        for panel in panels(board):
            for target in panel["targets"]:
                where = f"{name}: {panel['title']} {target['refId']}"
                yield where, target["expr"], target.get("legendFormat", "")


def rules(kind: str) -> list[dict[str, Any]]:
    """Give the rules of a kind: "record" or "alert"."""
    files = (read(file) for file in sorted((PROMETHEUS / "rules").glob("*.yml")))
    every = [rule for file in files for group in file["groups"] for rule in group["rules"]]
    return [rule for rule in every if kind in rule]
