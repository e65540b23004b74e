"""How values are stored alike in SQLite and PostgreSQL."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer
from sqlalchemy.types import TypeDecorator, TypeEngine

from mycount.domain.errors import NotFound
from mycount.domain.words import N_

_NOWHERE = N_("There is no such page, or it is not for you. Check the address, or go back to the start.")
_ENDS = range(-(2**63), 2**63)


class Key(TypeDecorator[int]):
    """What identifies a row. What cannot be one is refused before any database sees it, and so alike by both."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Use INTEGER for SQLite, which numbers rows by itself only where the key is called so."""
        return dialect.type_descriptor(Integer() if dialect.name == "sqlite" else BigInteger())

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:
        """Refuse (NotFound) what is no whole number of 64 bits: addresses and sockets bring anything."""
        if value is None or (isinstance(value, int) and not isinstance(value, bool) and value in _ENDS):
            return value
        raise NotFound(_NOWHERE)


class Instant(TypeDecorator[datetime]):
    """A moment in UTC; always aware in Python. SQLite keeps no zone, so it is put back when read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Refuse moments without a zone: they would mean something else on every server."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Give the moment in UTC."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
