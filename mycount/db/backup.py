"""A copy of an SQLite database while it is in use: complete, of one moment, and in one file."""

from pathlib import Path

from mycount.db.session import Database


def back_up(database: Database, file: Path) -> None:
    """Write a copy of everything committed so far to a file that does not exist yet.

    Copying the .db file by hand would miss what is in the write-ahead log. Refuses (ValueError) PostgreSQL,
    which has pg_dump for this, and a file that exists (FileExistsError).
    """
    if not database.is_sqlite:
        raise ValueError("use pg_dump for a PostgreSQL database")
    if file.exists():
        raise FileExistsError(f"{file} exists already")
    file.parent.mkdir(parents=True, exist_ok=True)
    connection = database.engine.raw_connection()
    try:
        connection.cursor().execute("VACUUM INTO ?", (str(file),))
    finally:
        connection.close()
