"""What a browser says about its languages, in the Accept-Language header (RFC 9110, 12.5.4)."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_LONGEST: Final = 500  # of a header that strangers send
_ENTRY: Final = re.compile(
    r"\s*([a-z]{2,3})(?:-[a-z]{4})?(?:-([a-z]{2}|[0-9]{3}))?(?:-[a-z0-9-]+)?\s*(?:;\s*q\s*=\s*([01](?:\.[0-9]{0,3})?)\s*)?",
    re.IGNORECASE | re.ASCII,
)


@dataclass(frozen=True)
class Tag:
    """A language, in a region if one is named: pt, PT."""

    language: str
    region: str | None


def asked(header: str) -> tuple[Tag, ...]:
    """Give the languages of a header, the most wanted first; what makes no sense in it is passed over.

    >>> [f"{tag.language}_{tag.region}" for tag in asked("fr;q=0.5, de-CH, *, en;q=0, pt-PT;q=.., es-419;q=0.8")]
    ['de_CH', 'es_419', 'fr_None']
    """
    return _asked(header[:_LONGEST])


@lru_cache(maxsize=1000)  # browsers may send anything
def _asked(header: str) -> tuple[Tag, ...]:
    found = [entry for part in header.split(",") if (entry := _ENTRY.fullmatch(part))]
    wanted = [(float(entry[3] or 1), Tag(entry[1].lower(), entry[2] and entry[2].upper())) for entry in found]
    return tuple(tag for quality, tag in sorted(wanted, key=lambda each: -each[0]) if quality > 0)
