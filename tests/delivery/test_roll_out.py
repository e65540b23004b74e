"""The roll-out on Azure: a revision comes into service when it is well, and otherwise the one before stays."""

import subprocess
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.delivery.azure import ROOT, Azure

IMAGE = "ghcr.io/someone/mycount@sha256:" + "0" * 64
OLD = "mycount--old"
HEALTHY = "Healthy\tRunning\tProvisioned"
STARTING = "None\tActivating\tProvisioning"
UNWELL = "Unhealthy\tDegraded\tProvisioned"


class Outside:
    """The address that people use; `status` is what it answers."""

    def __init__(self) -> None:
        self.status = 200
        self.paths: list[str] = []
        outside = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outside.paths.append(self.path)
                self.send_response(outside.status)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def outside() -> Iterator[Outside]:
    outside = Outside()
    thread = Thread(target=outside.server.serve_forever, args=(0.02,))
    thread.start()
    yield outside
    outside.server.shutdown()
    thread.join()
    outside.server.server_close()


@pytest.fixture
def azure(tmp_path: Path) -> Azure:
    azure = Azure(tmp_path / "azure")
    azure.answers("revision list, trafficWeight", OLD)
    azure.answers("containerapp show, latestReadyRevisionName", new())
    return azure


def commit() -> str:
    said = subprocess.run(
        ["git", "rev-parse", "--short=12", "HEAD"], cwd=ROOT, capture_output=True, text=True
    )
    return said.stdout.strip()


def new() -> str:
    return f"mycount--{commit()}-7-1"


def roll_out(
    azure: Azure, outside: Outside, image: str = IMAGE, *, patience: int = 1
) -> subprocess.CompletedProcess[str]:
    return azure.run(
        "roll_out.sh", "mycount", image, ".", "/health",
        RESOURCE_GROUP="mycount-staging", ADDRESS=outside.address, PATIENCE=str(patience), PAUSE="0.1",
        GITHUB_RUN_NUMBER="7", GITHUB_RUN_ATTEMPT="1",
    )  # fmt: skip


def test_a_revision_is_in_service_when_azure_finds_it_healthy_and_it_answers_from_outside(
    azure: Azure, outside: Outside
) -> None:
    azure.answers("revision show", STARTING, UNWELL, HEALTHY)
    done = roll_out(azure, outside, patience=60)
    assert done.returncode == 0, done.stdout
    assert f"{new()} is in service" in done.stdout
    assert azure.times(f"update, --image {IMAGE}, --revision-suffix {commit()}-7-1") == 1
    assert azure.times("revision show") == 3
    assert outside.paths == ["/health"]
    assert azure.times("revision activate") == azure.times("logs show") == 0


@pytest.mark.parametrize("state", [UNWELL, STARTING], ids=["unwell", "never ready"])
def test_one_that_does_not_become_healthy_is_shown_with_its_logs_and_the_old_one_serves(
    azure: Azure, outside: Outside, state: str
) -> None:
    azure.answers("revision show", state)
    azure.answers(f"logs show, --revision {new()}", "MYCOUNT_SECRET_KEY: must be set in production")
    done = roll_out(azure, outside)
    assert done.returncode == 1
    assert "MYCOUNT_SECRET_KEY: must be set in production" in done.stdout
    assert f"{OLD}, which was there before, serves" in done.stdout
    assert azure.times(f"revision activate, {OLD}") == 1


def test_one_that_azure_gives_up_is_not_waited_for(azure: Azure, outside: Outside) -> None:
    azure.answers("revision show", "None\tActivationFailed\tProvisioned")
    assert roll_out(azure, outside, patience=60).returncode == 1
    assert azure.times("revision show") == 1


def test_one_that_is_healthy_but_does_not_answer_from_outside_is_replaced_by_the_old_one(
    azure: Azure, outside: Outside
) -> None:
    azure.answers("revision show", HEALTHY)
    outside.status = 503
    done = roll_out(azure, outside)
    assert done.returncode == 1
    assert azure.times(f"revision activate, {OLD}") == 1
    assert "DOES NOT ANSWER EITHER" in done.stdout  # what is outside is the same for both


def test_one_that_gets_no_traffic_is_not_in_service(azure: Azure, outside: Outside) -> None:
    azure.answers("revision show", HEALTHY)
    azure.answers("containerapp show, latestReadyRevisionName", OLD)
    assert roll_out(azure, outside).returncode == 1


def test_an_update_that_azure_refuses_ends_there(azure: Azure, outside: Outside) -> None:
    azure.answers("containerapp update", "!The image cannot be pulled")
    done = roll_out(azure, outside)
    assert done.returncode == 1
    assert "cannot be pulled" in done.stdout
    assert azure.times("revision activate") == azure.times("logs") == 0


def test_what_azure_does_not_say_is_not_taken_for_nothing(azure: Azure, outside: Outside) -> None:
    azure.answers("revision list", "!The service is unavailable")
    assert roll_out(azure, outside).returncode == 1
    assert azure.times("update") == 0


def test_what_is_in_service_already_is_not_rolled_out_again(azure: Azure, outside: Outside) -> None:
    azure.answers("revision list", f"mycount--{commit()}-6-1")
    done = roll_out(azure, outside)
    assert done.returncode == 0
    assert "in service already" in done.stdout
    assert azure.times("update") == 0
    assert outside.paths == ["/health"]


def test_what_is_in_service_already_and_does_not_answer_is_no_success(azure: Azure, outside: Outside) -> None:
    azure.answers("revision list", f"mycount--{commit()}-6-1")
    azure.answers(f"logs show, --revision mycount--{commit()}-6-1", "the database does not answer")
    outside.status = 503
    done = roll_out(azure, outside)
    assert done.returncode == 1
    assert "the database does not answer" in done.stdout
    assert azure.times("update") == 0


def test_one_that_was_taken_out_again_is_rolled_out_anew_and_never_put_back(
    azure: Azure, outside: Outside
) -> None:
    """Azure calls it ready still, when the run is started again; people are served by the one before."""
    azure.answers("containerapp show, latestReadyRevisionName", f"mycount--{commit()}-6-1")
    azure.answers("revision show", UNWELL)
    assert roll_out(azure, outside).returncode == 1
    assert azure.times(f"update, --revision-suffix {commit()}-7-1") == 1
    assert azure.times(f"revision activate, {OLD}") == 1


def test_an_image_without_a_digest_is_refused(azure: Azure, outside: Outside) -> None:
    done = roll_out(azure, outside, "ghcr.io/someone/mycount:latest")
    assert done.returncode == 1
    assert azure.asked == []
