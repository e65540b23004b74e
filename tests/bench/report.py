"""Writes docs/performance.md: every figure beside its goal; what people wrote about causes is kept from run to run."""

import platform
import re
import subprocess
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tests.bench import peer, plot
from tests.bench.figures import POSTGRESQL, SQLITE, Figure, Notebook

_BY_HAND = "<!-- From here on it is written by hand, and kept by `make bench`. -->"
_NOTHING_YET = f"""{_BY_HAND}

## What was missed, why, and what was tried
"""
_HEAD = """# Performance

Written by `make bench`: the real server, the real databases, a real Chromium, and crowds of open pages without one.
Times depend on the machine, so what is compared was measured in turns within one run. PostgreSQL runs with fsync,
SQLite with synchronous=FULL. Every group has ten members; medians unless it says otherwise.

"""


def write(notebook: Notebook, folder: Path, seconds: float) -> None:
    """Write the table and the plot into a folder."""
    folder.mkdir(exist_ok=True)
    file = folder / "performance.md"
    before = file.read_text() if file.exists() else ""
    (folder / "performance.svg").write_text(plot.drawn(notebook.curves))
    parts = [_HEAD, _machine(seconds), _summary(notebook), "\n![Milliseconds by size](performance.svg)\n"]
    parts += _tables(notebook.figures)
    parts += [f"\n{_kept(before)}"]
    file.write_text("".join(parts))


def _kept(before: str) -> str:
    """Give what was written by hand, if anything was."""
    _, mark, by_hand = before.partition(_BY_HAND)
    return mark + by_hand if mark else _NOTHING_YET


def _machine(seconds: float) -> str:
    versions = ", ".join(
        f"{name} {version(name)}" for name in ("nicegui", "sqlalchemy", "uvicorn", "playwright")
    )
    return (
        f"{datetime.now(UTC):%d %B %Y}, {_revision()}; {_processor()}, {_memory()}, {platform.system()}; "
        f"Python {platform.python_version()}, {versions}; beside I Hate Money {peer.version()}. "
        f"The run took {seconds / 60:.0f} minutes.\n\n"
    )


def _revision() -> str:
    done = subprocess.run(
        ["git", "rev-parse", "--short=12", "HEAD"], capture_output=True, text=True, check=False
    )
    return f"revision {done.stdout.strip()}" if done.returncode == 0 else "no revision"


def _processor() -> str:
    import os

    about = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*: (.*)", about.read_text()) if about.exists() else None
    name = found[1].strip() if found else platform.processor() or platform.machine()
    return f"{os.cpu_count()} cores of {name}"


def _memory() -> str:
    about = Path("/proc/meminfo")
    found = re.search(r"MemTotal:\s*(\d+)", about.read_text()) if about.exists() else None
    return f"{int(found[1]) / 1024**2:.0f} GB" if found else "memory unknown"


def _summary(notebook: Notebook) -> str:
    goals = [figure for figure in notebook.figures if figure.goal is not None]
    missed = len(notebook.missed())
    return f"**{len(goals) - missed} of {len(goals)} goals kept, {missed} missed.**\n"


def _tables(figures: Iterable[Figure]) -> list[str]:
    """Write a table for each part, with a row for each figure, and a column for each database where both have it."""
    parts: dict[str, dict[str, list[Figure]]] = {}
    for figure in figures:
        parts.setdefault(figure.part, {}).setdefault(figure.name, []).append(figure)
    written = []
    for part, rows in parts.items():
        written.append(
            f"\n## {part}\n\n| | Goal | {SQLITE} | {POSTGRESQL} | |\n| --- | --- | --- | --- | --- |\n"
        )
        written += [_row(name, found) for name, found in rows.items()]
    return written


def _row(name: str, found: list[Figure]) -> str:
    by_database = {figure.database: figure for figure in found}
    goal = next((figure.wanted for figure in found if figure.wanted), "")
    either = by_database.get("")
    cells = [
        either.found if either else by_database[kind].found if kind in by_database else ""
        for kind in (SQLITE, POSTGRESQL)
    ]
    if either:
        cells[1] = "the same"
    verdict = "" if not goal else "**missed**" if any(figure.is_missed for figure in found) else "kept"
    return "| " + " | ".join(cell.replace("|", "/") for cell in (name, goal, *cells, verdict)) + " |\n"
