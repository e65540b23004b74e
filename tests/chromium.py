"""Finds a Chromium for the browser tests, or gets one: the installed one, else Debian's, else Playwright's."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def found() -> str | None:
    """Give the path of a Chromium that is installed, or None."""
    given = os.environ.get("MYCOUNT_TEST_CHROMIUM")
    if given:
        return given
    installed = next((path for name in _NAMES if (path := shutil.which(name))), None)
    return installed or _playwrights_own()


def fetched() -> str | None:
    """Give the path of a Chromium, installing one where that is allowed and possible."""
    return found() or _debians() or _from_playwright()


def must_be_there() -> bool:
    """Say whether a missing browser is a failure instead of a reason to skip."""
    return os.environ.get("CI") == "true"


def _debians() -> str | None:
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return None
    print("Installing Debian's chromium for the browser tests ...", flush=True)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": False}
    subprocess.run(["apt-get", "update"], **quiet)  # type: ignore[call-overload]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "install", "-y", "chromium"], env=environment, **quiet)  # type: ignore[call-overload]
    return found()


def _from_playwright() -> str | None:
    print("Asking Playwright for a chromium for the browser tests ...", flush=True)
    done = subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    return found() if done.returncode == 0 else None


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if path and Path(path).exists() else None


if __name__ == "__main__":
    path = fetched()
    print(f"Browser tests use {path}" if path else "BROWSER TESTS ARE SKIPPED: no Chromium can be had here.")
    sys.exit(1 if path is None and must_be_there() else 0)
