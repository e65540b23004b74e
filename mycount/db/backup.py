"""Complete copies of a database while it is in use, and the record of when the last one was made."""

import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from psycopg2.extensions import make_dsn
from sqlalchemy import inspect, update

from mycount.db.session import Database
from mycount.db.tables import InstanceRow


def back_up(database: Database, file: Path) -> None:
    """Write a copy of everything committed so far to a file that does not exist yet, for its owner alone.

    SQLite gives a database file (copying the .db by hand would miss what is in the write-ahead log), PostgreSQL
    what pg_restore reads. Refuses (OSError) a file that exists or a folder that does not, and (ValueError) a
    PostgreSQL without pg_dump, or one that pg_dump cannot read.
    """
    copy = _copy_sqlite if database.is_sqlite else _dump_postgresql
    _make(file)
    try:
        copy(database, file)
    except BaseException:
        file.unlink()  # half a copy would be taken for a whole one
        raise


def record(database: Database) -> bool:
    """Write down in the database that a backup of it was made just now.

    False where it is still of a version that has no place for this: a backup before an upgrade.
    """
    with database.writing() as session:
        found = inspect(session.connection())
        there = found.get_columns("instance") if found.has_table("instance") else []
        if not any(column["name"] == "backed_up_at" for column in there):
            return False
        session.execute(update(InstanceRow).values(backed_up_at=datetime.now(UTC)))
        return True


def _make(file: Path) -> None:
    try:
        file.touch(mode=0o600, exist_ok=False)  # it holds everybody's data
    except FileExistsError:
        dated = f"{file.stem}-{datetime.now(UTC):%Y-%m-%d}{file.suffix}"
        raise FileExistsError(
            f"{file} exists and is not overwritten: name a new file, such as {dated}"
        ) from None
    except FileNotFoundError:
        raise FileNotFoundError(f"there is no folder {file.parent} to put the backup in") from None
    except PermissionError:
        raise PermissionError(f"nothing may be written in {file.parent.absolute()}") from None


def _copy_sqlite(database: Database, file: Path) -> None:
    connection = database.engine.raw_connection()
    try:
        connection.cursor().execute("VACUUM INTO ?", (str(file),))
    finally:
        connection.close()


def _dump_postgresql(database: Database, file: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        raise ValueError(
            "pg_dump is not on the PATH: install PostgreSQL's client programs, or make the backup elsewhere "
            "and record it with: mycount backup --made-elsewhere"
        )
    _, where = database.engine.dialect.create_connect_args(database.engine.url)
    password = where.pop("password", None)
    done = subprocess.run(  # noqa: S603 - the program is PostgreSQL's, the arguments are ours
        [program, "--format=custom", "--no-password", f"--file={file}", f"--dbname={make_dsn(**where)}"],
        # On the command line everybody on this machine could read it.
        env={**os.environ, **({"PGPASSWORD": str(password)} if password else {})},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        raise ValueError(f"pg_dump could not make the backup: {said[0].removeprefix('pg_dump: error: ')}")
