"""Moments are stored in UTC and given back in UTC, and one that says no zone is refused."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from mycount.db.tables import UserRow
from tests.world import World

KOLKATA = timezone(timedelta(hours=5, minutes=30))


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 3, 14, 15, 9, 26, 535897, tzinfo=UTC),
        datetime(2026, 3, 14, 2, 0, tzinfo=KOLKATA),
        datetime(1999, 12, 31, 23, 59, 59, 999999, tzinfo=timezone(timedelta(hours=-9))),
    ],
)
def test_a_moment_comes_back_as_the_same_moment_in_utc(world: World, moment: datetime) -> None:
    with world.database.writing() as session:
        session.add(UserRow(name="Ann", theme="system", created_at=moment))
    with world.database.reading() as session:
        found = session.scalars(select(UserRow.created_at)).one()
        assert session.scalars(select(UserRow.id).where(UserRow.created_at == moment)).all() == [1]
    assert found == moment
    assert found.tzinfo is UTC


def test_no_moment_is_no_moment(world: World) -> None:
    scene = world.group()
    assert scene.see().is_archived is False


def test_a_moment_without_a_zone_is_refused(world: World) -> None:
    before = world.snapshot()
    naive = datetime(2026, 3, 14)
    with pytest.raises(StatementError, match="a moment needs its zone"), world.database.writing() as session:
        session.add(UserRow(name="Ann", theme="system", created_at=naive))
        session.flush()
    assert world.snapshot() == before
