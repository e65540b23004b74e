"""What a person types, made fit for storing: the same on every database, and harmless to look at."""

import unicodedata
from typing import Final

from mycount.domain.errors import Invalid
from mycount.domain.words import N_

# Marks that reorder the text after them, also beyond the name they stand in.
_REORDERING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

# Letters that Unicode does not take apart, as those write them who do not have them on their keyboard.
_LETTERS: Final = str.maketrans({"ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ı": "i"})
_VOICED: Final = frozenset("\u3099\u309a")  # they make another letter in Japanese, and are no accents


def line(text: str, *, limit: int, field: str, optional: bool = False) -> str:
    """Give one tidy line (NFC, single blanks, no control characters), or refuse it as empty or too long."""
    tidy = " ".join(_clean(_text(text).replace("\n", " ").replace("\t", " ")).split())
    return _checked(tidy, limit, field, optional)


def paragraph(text: str, *, limit: int, field: str) -> str:
    """Give tidy text of any number of lines; empty is allowed."""
    tidy = "\n".join(
        part.rstrip() for part in _clean(_text(text).replace("\r\n", "\n"), keep="\n").split("\n")
    )
    return _checked(tidy.strip(), limit, field, optional=True)


def key(text: str) -> str:
    """Give the form in which two spellings of the same title are equal: no case, no outer blanks.

    What no database takes is left out, so that anything can be looked for.
    """
    return unicodedata.normalize("NFKC", _clean(text)).casefold().strip()[:200]


def folded(text: str) -> str:
    """Give the form in which texts are searched: neither case nor accents matter, blanks are single.

    >>> folded("Café"), folded("STRASSE") == folded("Straße"), folded("İstanbul"), folded("  a\\n b ")
    ('cafe', True, 'istanbul', 'a b')
    """
    apart = unicodedata.normalize("NFKD", _clean(text, keep="\n\t"))
    bare = (one for one in apart if not unicodedata.combining(one) or one in _VOICED)
    return " ".join("".join(bare).casefold().translate(_LETTERS).split())


def _text(given: object) -> str:
    if not isinstance(given, str):  # what arrives over a websocket may be anything
        raise Invalid(N_("Please type text here."))
    return given


def _clean(text: str, keep: str = "") -> str:
    return "".join(
        character
        for character in unicodedata.normalize("NFC", _text(text))
        if character in keep
        or (unicodedata.category(character) not in ("Cc", "Cs") and character not in _REORDERING)
    )


def _checked(tidy: str, limit: int, field: str, optional: bool) -> str:
    if not tidy and not optional:
        raise Invalid(N_("Please fill this in."), field=field)
    if len(tidy) > limit:
        raise Invalid(N_("This is too long: {limit} characters at most."), field=field, limit=limit)
    return tidy
