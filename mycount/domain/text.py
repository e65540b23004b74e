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

# Letters and signs that show nothing, for whoever wants to be called by nothing: fillers, and an empty Braille cell.
_BLANK: Final = frozenset("\u115f\u1160\u3164\uffa0\u17b4\u17b5\u2800\U0001d159")
_UNSEEN: Final = ("Cf", "Zs", "Zl", "Zp", "Mn", "Me")  # marks, too: alone they have nothing to stand on
_STACKED: Final = 8
"""How many marks may stand on one letter: more than any script has, and less than covers the lines around."""


def line(text: str, *, limit: int, field: str, optional: bool = False) -> str:
    """Give one tidy line (NFC, single blanks, no control characters), or refuse it as empty or too long.

    What shows nothing at all is empty.
    """
    tidy = " ".join(_clean(_text(text).replace("\n", " ").replace("\t", " ")).split())
    return _checked(tidy if shows(tidy) else "", limit, field, optional)


def paragraph(text: str, *, limit: int, field: str) -> str:
    """Give tidy text of any number of lines; empty is allowed."""
    tidy = "\n".join(
        part.rstrip() for part in _clean(_text(text).replace("\r\n", "\n"), keep="\n").split("\n")
    )
    tidy = tidy.strip()
    return _checked(tidy if shows(tidy) else "", limit, field, optional=True)


def shows(text: str) -> bool:
    """Say whether there is anything to see.

    >>> shows("a"), shows("\\u200b \\u3164"), shows("\\u0301")
    (True, False, False)
    """
    return any(one not in _BLANK and unicodedata.category(one) not in _UNSEEN for one in text)


def quoted(text: str) -> str:
    """Give the beginning of anything that somebody gave, fit to be shown to them again."""
    return " ".join(_clean(_text(text)[:200]).split())[:40]


def key(text: str) -> str:
    """Give the form in which two spellings of the same title are equal: no case, no outer blanks, nothing unseen.

    What no database takes is left out, so that anything can be looked for.

    >>> key(" Ann") == key("a\\u200bNN") == key("\\u200eann\\u3164") != key("Ann B")
    True
    """
    same = unicodedata.normalize("NFKC", _clean(_text(text))).casefold()
    if not same.isascii():
        same = "".join(one for one in same if one not in _BLANK and unicodedata.category(one) != "Cf")
    return same.strip()[:200]


def folded(text: str) -> str:
    """Give the form in which texts are searched: neither case nor accents matter, blanks are single.

    >>> folded("Café"), folded("STRASSE") == folded("Straße"), folded("İstanbul"), folded("  a\\n b ")
    ('cafe', True, 'istanbul', 'a b')
    """
    apart = unicodedata.normalize("NFKD", _clean(_text(text), keep="\n\t"))
    bare = (one for one in apart if not unicodedata.combining(one) or one in _VOICED)
    return " ".join("".join(bare).casefold().translate(_LETTERS).split())


def _text(given: object) -> str:
    if not isinstance(given, str):  # what arrives over a websocket may be anything
        raise Invalid(N_("Please type text here."))
    return given


def _clean(text: str, keep: str = "") -> str:
    """Leave out what no text has, and what is stacked so high on a letter that it covers others."""
    if text.isascii() and text.isprintable():
        return text
    stacked, kept = 0, []
    for character in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(character)
        stacked = stacked + 1 if kind in ("Mn", "Me") else 0
        is_text = kind not in ("Cc", "Cs") and character not in _REORDERING and stacked <= _STACKED
        if is_text or character in keep:
            kept.append(character)
    return "".join(kept)


def _checked(tidy: str, limit: int, field: str, optional: bool) -> str:
    if not tidy and not optional:
        raise Invalid(N_("Please fill this in."), field=field)
    if len(tidy) > limit:
        raise Invalid(N_("This is too long: {limit} characters at most."), field=field, limit=limit)
    return tidy
