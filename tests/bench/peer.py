"""I Hate Money, as the peer in the same run: installed into an environment of its own, really served, never changed."""

import os
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.bench.sites import Screen, answers
from tests.bench.stores import Run
from tests.server import _free_port
from tests.waiting import until

LOCK = Path(__file__).parent / "peer.txt"
"""What is installed: fixed, but not with the project's locks, of which it is no part."""
_PROJECT, _PASSWORD = "lisbon", "for measuring only"
_BILLS = 10
_SETTINGS = """
SECRET_KEY = "only for measuring"
SQLALCHEMY_DATABASE_URI = "sqlite:///{folder}/peer.db"
ACTIVATE_DEMO_PROJECT = False
ALLOW_PUBLIC_PROJECT_CREATION = True
ENABLE_CAPTCHA = False
SESSION_COOKIE_SECURE = False
MAIL_SUPPRESS_SEND = True
"""


class MissingPeerError(Exception):
    """It could not be had; the text says why."""


@contextmanager
def peer_served(run: Run) -> Iterator[Screen]:
    """Serve its smallest page worth the name, a list of a few bills beside the balances; MissingPeerError otherwise."""
    folder = run.place("peer")
    binaries = _installed(folder)
    settings = folder / "settings.py"
    settings.write_text(_SETTINGS.format(folder=folder))
    port = _free_port()
    process = subprocess.Popen(
        [str(binaries / "gunicorn"), "--preload", "--workers", "2", "--threads", "4", "--bind", f"127.0.0.1:{port}",
         "ihatemoney.wsgi:application"],
        env={**os.environ, "IHATEMONEY_SETTINGS_FILE_PATH": str(settings)},
        cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        address = f"http://127.0.0.1:{port}"
        until(lambda: answers(address), "the peer is served", seconds=60)
        yield _filled(address)
    finally:
        process.terminate()
        process.wait(20)


def version() -> str:
    """Give the version that is measured."""
    return next(line for line in LOCK.read_text().splitlines() if line.startswith("ihatemoney=="))[12:]


def _installed(folder: Path) -> Path:
    venv.create(folder / "environment", with_pip=True)
    binaries = folder / "environment" / ("Scripts" if sys.platform == "win32" else "bin")
    print("  (installing I Hate Money)", flush=True)
    command = [
        binaries / "python",
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "-r",
        LOCK,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise MissingPeerError(f"I Hate Money cannot be had here: {done.stderr.strip().splitlines()[-1]}")
    return binaries


def _filled(address: str) -> Screen:
    own = (_PROJECT, _PASSWORD)
    with httpx.Client(base_url=address, timeout=30) as client:
        about = {
            "id": _PROJECT, "name": "Lisbon", "password": _PASSWORD, "contact_email": "ann@example.org",
            "default_currency": "XXX",
        }  # fmt: skip
        client.post("/api/projects", data=about).raise_for_status()
        below = f"/api/projects/{_PROJECT}"
        people = [
            client.post(f"{below}/members", data={"name": name}, auth=own).raise_for_status().json()
            for name in ("Ann", "Bo", "Cy")
        ]
        for number in range(_BILLS):
            bill = {
                "date": "2026-03-14", "what": f"Dinner {number}", "payer": people[0], "payed_for": people,
                "amount": str(10 + number),
            }  # fmt: skip
            client.post(f"{below}/bills", data=bill, auth=own).raise_for_status()
        token = client.get(f"{below}/token", auth=own).raise_for_status().json()["token"]
        client.get(f"/{_PROJECT}/join/{token}")
        # 145 were paid by Ann for three: 96.67 are hers
        return Screen(
            f"{address}/{_PROJECT}/",
            (f"Dinner {_BILLS - 1}", "96.67"),
            ("session", client.cookies["session"]),
        )
