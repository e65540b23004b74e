"""`python -m tests.soak [--quick] [part …]`: runs the parts that are named, or all, and prints one line a figure.

Ends with 1 where anything was lost, doubled or late, or where a harness did not notice what is wrong on purpose.
"""

import argparse
import importlib
import sys
import time
from functools import partial

from tests.bench.figures import Notebook
from tests.soak.places import Place, opened

PARTS = (
    "kills",
    "served",
    "crashes",
    "answers",
    "network",
    "disk",
    "syncs",
    "backups",
    "migrations",
    "clock",
    "floods",
    "walk",
)


def main() -> int:
    """Run, tell, and give the exit code."""
    asked = _asked()
    notebook, begun = Notebook(), time.monotonic()
    with opened(quick=asked.quick, notebook=notebook) as place:
        for part in asked.parts or PARTS:
            notebook.play(part, partial(_soak, place, part))
    missed = notebook.missed()
    minutes = (time.monotonic() - begun) / 60
    print(f"\n{len(notebook.figures)} figures in {minutes:.1f} minutes, {len(missed)} not as they should be")
    for figure in missed:
        print(f"  not as it should be: {figure.part}: {figure.name} [{figure.database}]: {figure.found}")
    return 1 if missed else 0


def _soak(place: Place, part: str) -> None:
    importlib.import_module(f"tests.soak.{part}").soak(place)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few rounds of each, to try the harness")
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], metavar="part", help=", ".join(PARTS))
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
