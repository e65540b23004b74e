"""What the documents name exists, and what exists is named: commands, make targets, metrics."""

import re
from pathlib import Path

import typer.main
from prometheus_client import Counter, Metric

from mycount.__main__ import cli
from mycount.web.chores import chores
from mycount.web.metrics import Metrics

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text()


def test_every_make_target_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"`make ([a-z]+)", README + CONTRIBUTING)) | set(
        re.findall(r"^make ([a-z]+)", README, re.MULTILINE)
    )
    assert named
    assert named - targets == set()


def test_every_command_is_in_the_readme_and_every_one_there_exists() -> None:
    commands = typer.main.get_command(cli).commands  # type: ignore[attr-defined]
    there = {name for name in commands if name != "user"}
    there |= {f"user {name}" for name in commands["user"].commands}
    told = set(re.findall(r"^\| `mycount ([a-z]+(?: [a-z-]+)?)", README, re.MULTILINE))
    assert told == there


def test_every_metric_is_in_the_readme_with_its_labels_and_meaning_and_every_one_there_exists() -> None:
    rows = re.findall(r"^\| `((?:http|mycount)_\w+)` \| (\w+) \| (.*?) ?\| (.+) \|$", README, re.MULTILINE)
    told = [(name, kind, set(re.findall(r"`(\w+)`", labels)), said) for name, kind, labels, said in rows]
    assert sorted(told, key=str) == sorted(exported(started()), key=str)


def test_a_metric_that_nothing_tells_of_would_be_found() -> None:
    metrics = started()
    known = exported(metrics)
    Counter("mycount_surprises_total", "Surprises.", ("kind",), registry=metrics.registry).labels("nice")
    found = [metric for metric in exported(metrics) if metric not in known]
    assert found == [("mycount_surprises_total", "counter", {"kind"}, "Surprises.")]


def test_what_labels_can_be_is_in_the_readme_and_nothing_else() -> None:
    lists = re.findall(r"^- `(\w+)` of `(\w+)`: (.*(?:\n  .*)*)", README, re.MULTILINE)
    told = {(name, label): set(re.findall(r"`(\w+)`", values)) for label, name, values in lists}
    there = {
        (name, label): {sample.labels[label] for sample in family.samples}
        for name, family in families(started()).items()
        for label in labels_of(family)
        if label in ("outcome", "reason", "kind")
    }
    assert told == there


def started() -> Metrics:
    """The metrics as they are when a server has started and nobody has come yet."""
    metrics = Metrics("0", "0")
    metrics.expect(["/"])
    chores(metrics)
    return metrics


def families(metrics: Metrics) -> dict[str, Metric]:
    """Every metric of our own, under the name that a query uses."""
    return {
        f"{family.name}_total" if family.type == "counter" else family.name: family
        for family in metrics.registry.collect()
        if not family.name.startswith(("python_", "process_"))
    }


def exported(metrics: Metrics) -> list[tuple[str, str, set[str], str]]:
    """Every metric of our own: its name, its kind, its labels, and what it says about itself."""
    return [
        (name, family.type, labels_of(family), family.documentation)
        for name, family in families(metrics).items()
    ]


def labels_of(family: Metric) -> set[str]:
    """The labels of a metric; the bounds of a histogram are none."""
    return {label for sample in family.samples for label in sample.labels} - {"le"}


def test_every_file_that_a_document_points_to_is_there() -> None:
    for document in (README, CONTRIBUTING):
        for target in re.findall(r"\]\(([^)#:]+)\)", document):
            assert (ROOT / target).exists(), target
