"""Which database: by its address, by its parts, or, locally, the file that needs no setting."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from mycount import database_url
from mycount.settings.found import IN_FILES, Found, Variable

_URL = "MYCOUNT_DATABASE_URL"
_PARTS = tuple(f"MYCOUNT_DATABASE_{part}" for part in ("HOST", "PORT", "NAME", "USER", "PASSWORD"))
_NEEDED = ("MYCOUNT_DATABASE_HOST", "MYCOUNT_DATABASE_NAME", "MYCOUNT_DATABASE_USER")
_POOR_PASSWORDS = (
    "postgres",
    "password",
    "changeme",
    "example",
    "mycount",
    "admin",
    "secret",
    "root",
    "12345678",
)


@dataclass(frozen=True)
class Chosen:
    """The database's address, normalised, and where it came from; `named` unless it is the local default."""

    url: str = field(default="", repr=False)
    source: str = "default"
    named: bool = True
    warnings: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()


def choose(found: Found, data_dir: Path, *, production: bool) -> Chosen:
    """The one database that the variables name; refuses two, half of one, and in production none."""
    url = found.setter(_URL)
    parts = {name: found.variables[name] for name in _PARTS if name in found.variables}
    broken = [name for name in IN_FILES if f"{name}_FILE" in found.variables and name not in found.variables]
    if url and parts:
        first = next(iter(parts.values()))
        return Chosen(
            refusals=(f"{url.name}: {first.name} is set too; give the address whole or in parts, not both",)
        )
    if url:
        return _whole(url, production)
    if _URL in broken or "MYCOUNT_DATABASE_PASSWORD" in broken:
        return Chosen()  # its file was refused already: that is what to say
    if parts:
        return _from_parts(parts, production)
    if production:
        return Chosen(
            refusals=(f"{_URL}: must be set in production (or MYCOUNT_DATABASE_HOST, …_NAME, …_USER)",)
        )
    path = quote(data_dir.joinpath("mycount.db").as_posix(), safe="/:")
    return Chosen(url=f"sqlite:///{path}", named=False)


def _whole(url: Variable, production: bool) -> Chosen:
    try:
        address = database_url.read(url.text, production=production)
    except database_url.DatabaseURLError as error:
        return Chosen(refusals=(f"{url.name}: {error}",))
    return Chosen(address.url, url.source, warnings=tuple(f"{url.name}: {each}" for each in address.warnings))


def _from_parts(parts: dict[str, Variable], production: bool) -> Chosen:
    names = ", ".join(part.name for part in parts.values())
    missing = [name for name in _NEEDED if name not in parts]
    if missing:
        return Chosen(refusals=(f"{', '.join(missing)}: must be set too, because of {names}",))
    host, port, name, user, password = (parts[part].text if part in parts else "" for part in _PARTS)
    try:
        address = database_url.from_parts(
            host=host, port=port, name=name, user=user, password=password, production=production
        )
    except database_url.DatabaseURLError as error:
        return Chosen(refusals=(f"{_at_fault(str(error))}: {error}",))
    warnings = [f"{parts[_PARTS[0]].name}: {each}" for each in address.warnings]
    if production and password.lower() in _POOR_PASSWORDS:
        warnings.append(f"{parts[_PARTS[4]].name}: this password is among the first that anybody tries")
    return Chosen(address.url, f"built from {names}", warnings=tuple(warnings))


def _at_fault(message: str) -> str:
    """The part that a refusal is about."""
    words = {"host": _PARTS[0], "port": _PARTS[1]}
    return next((name for word, name in words.items() if f"its {word}" in message), "MYCOUNT_DATABASE_…")
