"""Finds Prometheus and its promtool, or gets them: the installed ones, else Debian's package, unpacked into .venv.

Run as a program, it checks the configuration, the rules, and the rules' unit tests.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "monitoring" / "prometheus"
_OWN = Path(sys.prefix) / "prometheus"
_CHECKS = (
    ("check", "config", "--lint=all", "--lint-fatal", str(FOLDER / "prometheus.yml")),
    ("check", "rules", "--lint=all", "--lint-fatal", *map(str, sorted(FOLDER.glob("rules/*.yml")))),
    ("test", "rules", *map(str, sorted(FOLDER.glob("tests/*.yml")))),
)


def found(name: str) -> str | None:
    """Give the path of "prometheus" or "promtool" if it is here, or None."""
    return shutil.which(name) or shutil.which(name, path=str(_OWN / "usr" / "bin"))


def fetched(name: str) -> str | None:
    """Give the path of "prometheus" or "promtool", getting both where that is possible."""
    return found(name) or _debians(name)


def must_be_there() -> bool:
    """Say whether a missing Prometheus is a failure instead of a reason to skip."""
    return os.environ.get("CI") == "true"


def run(*arguments: str, text: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run promtool, which has to be here."""
    path = found("promtool")
    assert path is not None
    return subprocess.run([path, *arguments], input=text, capture_output=True, text=True, check=False)


def complaints() -> str:
    """Give what promtool says against the files in this repository; nothing, if it has nothing to say."""
    checks = [run(*arguments) for arguments in _CHECKS]
    return "\n".join(done.stdout + done.stderr for done in checks if done.returncode != 0)


def _debians(name: str) -> str | None:
    """Unpack the package instead of installing it: nobody wants a server to be started, and root is not needed."""
    if shutil.which("apt-get") is None or shutil.which("dpkg") is None:
        return None
    print("Getting Debian's prometheus for checks and tests ...", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        if not _downloaded(folder) and os.geteuid() == 0:
            subprocess.run(["apt-get", "update"], capture_output=True, check=False)
            _downloaded(folder)
        for package in Path(folder).glob("*.deb"):
            subprocess.run(["dpkg", "-x", str(package), str(_OWN)], check=False)
    return found(name)


def _downloaded(folder: str) -> bool:
    command = ["apt-get", "download", "prometheus"]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode == 0


if __name__ == "__main__":
    if fetched("promtool") is None:
        print("PROMETHEUS' CONFIGURATION AND RULES ARE NOT CHECKED: no promtool can be had here.")
        sys.exit(1 if must_be_there() else 0)
    said = complaints()
    print(said or "promtool: configuration, rules and their tests are fine")
    sys.exit(1 if said else 0)
