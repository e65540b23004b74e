"""Sessions with the database: one moment for whoever reads, all or nothing and in turn for whoever writes."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from mycount.db.session import Database, open_database
from mycount.db.tables import ExpenseRow, GroupRow, MemberRow, PayerRow, UserRow
from tests.at_once import rounds
from tests.waiting import until
from tests.world import World


def test_whoever_reads_sees_one_moment_whatever_others_commit_meanwhile(world: World) -> None:
    scene = world.group("Ann", "Bo")
    with world.database.reading() as session:
        before = session.scalar(select(func.count()).select_from(PayerRow))
        scene.add(1000, "Ann")
        assert session.scalar(select(func.count()).select_from(PayerRow)) == before == 0
        assert session.scalar(select(func.count()).select_from(ExpenseRow)) == 0
    with world.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(PayerRow)) == 1


def test_whoever_reads_changes_nothing(world: World) -> None:
    world.group("Ann")
    before = world.snapshot()
    with world.database.reading() as session:
        row = session.scalars(select(GroupRow)).one()
        row.name = "Changed by mistake"
    with suppress(DBAPIError), world.database.reading() as session:  # PostgreSQL says so, SQLite forgets it
        session.execute(update(GroupRow).values(name="Changed on purpose"))
    assert world.snapshot() == before


def test_what_was_read_can_still_be_looked_at_afterwards(world: World) -> None:
    world.group("Ann")
    with world.database.reading() as session:
        row = session.scalars(select(GroupRow)).one()
    assert row.name == "Lisbon 2026"


def test_what_fails_in_the_middle_is_undone_from_the_beginning(world: World) -> None:
    world.group("Ann")
    before = world.snapshot()
    with pytest.raises(ZeroDivisionError), world.database.writing() as session:
        session.execute(update(GroupRow).values(name="Half"))
        session.execute(delete(UserRow).where(UserRow.id == 99))
        raise ZeroDivisionError
    assert world.snapshot() == before


def test_a_row_that_refers_to_nothing_is_refused(world: World) -> None:
    scene, elsewhere = world.group("Ann"), world.group("Bo")
    expense_id = scene.add(1000, "Ann")
    strangers = {"member_id": elsewhere.members["Bo"], "group_id": scene.id}
    for row in (
        {"expense_id": 99, "member_id": scene.members["Ann"], "group_id": scene.id},
        {"expense_id": expense_id, **strangers},
        {"expense_id": expense_id, **strangers, "group_id": elsewhere.id},
    ):
        with pytest.raises(IntegrityError):
            world.run(insert(PayerRow).values(amount=1, **row))
    with pytest.raises(IntegrityError):
        world.run(update(MemberRow).values(role="king"))


def test_writers_who_read_first_take_turns_and_none_fails(world: World) -> None:
    world.group("Ann")

    def count(_: int) -> None:
        with world.database.writing() as session:
            version = session.scalars(select(GroupRow.version).with_for_update()).one()
            session.execute(update(GroupRow).values(version=version + 1))

    outcomes = rounds(25, [count] * 8)
    assert [outcome for turn in outcomes for outcome in turn if outcome is not None] == []
    with world.database.reading() as session:
        assert session.scalars(select(GroupRow.version)).one() == 1 + 25 * 8


def test_a_reader_does_not_wait_for_a_writer(world: World) -> None:
    scene = world.group("Ann")
    with world.database.writing() as session:
        session.execute(update(GroupRow).values(name="Not yet committed"))
        assert scene.see().name == "Lisbon 2026"


def test_processes_that_write_one_sqlite_file_take_turns_and_none_fails(sqlite_url: str) -> None:
    """The lock inside a process is not all there is: a second opening stands for a second process."""
    databases = [open_database(sqlite_url) for _ in range(2)]
    with databases[0].writing() as session:
        session.execute(insert(UserRow).values(name="", theme="system", created_at=func.now()))

    def counter(database: Database) -> Callable[[int], object]:
        def count(_: int) -> None:
            with database.writing() as session:
                name = session.scalars(select(UserRow.name)).one()
                session.execute(update(UserRow).values(name=f"{name}x"))

        return count

    outcomes = rounds(20, [counter(database) for database in (*databases, *databases)])
    assert [outcome for turn in outcomes for outcome in turn if outcome is not None] == []
    with databases[0].reading() as session:
        assert session.scalars(select(UserRow.name)).one() == "x" * 80
    for database in databases:
        database.close()


def test_a_new_sqlite_file_can_be_opened_by_many_at_the_same_moment(tmp_path: Path) -> None:
    def open_in(number: int) -> None:
        database = open_database(f"sqlite:///{tmp_path}/{number}.db")
        with database.writing() as session:
            session.execute(text("SELECT 1"))
        database.close()

    outcomes = [outcome for each in rounds(100, [open_in] * 6) for outcome in each]
    assert set(outcomes) == {None}


def test_sqlite_is_opened_with_the_settings_that_were_measured(sqlite_url: str) -> None:
    database = open_database(sqlite_url)
    with database.engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}
    database.close()


def test_postgresql_is_opened_with_limits_on_both_sides(postgresql_url: str) -> None:
    database = open_database(postgresql_url)
    with database.engine.connect() as connection:
        found = {
            name: connection.execute(text(f"SHOW {name}")).scalar()
            for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
        }
    assert found == {
        "statement_timeout": "5s",
        "lock_timeout": "3s",
        "idle_in_transaction_session_timeout": "10s",
    }
    database.close()


def test_the_folder_of_a_new_sqlite_file_is_made(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path}/new/folder/mycount.db")
    database.ping()
    assert (tmp_path / "new" / "folder" / "mycount.db").exists()
    database.close()


def test_whoever_finds_no_free_connection_is_told_soon(database_url: str) -> None:
    database = open_database(database_url, pool_size=1, pool_timeout=0.05)
    with database.reading() as session:
        session.execute(text("SELECT 1"))
        with pytest.raises(PoolTimeoutError):
            database.ping()
    database.ping()
    database.close()


def test_a_connection_that_the_server_has_ended_is_replaced(postgresql_url: str) -> None:
    database, other = open_database(postgresql_url), open_database(postgresql_url)
    database.ping()
    rest = "FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"

    def others(what: str) -> list[object]:
        with other.engine.connect() as connection:
            return list(connection.execute(text(f"SELECT {what} {rest}")).scalars())

    assert others("pg_terminate_backend(pid)") == [True]
    until(lambda: not others("pid"), "the connection has ended")
    database.ping()
    for opened in (database, other):
        opened.close()
