"""Throws away everything that MyCount has stored in a database, for a person who means it."""

from dataclasses import dataclass

from sqlalchemy import func, inspect, select, text

from mycount.db.migrate import alone, upgrade
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

    All or nothing. Fails, with nothing changed, where somebody holds on to a table for more than ten seconds.
    """
    with alone(database) as connection:
        if not database.is_sqlite:
            connection.execute(text("SET LOCAL lock_timeout = '10s'"))
        Base.metadata.drop_all(connection)
        connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
        return upgrade(connection)
