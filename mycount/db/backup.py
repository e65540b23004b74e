"""A copy of an SQLite database while it is in use: complete, of one moment, and in one file."""

from pathlib import Path

from mycount.db.session import Database


def back_up(database: Database, file: Path) -> None:
    """Write a copy of everything committed so far to a file that does not exist yet.

    Copying the .db file by hand would miss what is in the write-ahead log. Refuses (ValueError) PostgreSQL,
    which has pg_dump for this, and (OSError) a file that exists or a folder that does not.
    """
    if not database.is_sqlite:
        raise ValueError("use pg_dump for a PostgreSQL database")
    file.touch(mode=0o600, exist_ok=False)  # it holds everybody's data: for its owner alone
    connection = database.engine.raw_connection()
    try:
        connection.cursor().execute("VACUUM INTO ?", (str(file),))
    except BaseException:
        file.unlink()  # half a copy would be taken for a whole one
        raise
    finally:
        connection.close()
