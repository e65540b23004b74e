"""The clock stands elsewhere, jumps, or is in another zone: the same balances, the same days, and nobody signed out.

The library libfaketime tells a process another time; it is taken as it is installed, or out of Debian's package.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.bench.figures import SQLITE
from tests.soak.places import KINDS, Place

PART = "Clock"
_ROOT = Path(__file__).parents[2]
_UNPACKED = Path(sys.prefix) / "share" / "mycount-tests" / "faketime"
ZONES = ("UTC", "Europe/Berlin", "Pacific/Kiritimati", "America/St_Johns")
MOMENTS = {
    "an afternoon": "@2026-06-10 15:00:00",
    "midnight": "@2026-06-10 23:59:59",
    "new year": "@2026-12-31 23:59:59",
    "leap day": "@2028-02-29 23:59:59",
    "summer time begins": "@2026-03-29 01:59:59",
    "summer time ends": "@2026-10-25 02:59:59",
}
STEPS = {"-1h": True, "+1h": True, "-5s": True, "+400d": False}
"""By how much the clock jumps, and whether a session and an invite are good afterwards."""


def soak(place: Place) -> None:
    """Tell the same story at every moment in every zone; then let the clock jump."""
    if library() is None:
        place.note(PART, "libfaketime can be had", None, 0, "")
        return
    for kind in KINDS:
        moments = list(MOMENTS.values())
        tell_everywhere(place, kind, moments if kind == SQLITE and not place.quick else moments[-2:], ZONES)
        jump(place, kind)


def tell_everywhere(place: Place, kind: str, moments: list[str], zones: tuple[str, ...]) -> None:
    """Tell the story at these moments in these zones; notes how many ended otherwise than the first."""
    ends = [_told(place.url(kind), "story", FAKETIME=moment, TZ=zone) for moment in moments for zone in zones]
    told = f"{len(moments)} moments in {len(zones)} zones"
    place.note(PART, "other balances or days", sum(end != ends[0] for end in ends), 0, kind, told=told)


def jump(place: Place, kind: str) -> None:
    """Let somebody sign in and invite, then let the clock jump; notes who was signed out, or in, and should not be."""
    url = place.url(kind)
    made = _told(url, "begin")
    wrong = 0
    for step, is_good in STEPS.items():
        found = _told(url, "look", json.dumps(made), FAKETIME=step)
        wrong += found != {"session": is_good, "invite": is_good}
    place.note(PART, "sessions or invites that a jump made wrong", wrong, 0, kind, told=", ".join(STEPS))


def library() -> str | None:
    """Give the path of libfaketime, getting it where that is possible."""
    for folder in (Path("/usr/lib"), _UNPACKED):
        if (found := next(folder.glob("**/faketime/libfaketime.so.1"), None)) is not None:
            return str(found)
    if shutil.which("apt-get") is None or _UNPACKED.exists():
        return None
    _UNPACKED.mkdir(parents=True)
    for command in (["apt-get", "update"], ["apt-get", "download", "libfaketime"]):
        subprocess.run(command, cwd=_UNPACKED, capture_output=True, check=False)
    for package in _UNPACKED.glob("*.deb"):
        subprocess.run(["dpkg", "-x", package, _UNPACKED], capture_output=True, check=False)
    return library()


def _told(url: str, *arguments: str, **environment: str) -> Any:
    """Run a chapter of the story in a process that believes in another time."""
    preloaded = {"LD_PRELOAD": library() or "", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.soak.clock_story", url, *arguments],
        cwd=_ROOT,
        env={**os.environ, **(preloaded if "FAKETIME" in environment else {}), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])
