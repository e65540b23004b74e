"""Throws away everything that MyCount has stored in a database, for a person who means it."""

from dataclasses import dataclass

from sqlalchemy import Connection, MetaData, func, inspect, select, text

from mycount.db.migrate import alone, is_newer, revision, upgrade
from mycount.db.session import Database
from mycount.db.tables import Base, ExpenseRow, GroupRow, UserRow


@dataclass(frozen=True)
class Contents:
    """What would be lost: everything, deleted things too."""

    groups: int
    expenses: int
    accounts: int


def contents(database: Database) -> Contents:
    """Count what there is; nothing where the tables have not been made yet."""
    with database.reading() as session:
        if not inspect(session.connection()).has_table(GroupRow.__tablename__):
            return Contents(0, 0, 0)
        counts = (
            select(func.count()).select_from(GroupRow),
            select(func.count()).select_from(ExpenseRow),
            select(func.count()).select_from(UserRow).where(UserRow.email.is_not(None)),
        )
        return Contents(*(session.scalar(count) or 0 for count in counts))


def reset(database: Database) -> str:
    """Drop MyCount's tables and make them anew, empty; gives the revision. Tables of others stay.

    In a database of a newer MyCount, tables that refer to ours are its own, and go too.
    All or nothing. Fails, with nothing changed, where somebody holds on to a table for more than ten seconds.
    """
    with alone(database) as connection:
        if not database.is_sqlite:
            connection.execute(text("SET LOCAL lock_timeout = '10s'"))
        _ours(connection).drop_all(connection)
        connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
        return upgrade(connection)


def _ours(connection: Connection) -> MetaData:
    if not is_newer(revision(connection)):
        return Base.metadata
    there, ours = MetaData(), set(Base.metadata.tables)
    there.reflect(connection)
    for table in there.sorted_tables:  # those that are referred to come first
        if any(key.column.table.name in ours for key in table.foreign_keys):
            ours.add(table.name)
    for other in set(there.tables) - ours:
        there.remove(there.tables[other])
    return there
