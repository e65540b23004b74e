"""Migrations: from nothing to what the program needs, once, whoever starts together, and all or nothing."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from mycount.db import migrate as migrate_module
from mycount.db.backup import record
from mycount.db.migrate import ahead, migrate, newest, revision, upgrade
from mycount.db.session import Database, open_database
from mycount.db.tables import Base
from mycount.domain.ids import ExpenseId
from mycount.services import access, books, expenses
from mycount.services.policy import Policy
from mycount.services.views import Filter, Word
from tests.at_once import at_once
from tests.newer import NEWER, make_newer
from tests.waiting import PATIENCE
from tests.world import SECRET, Scene, World

SERVER = """
import sys
from mycount.db.migrate import migrate
from mycount.db.session import open_database

print("ready", flush=True)
sys.stdin.readline()
print(migrate(open_database(sys.argv[1])))
"""


def test_an_empty_database_becomes_what_the_program_needs(bare: Database) -> None:
    with bare.engine.connect() as connection:
        assert revision(connection) == "empty"
    assert migrate(bare) == newest() != "empty"
    assert set(_tables(bare)) == {*Base.metadata.tables, "alembic_version"}
    with bare.reading() as session:
        assert session.execute(text("SELECT id, administrator_id FROM instance")).all() == [(1, None)]


def test_the_migrated_tables_are_those_that_the_program_works_with(bare: Database) -> None:
    migrate(bare)
    with bare.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_server_default": True, "include_name": _is_in_both}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_every_rule_of_the_tables_is_in_the_database(bare: Database) -> None:
    """What `compare_metadata` does not look at: check constraints, and what happens to rows that refer."""
    migrate(bare)
    with bare.engine.connect() as connection:
        found = inspect(connection)
        for table in Base.metadata.tables.values():
            checks = {str(check["name"]) for check in found.get_check_constraints(table.name)}
            keys = {key["name"]: key["options"].get("ondelete") for key in found.get_foreign_keys(table.name)}
            assert checks == {str(rule.name) for rule in table.constraints if _is_check(rule)}, table.name
            assert keys == {key.name: key.ondelete for key in table.foreign_key_constraints}, table.name


def test_migrating_again_changes_nothing_and_loses_nothing(bare: Database) -> None:
    migrate(bare)
    world = _in_use(bare)
    world.group("Ann", "Bo").add(1000, "Ann")
    before = world.snapshot()
    for _ in range(2):
        assert migrate(bare) == newest()
    assert world.snapshot() == before
    assert books.audit() == ()
    access.stop()


def test_expenses_of_before_they_could_be_searched_are_searched_like_the_others(bare: Database) -> None:
    migrate(bare)
    world = _in_use(bare)
    scene = world.group("Ann", "Bo")
    for note in ("", "Torres Vedras,\nà la carte"):
        scene.add(1000, "Ann", title="Café", note=note)
    after = world.snapshot()
    with bare.writing() as session:
        _take_words_away(bare, session)
        session.execute(text("ALTER TABLE expense DROP COLUMN search_key"))
        session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    assert migrate(bare) == newest()
    assert world.snapshot() == after
    assert books.audit() == ()
    access.stop()


def test_a_database_of_before_backups_were_recorded_keeps_everything(bare: Database) -> None:
    migrate(bare)
    world = _in_use(bare)
    world.group("Ann", "Bo").add(1000, "Ann")
    before = world.snapshot()
    with bare.writing() as session:
        session.execute(text("ALTER TABLE instance DROP COLUMN backed_up_at"))
        session.execute(text("UPDATE alembic_version SET version_num = '0002'"))
    for _ in range(2):
        assert migrate(bare) == newest()
    assert world.snapshot() == before
    assert books.totals().backed_up_at is None
    access.stop()


def test_expenses_of_before_and_of_an_older_version_are_found_by_their_words(bare: Database) -> None:
    migrate(bare)
    world = _in_use(bare)
    scene = world.group("Ann", "Bo")
    older, younger = (scene.add(1000, "Ann", title=title) for title in ("Aquarium", "Planetarium"))
    with bare.writing() as session:
        _take_words_away(bare, session)
        for column in ("amount", "category"):
            session.execute(text(f"DROP INDEX ix_expense_{column}"))
        session.execute(text("UPDATE alembic_version SET version_num = '0003'"))
    for _ in range(2):
        assert migrate(bare) == newest()
    assert _found(scene, "quari") == [older]
    changes = (
        ("UPDATE expense SET search_key = 'terrarium' WHERE id = :id", older),
        ("DELETE FROM event WHERE expense_id = :id", younger),
        ("DELETE FROM expense WHERE id = :id", younger),
    )
    with bare.writing() as session:
        for statement, expense in changes:
            session.execute(text(statement), {"id": expense})
    assert (_found(scene, "terra"), _found(scene, "quari"), _found(scene, "planet")) == ([older], [], [])
    access.stop()


def test_what_an_older_version_works_with_is_never_taken_away(bare: Database) -> None:
    """So that one can go back: each migration leaves all tables and columns, and asks nothing new of old ones."""
    scripts = ScriptDirectory(str(Path(migrate_module.__file__).parent / "migrations")).walk_revisions()
    before: dict[str, Shape] = {}
    for script in reversed(list(scripts)):
        with migrate_module.alone(bare) as connection:
            upgrade(connection, script.revision)
        after = _shapes(bare)
        for table, old in before.items():
            new = after[table]
            assert old.items() <= new.items(), f"{script.revision} changes {table}"
            added = [what for name, what in new.items() if name not in old]
            assert all(kind == "column" and may_be_missing for kind, may_be_missing, _ in added), (
                f"{script.revision} adds to {table} what an older version does not fill"
            )
        before = after


def test_a_database_of_a_newer_version_is_left_as_it_is_and_can_be_worked_with(bare: Database) -> None:
    migrate(bare)
    make_newer(bare)
    assert migrate(bare) == NEWER and NEWER in str(ahead(NEWER)) and newest() in str(ahead(NEWER))
    _in_use(bare).group("Ann", "Bo").add(1000, "Ann")
    assert books.audit() == () and books.size().expenses == 1
    assert record(bare)
    access.stop()


def test_a_revision_that_is_nobodys_is_not_taken_for_a_newer_one(bare: Database) -> None:
    migrate(bare)
    assert ahead(newest()) is ahead("empty") is ahead("0001") is ahead("deadbeef") is None
    with bare.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = 'deadbeef'"))
    with pytest.raises(CommandError, match="deadbeef"):
        migrate(bare)


def test_servers_that_start_together_migrate_once(bare_url: str) -> None:
    databases = [open_database(bare_url) for _ in range(4)]
    outcomes = at_once([lambda database=database: migrate(database) for database in databases])  # type: ignore[misc]
    assert outcomes == [newest()] * 4
    _assert_one_row(databases[0])
    for database in databases:
        database.close()


def test_servers_of_several_processes_that_start_together_migrate_once(bare_url: str) -> None:
    servers = [
        subprocess.Popen(
            [sys.executable, "-c", SERVER, bare_url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    for server in servers:
        assert server.stdout is not None
        assert server.stdout.readline() == "ready\n"
    for server in servers:
        assert server.stdin is not None
        server.stdin.write("go\n")
        server.stdin.flush()
    assert [server.communicate(timeout=3 * PATIENCE)[0] for server in servers] == [f"{newest()}\n"] * 3
    database = open_database(bare_url)
    _assert_one_row(database)
    database.close()


def test_a_migration_that_fails_in_the_middle_leaves_nothing_behind(bare: Database) -> None:
    with bare.writing() as session:
        session.execute(text("CREATE TABLE expense_split (in_the_way INTEGER)"))
    with pytest.raises(DBAPIError, match="expense_split"):
        migrate(bare)
    assert _tables(bare) == ["expense_split"]
    with bare.writing() as session:
        session.execute(text("DROP TABLE expense_split"))
    assert migrate(bare) == newest()


def _in_use(database: Database) -> World:
    access.start(database, Policy(secret_key=SECRET))
    return World(database)


def _tables(database: Database) -> Sequence[str]:
    with database.engine.connect() as connection:
        return [name for name in inspect(connection).get_table_names() if _is_in_both(name)]


def _is_in_both(name: str | None, *_: object) -> bool:
    """Say whether something has this name on every database, other than what each keeps of words in its own way."""
    return not str(name).removeprefix("ix_").startswith("expense_words")


def _take_words_away(database: Database, session: Session) -> None:
    if database.is_sqlite:
        for name in ("added", "deleted", "changed"):
            session.execute(text(f"DROP TRIGGER expense_words_{name}"))
        session.execute(text("DROP TABLE expense_words"))
    else:
        session.execute(text("DROP INDEX ix_expense_words"))
        session.execute(text("DROP FUNCTION expense_words"))


def _found(scene: Scene, word: str) -> list[ExpenseId]:
    page = expenses.listed(scene.owner, scene.id, wanted=Filter((Word(word),)))
    return [line.id for line in page.lines]


Shape = dict[str, tuple[str, bool, str]]
"""By name: what it is, whether a row may be written without it, and what it is exactly."""


def _shapes(database: Database) -> dict[str, Shape]:
    """Everything in each table that decides whether a program can read and write it."""
    with database.engine.connect() as connection:
        found = inspect(connection)
        shapes: dict[str, Shape] = {}
        for table in set(found.get_table_names()) - {"alembic_version"}:
            shape = shapes[table] = {}
            for column in found.get_columns(table):
                may_be_missing = column["nullable"] or column["default"] is not None
                shape[column["name"]] = ("column", may_be_missing, f"{column['type']} {column['default']}")
            rules = (
                *found.get_check_constraints(table),
                *found.get_foreign_keys(table),
                *found.get_unique_constraints(table),
                *(index for index in found.get_indexes(table) if index["unique"]),
            )
            shape.update({f"rule {rule['name']}": ("rule", False, str(rule)) for rule in rules})
    return shapes


def _assert_one_row(database: Database) -> None:
    with database.reading() as session:
        for table in ("instance", "alembic_version"):
            assert session.scalar(text(f"SELECT count(*) FROM {table}")) == 1


def _is_check(rule: object) -> bool:
    return type(rule).__name__ == "CheckConstraint"
