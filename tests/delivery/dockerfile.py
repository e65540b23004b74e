"""Reads a Dockerfile, as far as its promises can be checked without building it."""

import json
from pathlib import Path

Instruction = tuple[str, str]


def instructions(file: Path) -> list[Instruction]:
    """Give the instructions and what follows each, comments left out and continued lines joined."""
    lines = [line for line in file.read_text().splitlines() if not line.lstrip().startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ")
    return [
        (word, rest.strip())
        for word, _, rest in (line.partition(" ") for line in joined.splitlines())
        if word
    ]


def all_of(file: Path, word: str) -> list[str]:
    """Give what follows each instruction of this name."""
    return [rest for each, rest in instructions(file) if each == word]


def last_stage(file: Path) -> list[Instruction]:
    """Give the instructions that make the image itself."""
    found = instructions(file)
    begins = max(number for number, (word, _) in enumerate(found) if word == "FROM")
    return found[begins:]


def environment(file: Path) -> dict[str, str]:
    """Give what the image sets in the environment."""
    pairs = [pair for word, rest in last_stage(file) if word == "ENV" for pair in rest.split()]
    return {name: value for name, _, value in (pair.partition("=") for pair in pairs)}


def exec_form(rest: str) -> list[str]:
    """Give the words of a command in exec form; in shell form it is refused (ValueError)."""
    words = json.loads(rest)
    assert all(isinstance(word, str) for word in words)
    return list(words)
