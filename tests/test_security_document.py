"""SECURITY.md promises nothing that nobody holds: what it names exists, and every danger and promise has its tests."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from mycount.services import attempts, passwords, seats
from mycount.settings.model import Settings, variable
from mycount.web.exports import MOST, MOST_OF_ONE
from mycount.web.metrics import REFUSALS
from tests.soak.__main__ import PARTS
from tests.test_documents import families, started

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "SECURITY.md").read_text()
README = (ROOT / "README.md").read_text()
ROWS = [line for line in TEXT.splitlines() if line.startswith("| ")]
NAMED_TESTS = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TEXT)))
DANGERS = [f"D{number}" for number in range(1, 16)]
INVARIANTS = [f"I{number}" for number in range(1, 18)]

# Every requirement of level 1, by chapter.
_LEVEL_1 = """
1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 1.3.1 1.3.2 1.5.1 2.1.1 2.2.1 2.2.2 2.3.1 3.2.1 3.2.2 3.3.1 3.4.1 3.4.2 3.5.1 3.5.2 3.5.3
4.1.1 4.4.1 5.2.1 5.2.2 5.3.1 5.3.2 6.1.1 6.2.1 6.2.2 6.2.3 6.2.4 6.2.5 6.2.6 6.2.7 6.2.8 6.3.1 6.3.2 6.4.1 6.4.2
7.2.1 7.2.2 7.2.3 7.2.4 7.4.1 7.4.2 8.1.1 8.2.1 8.2.2 8.3.1 9.1.1 9.1.2 9.1.3 9.2.1 10.4.1 10.4.2 10.4.3 10.4.4 10.4.5
11.3.1 11.3.2 11.4.1 12.1.1 12.2.1 12.2.2 13.4.1 14.2.1 14.3.1 15.1.1 15.2.1 15.3.1
"""
LEVEL_1 = frozenset(_LEVEL_1.split())


@cache
def functions_of(file: str) -> frozenset[str]:
    """The names of the test functions in a file."""
    tree = ast.parse((ROOT / file).read_text())
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return frozenset(node.name for node in functions if node.name.startswith("test_"))


def rows(first: str) -> list[str]:
    """The rows of all tables whose first cell is this."""
    return [row for row in ROWS if row.startswith(f"| {first} |")]


def test_every_danger_and_every_promise_has_one_row() -> None:
    numbered = [found[1] for row in ROWS if (found := re.match(r"\| ([DI]\d+) \|", row))]
    assert numbered == DANGERS + INVARIANTS


@pytest.mark.parametrize("number", DANGERS + INVARIANTS)
def test_each_is_held_by_a_test(number: str) -> None:
    [row] = rows(number)
    assert re.search(r"`tests/[\w/]+\.py::test_\w+`", row)


@pytest.mark.parametrize("file", sorted({file for file, _ in NAMED_TESTS}))
def test_every_test_that_is_named_exists(file: str) -> None:
    named = {name for other, name in NAMED_TESTS if other == file}
    assert named - functions_of(file) == set()


def test_a_test_that_does_not_exist_would_be_noticed() -> None:
    assert "test_every_danger_and_every_promise_has_one_row" in functions_of(
        "tests/test_security_document.py"
    )
    assert "rows" not in functions_of("tests/test_security_document.py")


def test_every_file_that_is_named_exists() -> None:
    named = re.findall(r"`((?:mycount|pages|tests|tools|database)/[\w/.]+)(?:::\w+)?`", TEXT)
    assert len(named) > 50
    assert [file for file in named if not (ROOT / file).exists()] == []


def test_every_setting_target_and_command_that_is_named_exists() -> None:
    settings = {variable(field) for field in Settings.model_fields}
    assert set(re.findall(r"\b(MYCOUNT_\w+?)(?:_FILE)?\b", TEXT)) - settings == set()
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)`", TEXT)) - targets == set()
    assert all(f"`mycount {command}" in README for command in re.findall(r"`mycount ([a-z]+)", TEXT))


def test_every_metric_and_reason_that_is_named_exists() -> None:
    metrics = set(families(started()))
    assert set(re.findall(r"`((?:mycount|http)_[a-z_]+)", TEXT)) - metrics == set()
    counted = {number: set(re.findall(r"`(\w+)`", rows(number)[0].split(" | ")[3])) for number in DANGERS}
    assert {each for found in counted.values() for each in found} - set(REFUSALS) - metrics == set()


def test_every_heading_of_the_readme_that_is_named_exists() -> None:
    headings = set(re.findall(r"^#+ (.+)$", README, re.MULTILINE))
    named = set(re.findall(r'README,? "([^"]+)"', TEXT))
    assert named
    assert named - headings == set()


def test_the_limits_are_those_of_the_program() -> None:
    limits = TEXT[TEXT.index("## Limits") : TEXT.index("## OWASP")]
    assert f"{passwords.SHORTEST} to {passwords.LONGEST} characters" in limits
    assert f"| People of a group | {seats.MOST};" in limits
    assert f"{attempts.FREE} in 5 minutes" in limits
    assert f"up to {attempts.LONGEST:.0f} seconds" in limits
    assert f"| Passwords worked on at the same time | {passwords.AT_ONCE} |" in limits
    assert f"| Exports | {MOST} at a time, {MOST_OF_ONE} of one person |" in limits


def test_no_item_of_level_1_is_left_out_and_none_is_told_twice() -> None:
    assert len(LEVEL_1) == 70
    told = [item for row in ROWS for item in re.findall(r"\d+\.\d+\.\d+", row.split(" | ")[0])]
    assert sorted(told) == sorted(set(told))
    assert LEVEL_1 - set(told) == set()


def test_whatever_is_waived_is_explained_and_nothing_else() -> None:
    waived = {
        item
        for row in ROWS
        if "**waived**" in row
        for item in re.findall(r"\d+\.\d+\.\d+", row.split(" | ")[0])
    }
    explained = set(re.findall(r"\d+\.\d+\.\d+", TEXT[TEXT.index("### Waived") :]))
    assert explained - waived == set()
    for row in ROWS:
        if "**waived**" in row:
            assert explained & set(re.findall(r"\d+\.\d+\.\d+", row.split(" | ")[0])), row


def test_all_parts_of_the_soak_are_there_that_are_named() -> None:
    named = set(re.findall(r"`tests/soak/(\w+)\.py`", TEXT))
    assert named
    assert named - set(PARTS) == set()
