"""The long attacks and faults are run each night, on what is in the default branch, and what they found is kept."""

import subprocess
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
# YAML takes the key `on` for a truth value.
WORKFLOW: dict[Any, Any] = yaml.safe_load((ROOT / ".github" / "workflows" / "soak.yml").read_text())
JOB: dict[str, Any] = WORKFLOW["jobs"]["soak"]


def test_it_is_run_each_night_and_when_somebody_asks_for_it() -> None:
    assert WORKFLOW[True].keys() == {"schedule", "workflow_dispatch"}
    [night] = WORKFLOW[True]["schedule"]
    assert night["cron"].split()[2:] == ["*", "*", "*"]


def test_it_may_read_and_nothing_else() -> None:
    assert WORKFLOW["permissions"] == {}
    assert WORKFLOW["jobs"].keys() == {"soak"}
    assert JOB["permissions"] == {"contents": "read"}
    assert JOB["steps"][0]["with"] == {"persist-credentials": False}


def test_all_of_it_is_run_and_what_it_found_is_kept_above_all_when_it_failed() -> None:
    [soaking] = [step["run"] for step in JOB["steps"] if "make soak" in step.get("run", "")]
    assert "PARTS" not in soaking
    *_, keeping = JOB["steps"]
    assert keeping["if"] == "${{ !cancelled() }}"
    assert "soak.txt" in keeping["with"]["path"]


def test_it_fails_with_the_soak_although_its_output_goes_on_to_a_file(tmp_path: Path) -> None:
    [soaking] = [step["run"] for step in JOB["steps"] if "make soak" in step.get("run", "")]
    failing = soaking.replace("make soak PYTHON=python", "sh -c 'echo a figure; exit 1'")
    assert failing != soaking
    done = subprocess.run(["bash", "-c", failing], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 1
    assert (tmp_path / "soak.txt").read_text() == "a figure\n"
    assert not {"continue-on-error", "if"} & JOB.keys()
    assert not [step for step in JOB["steps"] if "continue-on-error" in step]
