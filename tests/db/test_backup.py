"""A backup of an SQLite database is complete, also while people are writing."""

from pathlib import Path

import pytest

from mycount.db.backup import back_up
from mycount.db.session import open_database
from mycount.services import access, books
from mycount.services.policy import Policy
from tests.at_once import at_once
from tests.world import SECRET, World

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@on_sqlite
def test_everything_that_was_stored_before_is_in_the_copy_and_it_is_sound(
    world: World, tmp_path: Path
) -> None:
    scene = world.group("Ann", "Bo")
    for _ in range(10):
        scene.add(1000, "Ann")
    copy = tmp_path / "a copy.db"

    def write() -> None:
        for _ in range(20):
            scene.add(1000, "Bo")

    assert at_once([write, lambda: back_up(world.database, copy)]) == [None, None]

    restored = open_database(f"sqlite:///{copy}")
    access.start(restored, Policy(secret_key=SECRET))
    assert books.audit() == ()
    assert 10 <= books.size().expenses <= 30
    assert scene.see().name == "Lisbon 2026"
    restored.close()


@on_sqlite
def test_a_file_that_is_there_is_never_overwritten(world: World, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_text("something dear")
    with pytest.raises(FileExistsError):
        back_up(world.database, copy)
    assert copy.read_text() == "something dear"


@on_sqlite
def test_a_copy_is_for_its_owner_alone_and_goes_nowhere_by_mistake(world: World, tmp_path: Path) -> None:
    back_up(world.database, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileNotFoundError):
        back_up(world.database, tmp_path / "not mounted" / "copy.db")


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_postgresql_is_left_to_its_own_tool(world: World, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="pg_dump"):
        back_up(world.database, tmp_path / "copy.db")
