"""Throws away everything that MyCount has stored in a database, for a person who means it."""

import sqlite3
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


def is_in_use(database: Database) -> bool:
    """Say whether another MyCount has the database open; to be asked while nothing is read or written here."""
    database.close()
    return _is_open_elsewhere(database) if database.is_sqlite else _has_other_clients(database)


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


def _is_open_elsewhere(database: Database) -> bool:
    """Try what SQLite does for nobody but the only one who has the file open: leave the write-ahead log."""
    connection = database.engine.raw_connection()
    cursor = connection.cursor()
    try:
        cursor.execute("PRAGMA busy_timeout=0")
        cursor.execute("PRAGMA journal_mode=DELETE")
        cursor.execute("PRAGMA journal_mode=WAL")
    except sqlite3.OperationalError:
        return True
    finally:
        connection.invalidate()  # the next has the usual patience
    return False


def _has_other_clients(database: Database) -> bool:
    """Look for connections to this database that call themselves as ours does."""
    others = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        " AND usename = current_user AND application_name = current_setting('application_name')"
    )
    with database.reading() as session:
        return bool(session.scalar(others))
