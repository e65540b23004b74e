"""What the documents name exists, and what exists is named: commands, make targets, metrics."""

import re
from pathlib import Path

import typer.main

from mycount.__main__ import cli
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


def test_every_metric_is_in_the_readme_and_every_one_there_exists() -> None:
    families = Metrics("0", "0").registry.collect()
    there = {
        f"{family.name}_total" if family.type == "counter" else family.name
        for family in families
        if not family.name.startswith(("python_", "process_"))
    }
    told = set(
        re.findall(
            r"^\| `((?:http|mycount)_[a-z_]+)` \| (?:counter|gauge|histogram|info)", README, re.MULTILINE
        )
    )
    assert told == there


def test_every_file_that_a_document_points_to_is_there() -> None:
    for document in (README, CONTRIBUTING):
        for target in re.findall(r"\]\(([^)#:]+)\)", document):
            assert (ROOT / target).exists(), target
