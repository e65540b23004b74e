"""Variables that look meant for this program but are not read: a wrong name must not stay unnoticed."""

import re
from dataclasses import dataclass
from difflib import get_close_matches

from mycount.settings.found import ALIASES, IN_FILES, PREFIX, Found
from mycount.settings.model import Settings, variable

_READ = frozenset(
    [variable(name) for name in Settings.model_fields]
    + [f"{name}_FILE" for name in IN_FILES]
    + list(ALIASES.values())
)
_OURS = sorted(name for name in _READ if name.startswith(PREFIX))
_RESTS = [name.removeprefix(PREFIX) for name in _OURS]
_OUR_PREFIX = re.compile(r"^MY_?COUNTS?_?")
_PART_WORDS = {
    **dict.fromkeys(("HOST", "SERVER"), "HOST"),
    "PORT": "PORT",
    **dict.fromkeys(("DB", "NAME", "DATABASE"), "NAME"),
    **dict.fromkeys(("USER", "USERNAME"), "USER"),
    **dict.fromkeys(("PASSWORD", "PASS"), "PASSWORD"),
    **dict.fromkeys(("URL", "URI", "DSN", "CONNECTIONSTRING", "CONNECTION_STRING"), "URL"),
}
_DATABASES = (
    r"(?:POSTGRES|POSTGRESQL|PG|DB|DATABASE|SQLALCHEMY|SQLALCHEMY_DATABASE|AZURE_POSTGRESQL|JDBC_DATABASE)"
)
# What the official image of PostgreSQL reads; it stands in the same .env as our settings, for docker compose.
_OF_THE_IMAGE = re.compile(r"POSTGRES_(DB|USER|PASSWORD)(_FILE)?")
_DATABASE_WORD = re.compile(rf"{_DATABASES}_?({'|'.join(_PART_WORDS)})(_FILE)?")


@dataclass(frozen=True)
class Unread:
    """A variable that is set and not read; `where` it is, and which name was probably meant, if any."""

    name: str
    where: str
    guess: str | None

    def __str__(self) -> str:
        question = f"; did you mean {self.guess}?" if self.guess else ""
        return f"{self.name} ({self.where}) is not read{question}"


def unread(found: Found, *, named: bool) -> tuple[Unread, ...]:
    """What is set in vain, in alphabetical order.

    Names that other programs use as well are suspected only while what they could mean is not set: those of
    databases while none is `named`.
    """
    strays = [
        (each.name, each.where, _guess(name, found, named))
        for name, each in sorted(found.variables.items())
        if name not in _READ
    ]
    return tuple(Unread(name, where, guess or None) for name, where, guess in strays if guess is not None)


def _guess(name: str, found: Found, named: bool) -> str | None:
    """The name that was meant; "" where ours is meant, but none comes near; None where it is not ours."""
    plain = re.sub(r"[^A-Z0-9]+", "_", name.upper()).strip("_")
    if plain in _READ and (plain not in ALIASES.values() or not _is_set(plain, found)):
        return plain
    if _OF_THE_IMAGE.fullmatch(plain):
        return None
    rest = _OUR_PREFIX.sub("", plain)
    ours = rest != plain
    word = _DATABASE_WORD.fullmatch(rest)
    if word and (ours or not named):
        guess = f"{PREFIX}DATABASE_{_PART_WORDS[word[1]]}{word[2] or ''}"
        return guess if guess in _READ else guess.removesuffix("_FILE")
    if ours:
        # Compared without the prefix, which would make everything alike.
        near = get_close_matches(rest, _RESTS, n=1, cutoff=0.6)
        return f"{PREFIX}{near[0]}" if near else ""
    return _near(plain, found, named)


def _near(plain: str, found: Found, named: bool) -> str | None:
    """For a name without our prefix: one of ours without it, or one mistyped by a letter or two."""
    prefixed = f"{PREFIX}{plain}"
    if "_" in plain and prefixed in _READ:
        return None if _is_set(prefixed, found) else prefixed
    mistyped = get_close_matches(plain, _OURS, n=1, cutoff=0.87)
    if mistyped:
        return mistyped[0]
    if not named and get_close_matches(plain, ["DATABASE_URL"], n=1, cutoff=0.87):
        return "MYCOUNT_DATABASE_URL"
    return None


def _is_set(name: str, found: Found) -> bool:
    return any(each in found.variables for each in (name, f"{name}_FILE", ALIASES.get(name, name)))
