"""Whoever took MyCount over would have its database, and nothing else of the server that compose runs."""

import pytest
from sqlalchemy import URL, create_engine, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from mycount.db.migrate import migrate
from mycount.db.session import open_database
from tests.conftest import administer

BEYOND = {
    "a database": "CREATE DATABASE other",
    "a role": "CREATE ROLE other",
    "itself": "ALTER ROLE mycount SUPERUSER",
    "a program": "COPY (SELECT 1) TO PROGRAM 'true'",
    "a file": "SELECT pg_read_file('PG_VERSION')",
    "the settings": "ALTER SYSTEM SET work_mem = '1MB'",
    "other roles": "SELECT rolpassword FROM pg_authid",
}


def test_it_is_enough_for_mycount(compose: URL) -> None:
    database = open_database(compose.render_as_string(hide_password=False))
    migrate(database)
    database.close()
    assert asked(compose, "SELECT count(*) FROM alembic_version") == [(1,)]


@pytest.mark.parametrize("what", BEYOND)
def test_nothing_else_is_its_to_use(compose: URL, what: str) -> None:
    with pytest.raises(ProgrammingError, match=r"permission denied|must be|Only roles with"):
        asked(compose, BEYOND[what])


def test_no_other_database_lets_it_in(compose: URL) -> None:
    with pytest.raises(OperationalError, match="does not have CONNECT privilege"):
        asked(compose.set(database="postgres"), "SELECT 1")


def test_the_superuser_has_no_password_to_sign_in_with_and_mycount_has_the_given_one(compose: URL) -> None:
    of = "SELECT rolpassword FROM pg_authid WHERE rolname = "
    superuser = compose.set(username="postgres")
    assert asked(superuser, f"{of}'postgres'") == [(None,)]
    assert str(asked(superuser, f"{of}'mycount'")).startswith("[('SCRAM-SHA-256$")


def test_a_superuser_would_be_noticed(compose: URL, postgresql_server: str) -> None:
    administer(postgresql_server, "ALTER ROLE mycount SUPERUSER")
    assert asked(compose, BEYOND["a file"])


def asked(url: URL, statement: str) -> list[tuple[object, ...]]:
    """Ask outside of a transaction; gives the rows."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(statement))]
    finally:
        engine.dispose()
