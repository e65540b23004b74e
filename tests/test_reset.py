"""`mycount reset` deletes everything that is MyCount's, and only if it is really meant."""

import os
import pty
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from mycount.db.migrate import migrate, newest
from mycount.db.reset import Contents, contents, reset
from mycount.db.session import Database, open_database
from mycount.db.tables import Base
from mycount.services import access, books, users
from mycount.services.policy import Policy
from tests.newer import make_newer
from tests.server import Server
from tests.waiting import PATIENCE
from tests.world import SECRET, World


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A database in use, with the table of another program in it."""
    database = open_database(database_url)
    access.start(database, Policy(secret_key=SECRET))
    World(database).group("Ann", "Bo").add(1000, "Ann")
    users.add("Cleo", "cleo@example.org", "correct horse 7 battery")
    with database.writing() as session:
        session.execute(text("CREATE TABLE somebody_elses (what INTEGER)"))
        session.execute(text("INSERT INTO somebody_elses VALUES (7)"))
    yield database
    access.stop()
    database.close()


def mycount(database: Database, *arguments: str, typed: str | None = None) -> tuple[int, str]:
    """Run the command line on a database; at a terminal, if something is typed there. Gives code and output."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MYCOUNT_")}
    environment |= {
        "MYCOUNT_DATABASE_URL": database.engine.url.render_as_string(hide_password=False),
        "MYCOUNT_SECRET_KEY": SECRET.decode(),
    }
    database.close()  # nobody else may use it meanwhile
    ours, terminal = pty.openpty()
    if typed is not None:
        os.write(ours, f"{typed}\n".encode())
    done = subprocess.run(
        [sys.executable, "-m", "mycount", "reset", *arguments],
        env=environment,
        cwd=Path(__file__).parent.parent,
        stdin=subprocess.DEVNULL if typed is None else terminal,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=3 * PATIENCE,
        check=False,
    )
    os.close(ours)
    os.close(terminal)
    return done.returncode, done.stdout


def name_of(database: Database) -> str:
    return Path(database.engine.url.database or "").name


def tables(database: Database) -> Sequence[str]:
    with database.engine.connect() as connection:
        return sorted(inspect(connection).get_table_names())


def test_what_will_be_lost_is_said_and_then_everything_of_ours_is_gone(database: Database) -> None:
    there = tables(database)

    code, said = mycount(database, typed=name_of(database))

    assert code == 0, said
    assert "groups: 1, expenses: 1, accounts: " in said and name_of(database) in said
    assert contents(database) == Contents(0, 0, 0)
    assert tables(database) == there and migrate(database) == newest()
    with database.reading() as session:
        assert session.execute(text("SELECT what FROM somebody_elses")).scalar() == 7
        assert session.execute(text("SELECT id, administrator_id FROM instance")).all() == [(1, None)]
    assert users.is_new()


def test_scripts_name_the_database_instead_of_being_asked(database: Database) -> None:
    assert mycount(database, "--yes-delete-everything", name_of(database))[0] == 0
    assert contents(database).groups == 0


@pytest.mark.parametrize("arguments", [(), ("--yes-delete-everything", "another")])
def test_without_the_right_name_nothing_is_touched(database: Database, arguments: Sequence[str]) -> None:
    code, said = mycount(database, *arguments)
    assert (code, "nothing was deleted" in said) == (1, True)
    assert contents(database).expenses == 1 and books.audit() == ()


def test_who_types_something_else_has_lost_nothing(database: Database) -> None:
    code, said = mycount(database, typed="yes")
    assert (code, "nothing was deleted" in said) == (1, True)
    assert contents(database).expenses == 1


def test_nothing_is_touched_while_a_server_uses_it(database: Database, tmp_path: Path) -> None:
    with Server(database.engine.url.render_as_string(hide_password=False), tmp_path) as server:
        code, said = mycount(database, "--yes-delete-everything", name_of(database))
        assert (code, "stop MyCount" in said, said.count("\n")) == (1, True, 1)
        assert contents(database).expenses == 1
        server.stop()
        assert mycount(database, "--yes-delete-everything", name_of(database))[0] == 0
    assert contents(database).expenses == 0


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_no_password_is_shown(database: Database) -> None:
    url = database.engine.url.set(password="hunter2-LEAK")
    _, said = mycount(open_database(url.render_as_string(hide_password=False)))
    assert name_of(database) in said and "hunter2-LEAK" not in said


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_where_others_depend_on_a_table_nothing_is_touched_at_all(database: Database) -> None:
    with database.writing() as session:
        session.execute(text("CREATE VIEW looked_at AS SELECT * FROM expense"))
    with pytest.raises(DBAPIError, match="looked_at"):
        reset(database)
    assert contents(database).expenses == 1 and set(Base.metadata.tables) <= set(tables(database))


def test_a_database_of_a_newer_version_becomes_one_of_this_version(database: Database) -> None:
    there = tables(database)
    make_newer(database)

    assert reset(database) == newest()

    assert tables(database) == there and contents(database) == Contents(0, 0, 0)
    with database.reading() as session:
        assert session.execute(text("SELECT what FROM somebody_elses")).scalar() == 7


def test_an_empty_database_gets_its_tables(tmp_path: Path) -> None:
    bare = open_database(f"sqlite:///{tmp_path}/bare.db")
    assert contents(bare) == Contents(0, 0, 0)
    assert reset(bare) == newest()
