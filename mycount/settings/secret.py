"""The secret key of a local installation: made once, and kept where only its owner can read it."""

import contextlib
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from mycount.settings.checks import SECRET_LENGTH
from mycount.settings.found import SettingsError


@dataclass(frozen=True)
class Kept:
    """A key and the file that holds it."""

    key: str = field(repr=False)
    path: Path
    warnings: tuple[str, ...] = ()


def kept(data_dir: Path) -> Kept:
    """The key in `data_dir`, made there if there is none; whoever starts at the same time gets the same one.

    Refuses (SettingsError) where it can be neither read nor written, or is damaged.
    """
    path = data_dir / "secret_key"
    try:
        if not path.exists():
            _make(path)
        key = path.read_text(encoding="ascii").strip()
        open_to_others = os.name == "posix" and path.stat().st_mode & 0o077
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not a key"
        raise SettingsError(
            f"MYCOUNT_DATA_DIR: the secret key cannot be kept in {path} ({reason}); set MYCOUNT_SECRET_KEY"
        ) from None
    if len(key) < SECRET_LENGTH:
        raise SettingsError(
            f"MYCOUNT_SECRET_KEY: {path} is damaged; remove it (invite links end), or restore it"
        )
    warning = f"{path} can be read by others on this machine: make its mode 600"
    return Kept(key, path, (warning,) if open_to_others else ())


def _make(path: Path) -> None:
    """Write a new key beside the place, then give it its name in one step, unless somebody else was first."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(
            os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii"
        ) as file:
            file.write(f"{secrets.token_urlsafe(48)}\n")
            file.flush()
            os.fsync(file.fileno())
        # A link, unlike a renaming, never replaces what is there already.
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)
