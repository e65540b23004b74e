"""Every command that the scripts give to Azure is one that the real `az` knows, with options that it knows."""

import os
import shutil
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.delivery.azure import Asked
from tests.delivery.azure_answers import everything_there, nothing_there

SET_UP = ("setup.sh", "production")
ROLL_OUT = ("roll_out.sh", "mycount", "ghcr.io/someone/mycount@sha256:1", ".", "/health")
VARIABLES = {
    "GITHUB_REPOSITORY": "Someone/MyCount",
    "RESOURCE_GROUP": "mycount-production",
    "ADDRESS": "http://127.0.0.1:1",  # nobody answers there
    "PATIENCE": "1",
}


@pytest.mark.skipif(shutil.which("az") is None, reason="AZURE'S COMMANDS ARE NOT PARSED: there is no az here")
@pytest.mark.timeout(900)
def test_the_real_az_understands_every_command_up_to_signing_in(tmp_path: Path) -> None:
    commands = list(given(tmp_path).values())
    assert len(commands) > 50
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        said = threads.map(lambda each: answer(each.words, each.files, tmp_path), commands)
        refused = {
            each.text: words for each, words in zip(commands, said, strict=True) if "az login" not in words
        }
    assert refused == {}
    assert "--suffix" in answer(["containerapp", "update", "--name", "a", "--suffix", "b"], {}, tmp_path)


def given(folder: Path) -> dict[str, Asked]:
    """Every different command of a first set-up, of a second one, and of a roll-out that fails."""
    asked = []
    new, old = nothing_there(folder / "new"), everything_there(folder / "old")
    failing = nothing_there(folder / "failing")
    failing.answers("revision show", "Unhealthy\tFailed\tFailed")
    failing.answers("revision list, trafficWeight", "mycount--old")
    for azure, script in (new, SET_UP), (old, SET_UP), (failing, ROLL_OUT):
        azure.run(*script, **VARIABLES)
        asked += azure.asked
    return {each.text: each for each in asked}


def answer(words: list[str], files: dict[str, str], folder: Path) -> str:
    """What the real az says to a command, where nobody has signed in."""
    home = Path(tempfile.mkdtemp(dir=folder))
    for path, text in files.items():
        (home / Path(path).name).write_text(text)
        words = [word.replace(path, str(home / Path(path).name)) for word in words]
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "AZURE_CONFIG_DIR": str(home)}
    done = subprocess.run(["az", *words], env=environment, capture_output=True, text=True, timeout=300)
    return done.stderr
