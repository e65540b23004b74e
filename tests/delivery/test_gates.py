"""What has to be passed on the way into service: nothing that finds a fault can be told to say otherwise."""

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
JOBS: dict[str, Any] = yaml.safe_load((ROOT / ".github" / "workflows" / "deploy.yml").read_text())["jobs"]

RUNS = {
    "test": [
        "sudo apt-get update && sudo apt-get install --yes --no-install-recommends prometheus libfaketime",
        "sudo sysctl --write kernel.apparmor_restrict_unprivileged_userns=0",
        "make check PYTHON=python",
        "make coverage PYTHON=python",
    ],
    "audit": ["make audit PYTHON=python", "make sbom PYTHON=python"],
    "images": [
        'echo "name=ghcr.io/${GITHUB_REPOSITORY,,}" >> "$GITHUB_OUTPUT"',
        '.github/azure/call_latest.sh "$NAME@$MYCOUNT" "$NAME-prometheus@$PROMETHEUS" "$NAME-grafana@$GRAFANA"',
    ],
    "deploy": [
        '.github/azure/roll_out.sh mycount "$NAME@$DIGEST" . /health',
        '.github/azure/roll_out.sh prometheus "$NAME-prometheus@$DIGEST" monitoring/prometheus',
        '.github/azure/roll_out.sh grafana "$NAME-grafana@$DIGEST" monitoring/grafana /api/health',
    ],
}
CONDITIONS = {
    "Keep the coverage and the pictures of pages that failed": "${{ !cancelled() }}",
    "Call them the latest, where this is the default branch": (
        "github.ref_name == github.event.repository.default_branch"
    ),
}
TARGETS = [
    ("check", "ruff format"), ("check", "ruff check"), ("check", "mypy"), ("check", "lint-imports"), ("check", "lint"),
    ("coverage", "python -m tests.chromium"), ("coverage", "python -m pytest"), ("audit", "pip-audit"),
    ("sbom", "python -m tools.sbom"), ("soak", "python -m tests.soak"),
]  # fmt: skip
PROGRAMS = ("ruff", "mypy", "lint-imports", "python", "pip-audit")


def test_what_is_run_is_what_is_listed_and_nothing_is_done_about_its_exit_code() -> None:
    assert {
        name: [step["run"] for step in job["steps"] if "run" in step] for name, job in JOBS.items()
    } == RUNS


def test_no_step_is_left_out_but_two_that_decide_nothing() -> None:
    steps = [step for job in JOBS.values() for step in job["steps"]]
    assert {step.get("name", ""): step["if"] for step in steps if "if" in step} == CONDITIONS
    known = {"name", "id", "uses", "run", "with", "env", "if"}
    assert [step for step in steps if step.keys() - known] == [], (
        "continue-on-error or shell would be another gate"
    )
    assert [name for name, job in JOBS.items() if {"continue-on-error", "defaults"} & job.keys()] == []
    assert [name for name, job in JOBS.items() if "if" in job] == ["images", "deploy"]


def test_a_hole_in_our_image_stops_it_and_the_makers_of_the_others_are_told() -> None:
    scans = [step["with"] for step in JOBS["images"]["steps"] if "scan-action" in step.get("uses", "")]
    stops = {
        scan["image"].partition("@")[0].rpartition("}}")[2]: scan.get("fail-build", True) for scan in scans
    }
    assert stops == {"": True, "-prometheus": False, "-grafana": False}
    assert {(scan["only-fixed"], scan["severity-cutoff"]) for scan in scans} == {(True, "high")}


@pytest.mark.parametrize(("target", "failing"), TARGETS)
def test_a_make_target_fails_with_any_of_its_programs(target: str, failing: str, tmp_path: Path) -> None:
    assert made(tmp_path, target, failing="nothing").returncode == 0
    assert made(tmp_path, target, failing=failing).returncode != 0


def made(folder: Path, target: str, failing: str) -> subprocess.CompletedProcess[str]:
    """Run a target of our Makefile where every program does nothing, and one fails."""
    programs = folder / ".venv" / "bin"
    programs.mkdir(parents=True, exist_ok=True)
    (folder / ".ci").mkdir(exist_ok=True)
    says = '#!/bin/sh\ncase "$(basename "$0") $*" in "$FAILING"*) exit 1;; esac\n'
    for program in (*(programs / name for name in PROGRAMS), folder / ".ci" / "lint"):
        program.write_text(says)
        program.chmod(0o755)
    for file in ("Makefile", "requirements.txt", "requirements-dev.txt", "pyproject.toml"):
        (folder / file).write_bytes((ROOT / file).read_bytes())
    for stamp in ("run", "dev"):
        (folder / ".venv" / f"{stamp}.stamp").touch()
    return subprocess.run(
        ["make", target],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "FAILING": failing},
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_image_is_called_the_latest_of_its_own_name(tmp_path: Path) -> None:
    docker = tmp_path / "docker"
    docker.write_text(f'#!/bin/sh\necho "$*" >> {tmp_path}/told\n')
    docker.chmod(0o755)
    images = ["ghcr.io/a/mycount@sha256:1", "ghcr.io/a/mycount-grafana@sha256:2"]
    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    subprocess.run([ROOT / ".github" / "azure" / "call_latest.sh", *images], env=environment, check=True)
    assert (tmp_path / "told").read_text().splitlines() == [
        "buildx imagetools create --tag ghcr.io/a/mycount:latest ghcr.io/a/mycount@sha256:1",
        "buildx imagetools create --tag ghcr.io/a/mycount-grafana:latest ghcr.io/a/mycount-grafana@sha256:2",
    ]


def test_the_pipeline_does_not_pass_without_a_linter(tmp_path: Path) -> None:
    """Here it is said and passed over; in the pipeline it fails."""
    for program in ("bash", "dirname"):
        (tmp_path / program).symlink_to(f"/usr/bin/{program}")
    lint = tmp_path / "project" / ".ci" / "lint"
    lint.parent.mkdir(parents=True)
    lint.write_bytes((ROOT / ".ci" / "lint").read_bytes())
    fakes = tmp_path / "project" / ".venv" / "bin"
    fakes.mkdir(parents=True)
    for program in ("hadolint", "shellcheck", "yamllint", "check-jsonschema", "zizmor", "python"):
        (fakes / program).write_text("#!/bin/sh\n")
        (fakes / program).chmod(0o755)

    def linted(**environment: str) -> subprocess.CompletedProcess[str]:
        command = ["/usr/bin/bash", str(lint)]
        environment["PATH"] = str(tmp_path)
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert [linted().returncode, linted(CI="true").returncode] == [0, 1]
    assert "it needs npm" in linted().stdout
