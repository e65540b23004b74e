"""`python -m tests.bench [--quick] [part …]`: measures the parts that are named, or all.

Ends with 1 where a goal was missed. A whole run writes docs/performance.md and docs/performance.svg; `--quick` tries
the harness with small sizes. Runs of some parts and quick ones write nothing, unless `--write` says where.
"""

import argparse
import importlib
import sys
import time
from functools import partial
from pathlib import Path

from tests.bench import report
from tests.bench.figures import Notebook
from tests.bench.stores import Run, begun

PARTS = (
    "starting",
    "flat",
    "exporting",
    "adding",
    "answering",
    "opening",
    "tabs",
    "saving",
    "many",
    "several",
)
DOCS = Path(__file__).parents[2] / "docs"


def main() -> int:
    """Measure, tell, write; gives the exit code."""
    asked = _asked()
    parts = asked.parts or PARTS
    notebook = Notebook()
    begun_at = time.monotonic()
    with begun(quick=asked.quick, notebook=notebook) as run:
        for part in parts:
            notebook.play(part, partial(_measure, run, part))
    seconds = time.monotonic() - begun_at
    folder = asked.write or (None if asked.parts or asked.quick else DOCS)
    if folder:
        report.write(notebook, folder, seconds)
    missed = notebook.missed()
    print(f"\n{len(notebook.figures)} figures in {seconds / 60:.1f} minutes, {len(missed)} goals missed")
    for figure in missed:
        print(f"  missed: {figure.name}{f' [{figure.database}]' if figure.database else ''}: {figure.found}")
    return 1 if missed else 0


def _measure(run: Run, part: str) -> None:
    importlib.import_module(f"tests.bench.{part}").measure(run)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, to try the harness")
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="write table and plot there")
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], metavar="part", help=", ".join(PARTS))
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
