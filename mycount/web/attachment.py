"""Names a file that is downloaded, so that every browser and every system can keep it under that name (RFC 6266)."""

import re
import unicodedata
from typing import Final
from urllib.parse import quote

_LONGEST: Final = 80
_NOT_IN_NAMES: Final = re.compile(r'[\\/:*?"<>|]+')
_OTHERWISE: Final = "mycount"


def attachment(title: str, suffix: str) -> str:
    """Give the value of Content-Disposition for a file of this title: in ASCII for old programs, then whole.

    >>> attachment("Café 2026", "csv")
    'attachment; filename="Cafe 2026.csv"; filename*=UTF-8\\'\\'Caf%C3%A9%202026.csv'
    """
    whole = _tidy(title)
    bare = _tidy(unicodedata.normalize("NFKD", whole).encode("ascii", "ignore").decode().replace("%", ""))
    return f"attachment; filename=\"{bare}.{suffix}\"; filename*=UTF-8''{quote(whole, safe='')}.{suffix}"


def _tidy(title: str) -> str:
    """Leave out what cannot be seen, and what some system takes for more than a letter."""
    seen = "".join(one for one in title if unicodedata.category(one)[0] != "C")
    return " ".join(_NOT_IN_NAMES.sub("-", seen).split())[:_LONGEST].strip(" .-") or _OTHERWISE
