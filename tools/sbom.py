"""`python -m tools.sbom FILE`: writes what MyCount is made of here, as a CycloneDX bill of materials.

It is read from the lock file alone: each library with its exact version, but for those that this platform leaves out.
"""

import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

_ROOT = Path(__file__).parents[1]
_PINNED = re.compile(r"^\w[\w.-]*(?:\[[\w,-]+\])?==.*?(?= *\\?$)", re.MULTILINE)


def bill(project: dict[str, Any], lock: str) -> dict[str, Any]:
    """Give the bill for a project and its lock file."""
    wanted = [Requirement(line) for line in _PINNED.findall(lock)]
    here = [each for each in wanted if each.marker is None or each.marker.evaluate()]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {**_component(project["name"], project["version"]), "type": "application"}},
        "components": [_component(each.name, str(each.specifier).removeprefix("==")) for each in here],
    }


def _component(name: str, version: str) -> dict[str, str]:
    address = f"pkg:pypi/{canonicalize_name(name)}@{version}"
    return {"type": "library", "bom-ref": address, "name": name, "version": version, "purl": address}


def main(file: str) -> None:
    """Write the bill of this checkout to a file."""
    project = tomllib.loads((_ROOT / "pyproject.toml").read_text())["project"]
    made = bill(project, (_ROOT / "requirements.txt").read_text())
    Path(file).write_text(json.dumps(made, indent=2) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
