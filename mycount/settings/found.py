"""Finds what is set: in the environment, in a `.env` file, and in the files that `…_FILE` variables name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from dotenv.parser import parse_stream

PREFIX = "MYCOUNT_"
# Names that platforms set by convention. Ours comes first, wherever it is set: it was meant for this program.
ALIASES = {"MYCOUNT_PORT": "PORT", "MYCOUNT_DATABASE_URL": "DATABASE_URL"}
# Settings that can be in a file of their own, as Docker's and Kubernetes' secrets are.
IN_FILES = (
    "MYCOUNT_DATABASE_URL",
    "MYCOUNT_DATABASE_PASSWORD",
    "MYCOUNT_SECRET_KEY",
    "MYCOUNT_METRICS_TOKEN",
)
_LONGEST_FILE = 64 * 1024


class SettingsError(Exception):
    """Settings that the program must not start with; every line names a variable and what to do about it."""

    def __init__(self, *refusals: str) -> None:
        super().__init__("\n".join(refusals))
        self.refusals = refusals


@dataclass(frozen=True)
class Variable:
    """A variable that is set: `where` is "environment", ".env", or the file that holds its text."""

    name: str
    text: str = field(repr=False)
    where: str

    @property
    def source(self) -> str:
        """Where its value came from, for people."""
        return self.where if self.where.startswith("file ") else f"{self.where} {self.name}"


@dataclass(frozen=True)
class Found:
    """Every variable that is set, by name; the text of a file is under the name of its setting."""

    variables: Mapping[str, Variable]
    warnings: tuple[str, ...]
    refusals: tuple[str, ...]

    def setter(self, name: str) -> Variable | None:
        """What sets a setting: the variable of its name, else the usual one that is read in its place."""
        return self.variables.get(name) or self.variables.get(ALIASES.get(name, name))

    def text(self, name: str, default: str = "") -> str:
        """What a variable is set to."""
        return self.variables[name].text if name in self.variables else default


def find(environ: Mapping[str, str], env_file: Path | None) -> Found:
    """Everything that is set and not empty; the environment comes before the `.env` file.

    What cannot be read, or is given twice, is among the refusals.
    """
    refusals: list[str] = []
    warnings: list[str] = []
    variables = _from_env_file(env_file, refusals)
    variables |= {
        name: Variable(name, _trimmed(name, text), "environment")
        for name, text in environ.items()
        if text.strip()
    }
    for name in IN_FILES:
        _open_file(name, variables, refusals)
    for name, alias in ALIASES.items():
        _choose(name, alias, variables, warnings)
    return Found(variables, tuple(warnings), tuple(refusals))


def _from_env_file(path: Path | None, refusals: list[str]) -> dict[str, Variable]:
    if path is None:
        return {}
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, IsADirectoryError):
        return {}
    except (OSError, UnicodeDecodeError) as error:
        refusals.append(f"{path}: cannot be read ({_reason(error)})")
        return {}
    variables = {}
    for line in parse_stream(StringIO(text)):
        if line.error:
            # Left out silently, it would leave its setting on the default.
            refusals.append(
                f"{path}: line {line.original.line} is not of the form NAME=value (quotes missing?)"
            )
        elif line.key and line.value and line.value.strip():
            variables[line.key] = Variable(line.key, _trimmed(line.key, line.value), ".env")
    return variables


def _trimmed(name: str, text: str) -> str:
    """Without blanks around it, which nobody means, except in a password, where somebody may."""
    return text if name == "MYCOUNT_DATABASE_PASSWORD" else text.strip()


def _open_file(name: str, variables: dict[str, Variable], refusals: list[str]) -> None:
    """Put the text of the file that NAME_FILE names where NAME is looked for."""
    pointer = variables.get(f"{name}_FILE")
    if pointer is None:
        return
    if name in variables:
        refusals.append(f"{pointer.name}: {name} is set too; set one of the two")
        return
    path = Path(pointer.text)
    try:
        with path.open("rb") as file:
            raw = file.read(_LONGEST_FILE + 1)
        text = raw.decode("utf-8-sig").rstrip("\r\n")
    except (OSError, UnicodeDecodeError, ValueError) as error:
        refusals.append(f"{pointer.name}: its file cannot be read ({_reason(error)})")
        return
    if not text.strip() or len(raw) > _LONGEST_FILE:
        refusals.append(f"{pointer.name}: its file is {'too long' if text.strip() else 'empty'}")
        return
    variables[name] = Variable(pointer.name, _trimmed(name, text), f"file {path}")


def _choose(name: str, alias: str, variables: dict[str, Variable], warnings: list[str]) -> None:
    ours, usual = variables.get(name), variables.get(alias)
    if ours and usual:
        if ours.text != usual.text:
            warnings.append(f"{alias} ({usual.where}) is not used: {ours.name} ({ours.where}) comes first")
        del variables[alias]


def _reason(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8 text"
    return (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
