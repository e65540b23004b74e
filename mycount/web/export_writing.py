"""Writes one export down, piece by piece, in whatever thread asks for the next."""

import zlib
from collections.abc import Iterable
from typing import Final, Protocol

from mycount.domain.ids import UserId
from mycount.services import export
from mycount.services.views import ExportedExpense, Outline

_LEVEL: Final = 5
_GZIP: Final = 31  # zlib's word for its format


class Form(Protocol):
    """How a group is written down."""

    media_type: str

    def head(self) -> str:
        """Give the beginning."""

    def lines(self, expenses: Iterable[ExportedExpense]) -> str:
        """Give what is written of the next expenses."""

    def foot(self, *, changed: bool) -> str:
        """Give the end, which says whether the group has changed since the beginning."""


class Writing:
    """An export on its way: it holds no more than where it is, and the sums so far. Not for two threads at once."""

    def __init__(self, actor: UserId, outline: Outline, form: Form, *, zipped: bool) -> None:
        self._actor = actor
        self._outline = outline
        self._form = form
        self._packer = zlib.compressobj(_LEVEL, wbits=_GZIP) if zipped else None
        self._version = outline.version
        self._at = 0
        self._is_over = False

    def go_on(self) -> bytes | None:
        """Read the next stretch and give it as it is to be sent; None after the end. Refuses as `export.read` does."""
        if self._is_over:
            return None
        text = self._next()
        if self._packer is None:
            return text.encode()
        packed = self._packer.compress(text.encode())
        return packed + self._packer.flush() if self._is_over else packed

    def _next(self) -> str:
        head = "" if self._at else self._form.head()
        ids = self._outline.order[self._at : self._at + export.STRETCH]
        lines = ""
        if ids:
            stretch = export.read(self._actor, self._outline.group_id, ids)
            self._version = stretch.version
            lines = self._form.lines(stretch.expenses)
        self._at += export.STRETCH
        self._is_over = self._at >= len(self._outline.order)
        foot = self._form.foot(changed=self._version != self._outline.version) if self._is_over else ""
        return f"{head}{lines}{foot}"
