"""The bill of materials names every library that is locked, in the form that scanners read."""

import json
import re
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tools.sbom import bill, main

ROOT = Path(__file__).parents[2]


def test_it_is_one_by_its_schema_and_names_all_that_is_locked_and_nothing_else(tmp_path: Path) -> None:
    main(str(tmp_path / "sbom.json"))
    text = (tmp_path / "sbom.json").read_text()
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    named = {(each["name"], each["version"]) for each in json.loads(text)["components"]}
    lock = (ROOT / "requirements.txt").read_text()
    everywhere = {tuple(each) for each in re.findall(r"^([\w.-]+)==(\S+) \\$", lock, re.MULTILINE)}
    somewhere = {tuple(each) for each in re.findall(r"^([\w.-]+)==(\S+)", lock, re.MULTILINE)}
    assert everywhere
    assert everywhere <= named <= somewhere


@pytest.mark.parametrize(
    ("marker", "there"), [("sys_platform == 'linux'", True), ("sys_platform == 'os2'", False)]
)
def test_what_is_for_other_platforms_is_left_out(marker: str, there: bool) -> None:
    made = bill(
        {"name": "us", "version": "1"}, f"a[b]==1.0 ; {marker} \\\n    --hash=sha256:00\nc==2\n    # via a\n"
    )
    assert [each["purl"] for each in made["components"]] == ["pkg:pypi/a@1.0"] * there + ["pkg:pypi/c@2"]
