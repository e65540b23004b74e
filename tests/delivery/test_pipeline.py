"""What the pipeline promises: nothing untested is built, nothing from a pull request deployed, little is allowed."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.delivery.azure import ROOT

FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
DEPLOY = ROOT / ".github" / "workflows" / "deploy.yml"
TEXT = DEPLOY.read_text()
# YAML takes the key `on` for a truth value.
WORKFLOW: dict[Any, Any] = yaml.safe_load(TEXT)
ON: dict[str, Any] = WORKFLOW[True]
JOBS: dict[str, Any] = WORKFLOW["jobs"]
PINNED = re.compile(r"uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")


def runs(job: str) -> str:
    """Everything that a job runs in a shell."""
    return "\n".join(step.get("run", "") for step in JOBS[job]["steps"])


def step_of(job: str, action: str) -> dict[str, Any]:
    """What a job's only use of an action is given."""
    [step] = [step for step in JOBS[job]["steps"] if step.get("uses", "").startswith(f"{action}@")]
    return step.get("with", {})  # type: ignore[no-any-return]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_action_is_pinned_to_a_commit_and_names_its_version(file: Path) -> None:
    lines = [line.strip().removeprefix("- ") for line in file.read_text().splitlines() if "uses:" in line]
    assert [line for line in lines if not PINNED.fullmatch(line)] == []


def test_pushes_to_the_branches_that_are_deployed_and_pull_requests_start_it() -> None:
    assert set(ON["push"]["branches"]) == {"main", "master", "develop"}
    assert ON.keys() == {
        "push",
        "pull_request",
    }  # not pull_request_target, which would have rights and secrets


def test_nothing_is_allowed_but_what_a_job_needs() -> None:
    assert WORKFLOW["permissions"] == {}
    assert {name: job["permissions"] for name, job in JOBS.items()} == {
        "test": {"contents": "read"},
        "audit": {"contents": "read"},
        "images": {"contents": "read", "packages": "write"},
        "deploy": {"contents": "read", "id-token": "write"},
    }


def test_no_job_leaves_its_token_in_the_checkout() -> None:
    assert [
        name for name in JOBS if step_of(name, "actions/checkout") != {"persist-credentials": False}
    ] == []


def test_images_are_built_after_the_tests_and_the_audit_and_put_into_service_after_that() -> None:
    assert set(JOBS["images"]["needs"]) == {"test", "audit"}
    assert JOBS["deploy"]["needs"] == "images"


@pytest.mark.parametrize("job", ["images", "deploy"])
def test_a_pull_request_builds_no_image_and_deploys_nothing(job: str) -> None:
    conditions = JOBS[job]["if"].split(" && ")
    assert "github.event_name == 'push'" in conditions
    assert "||" not in JOBS[job]["if"]
    assert "always()" not in JOBS[job]["if"]


def test_a_deployment_is_never_cancelled() -> None:
    assert WORKFLOW["concurrency"]["cancel-in-progress"] == "${{ github.event_name == 'pull_request' }}"
    assert JOBS["deploy"]["concurrency"]["cancel-in-progress"] is False


def test_it_is_tested_on_the_oldest_python_the_images_and_a_newer_one() -> None:
    versions = JOBS["test"]["strategy"]["matrix"]["python"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    image = re.findall(r"^FROM python:(\d+\.\d+)", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert versions[0] == project["project"]["requires-python"].removeprefix(">=")
    assert set(image) <= set(versions)
    assert "make check" in runs("test")
    assert "make coverage" in runs("test")


def test_coverage_below_the_gate_fails_the_run_by_itself() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert project["tool"]["coverage"]["report"]["fail_under"] >= 90
    assert "continue-on-error" not in TEXT
    assert not re.search(r"\|\| (true|:)", TEXT)


def test_each_image_is_named_by_its_commit_and_says_what_is_in_it() -> None:
    built = [step for step in JOBS["images"]["steps"] if "docker/build-push-action" in step.get("uses", "")]
    assert [step["with"]["context"] for step in built] == [".", "monitoring/prometheus", "monitoring/grafana"]
    for step in built:
        assert step["with"]["tags"].endswith(":${{ github.sha }}")
        assert (step["with"]["sbom"], step["with"]["provenance"]) == (True, "mode=max")
        assert "type=gha" in step["with"]["cache-from"] and "type=gha" in step["with"]["cache-to"]
    assert "REVISION=${{ github.sha }}" in built[0]["with"]["build-args"]


def test_only_what_was_scanned_on_the_default_branch_is_called_the_latest() -> None:
    names = [step.get("name", "") for step in JOBS["images"]["steps"]]
    [latest] = [number for number, name in enumerate(names) if "latest" in name]
    assert all(number < latest for number, name in enumerate(names) if name.startswith("Scan"))
    assert (
        JOBS["images"]["steps"][latest]["if"] == "github.ref_name == github.event.repository.default_branch"
    )
    assert ":latest" not in TEXT


def test_azure_is_signed_in_to_without_a_password() -> None:
    given = step_of("deploy", "azure/login")
    assert given.keys() == {"client-id", "tenant-id", "subscription-id"}
    assert "secrets." not in TEXT  # the registry is signed in to with the run's own token


def test_what_is_rolled_out_is_named_by_its_digest() -> None:
    steps = [step for step in JOBS["deploy"]["steps"] if "roll_out.sh" in step.get("run", "")]
    for step, app in zip(steps, ("mycount", "prometheus", "grafana"), strict=True):
        assert f"roll_out.sh {app} " in step["run"]
        assert "@$DIGEST" in step["run"]
        assert step["env"]["DIGEST"] == f"${{{{ needs.images.outputs.{app} }}}}"


def test_what_a_run_is_told_reaches_the_shell_as_variables_only() -> None:
    """A branch may be named `$(curl …)`: in the text of a command it would be run."""
    assert [name for name in JOBS if "${{" in runs(name).replace("${{ matrix.python }}", "")] == []


def test_develop_is_for_trying_and_what_is_deployed_from_elsewhere_is_for_people() -> None:
    chosen = "${{ github.ref_name == 'develop' && 'staging' || 'production' }}"
    assert JOBS["deploy"]["environment"] == chosen
    assert JOBS["deploy"]["env"]["RESOURCE_GROUP"] == f"mycount-{chosen}"


def test_shell_that_is_longer_than_a_line_is_in_scripts_which_are_linted_and_tried() -> None:
    assert [name for name in JOBS for line in [runs(name)] if "if [" in line or "for " in line] == []
    called = set(re.findall(r"\.github/azure/\w+\.sh", TEXT))
    assert all((ROOT / script).stat().st_mode & 0o100 for script in called)


def test_whatever_is_pinned_is_looked_after() -> None:
    given = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text())
    folders = {
        update["package-ecosystem"]: update.get("directories", [update.get("directory")])
        for update in given["updates"]
    }
    dockerfiles = {f"/{path.parent.relative_to(ROOT)}".replace("/.", "/") for path in ROOT.glob("Dockerfile")}
    dockerfiles |= {f"/{path.parent.relative_to(ROOT)}" for path in ROOT.glob("monitoring/*/Dockerfile")}
    assert dockerfiles <= set(folders["docker"])
    assert {"pip", "npm", "docker", "docker-compose", "github-actions"} == folders.keys()
    assert {update["schedule"]["interval"] for update in given["updates"]} == {"weekly"}
    assert all(update["groups"] for update in given["updates"])


def test_no_newer_major_version_of_the_database_is_proposed() -> None:
    """It could not read the files of the older one; the way there is in the README."""
    given = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text())
    [compose] = [update for update in given["updates"] if update["package-ecosystem"] == "docker-compose"]
    assert compose["ignore"] == [
        {"dependency-name": "postgres", "update-types": ["version-update:semver-major"]}
    ]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_lock_files_have_hashes_and_name_no_place_to_get_things_from(name: str) -> None:
    text = (ROOT / name).read_text()
    assert "--hash=sha256:" in text
    assert re.findall(r"^(?:-|.*(?:https?|file):).*$", text, re.MULTILINE) == []
