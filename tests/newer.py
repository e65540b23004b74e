"""A database as a newer version of MyCount would leave it behind: with more in it than this one knows."""

from sqlalchemy import text

from mycount.db.session import Database

NEWER = "9999"


def make_newer(database: Database) -> None:
    """Add what migrations may add, and the revision of the version that has added it."""
    with database.writing() as session:
        session.execute(text("ALTER TABLE expense ADD COLUMN place VARCHAR(80)"))
        session.execute(text("ALTER TABLE instance ADD COLUMN motto VARCHAR(80) NOT NULL DEFAULT ''"))
        session.execute(
            text("CREATE TABLE receipt (id BIGINT PRIMARY KEY, expense_id BIGINT REFERENCES expense (id))")
        )
        session.execute(
            text("CREATE TABLE page_of_receipt (id BIGINT, receipt_id BIGINT REFERENCES receipt (id))")
        )
        session.execute(text(f"UPDATE alembic_version SET version_num = '{NEWER}'"))
