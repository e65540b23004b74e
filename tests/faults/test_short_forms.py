"""The short forms of what `make soak` does for long: kills, crashes, lost answers, a broken network, a full disk, …"""

from collections.abc import Iterator

import pytest

from tests.bench.figures import POSTGRESQL, SQLITE, Notebook
from tests.soak import answers, backups, clock, crashes, disk, floods, kills, migrations, network, served
from tests.soak.places import KINDS, Place, opened


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    """A place with a PostgreSQL server of its own, which nobody minds to see killed."""
    with opened(quick=True, notebook=Notebook()) as place:
        yield place


@pytest.fixture(autouse=True)
def nothing_is_missed(place: Place) -> Iterator[None]:
    """Fail where a figure was not what it should be; times are for the long forms."""
    place.notebook.figures.clear()
    yield
    assert [one for one in place.notebook.missed() if one.unit != "s"] == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_acknowledged_survives_the_program_being_killed(place: Place, kind: str) -> None:
    kills.kill_again_and_again(place, kind, 3)


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_page_has_shown_as_stored_survives_the_server_being_killed(place: Place, kind: str) -> None:
    served.kill_again_and_again(place, kind, 1)


def test_what_was_acknowledged_survives_postgresql_being_killed_and_all_go_on(place: Place) -> None:
    crashes.kill_again_and_again(place, 3)


def test_what_is_sent_again_because_the_answer_was_lost_counts_once(place: Place) -> None:
    answers.soak(place)


@pytest.mark.parametrize("fault", ["hangs", "is cut"])
def test_a_broken_way_to_postgresql_loses_nothing_and_is_over_when_it_is_mended(
    place: Place, fault: str
) -> None:
    network.break_it(place, fault, 1, callers=12)


@pytest.mark.parametrize("kind", KINDS)
def test_a_full_disk_is_told_and_loses_nothing(place: Place, kind: str) -> None:
    if (reason := disk.cannot()) is not None:
        pytest.skip(f"A FULL DISK IS NOT TRIED: {reason}")
    disk.fill(place, kind, 1)


def test_a_backup_that_is_made_while_others_write_has_all_of_before_and_is_sound(place: Place) -> None:
    backups.soak(place)


@pytest.mark.parametrize("kind", KINDS)
def test_a_migration_that_is_killed_leaves_nothing_half_done(place: Place, kind: str) -> None:
    migrations.kill_everywhere(place, kind, every=15)


def test_what_the_clock_says_changes_no_balance_and_no_day_and_signs_nobody_out(place: Place) -> None:
    if clock.library() is None:
        pytest.skip("ANOTHER TIME IS NOT TRIED: no libfaketime can be had here")
    clock.tell_everywhere(place, KINDS[0], [clock.MOMENTS["leap day"]], ("UTC", "Pacific/Kiritimati"))
    clock.jump(place, KINDS[0])


@pytest.mark.parametrize(
    ("kind", "database"),
    [
        (floods.EVENTS, SQLITE),
        (floods.PAGES_SIGNED_IN, SQLITE),
        (floods.PAGES_SIGNED_IN, POSTGRESQL),
        (floods.COMING, POSTGRESQL),
    ],
)
def test_a_flood_is_noticed_and_its_memory_bounded(place: Place, kind: str, database: str) -> None:
    floods.flood(place, kind, 8 if kind == floods.COMING else 12, database=database)


def test_pages_beyond_the_limit_are_noticed_where_there_is_none(place: Place) -> None:
    floods.notice(place, 10)


def test_sockets_beyond_the_limit_are_noticed_where_there_is_none(place: Place) -> None:
    floods.notice_sockets(place, 3)
