"""Sessions: one for each device, begun by a ticket, ended by time, from here or from elsewhere."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from mycount.db.session import open_database
from mycount.db.tables import SessionRow
from mycount.domain.ids import SessionId
from mycount.services import access, news, sessions, users
from mycount.services.policy import Policy
from tests.world import PASSWORD, SECRET, World


def test_a_ticket_is_good_for_one_session_once(world: World) -> None:
    world.account("Ann")
    ticket = users.sign_in("ann@example.org", PASSWORD, device="Phone").ticket
    assert sessions.find(ticket) is None
    token = world.redeemed(ticket)
    assert world.visitor(token).name == "Ann"
    assert sessions.redeem(ticket) is None


def test_a_ticket_waits_for_a_minute(world: World) -> None:
    world.account("Ann")
    ticket = users.sign_in("ann@example.org", PASSWORD).ticket
    _move(world, ticket_expires_at=timedelta(seconds=-1))
    assert sessions.redeem(ticket) is None


@pytest.mark.parametrize("nonsense", ["", "x", "\x00", "\ud800", "a" * 5000])
def test_nonsense_is_no_ticket_and_no_session(world: World, nonsense: str) -> None:
    world.account("Ann")
    before = world.snapshot()
    assert sessions.redeem(nonsense) is None
    assert sessions.find(nonsense) is None
    sessions.end(nonsense)
    assert world.snapshot() == before


def test_signing_in_gives_a_new_token_and_ends_what_the_browser_had(world: World) -> None:
    ann = world.account("Ann")
    with world.heard() as told:
        session_id = world.visitor(ann.token).session_id
        token = world.redeemed(users.sign_in(ann.email, PASSWORD).ticket, ann.token)
    assert token != ann.token
    assert sessions.find(ann.token) is None
    assert told == [news.of_session(session_id)]


def test_a_used_up_ticket_ends_nobodys_session(world: World) -> None:
    ann = world.account("Ann")
    assert sessions.redeem("used up", old_token=ann.token) is None
    assert sessions.find(ann.token)


@pytest.mark.parametrize(
    ("seen", "created", "is_open"),
    [(13, 13, True), (15, 15, False), (1, 89, True), (1, 91, False), (-1, -1, True)],
)
def test_a_session_ends_14_days_after_its_last_use_and_90_after_it_began(
    world: World, seen: int, created: int, is_open: bool
) -> None:
    ann = world.account("Ann")
    _move(world, seen_at=timedelta(days=-seen), created_at=timedelta(days=-created))
    assert bool(sessions.find(ann.token)) == is_open
    assert sessions.clear_ended() == (not is_open)


def test_using_a_session_keeps_it_open_and_is_noted_once_an_hour(world: World) -> None:
    ann = world.account("Ann")
    unused = world.snapshot()
    sessions.find(ann.token)
    assert world.snapshot() == unused
    for _ in range(3):
        _move(world, seen_at=timedelta(days=-13))
        sessions.find(ann.token)
        assert datetime.now(UTC) - sessions.mine(ann.id)[0].seen_at < timedelta(minutes=1)


def test_the_limits_are_the_installations_own(world: World) -> None:
    ann = world.account("Ann")
    _move(world, seen_at=timedelta(hours=-2), created_at=timedelta(hours=-2))
    world.rules(session_idle=timedelta(hours=3))
    assert sessions.find(ann.token)
    world.rules(session_life=timedelta(hours=1))
    assert sessions.find(ann.token) is None


def test_signing_out_ends_this_session_and_tells_its_pages(world: World) -> None:
    ann = world.account("Ann")
    other = world.device(ann.id)
    session_id = world.visitor(ann.token).session_id
    with world.heard() as told:
        sessions.end(ann.token)
        sessions.end(ann.token)
    assert told == [news.of_session(session_id)]
    assert sessions.find(ann.token) is None
    assert sessions.find(other)


def test_signing_out_everywhere_ends_every_session_of_mine_and_no_other(world: World) -> None:
    ann, bo = world.account("Ann"), world.account("Bo")
    tokens = [ann.token, *(world.device(ann.id) for _ in range(2))]
    here = world.visitor(tokens[1])
    ids = [world.visitor(token).session_id for token in tokens]
    with world.heard() as told:
        assert sessions.end_all(ann.id, but=here.session_id) == 2
    assert told == sorted(news.of_session(ended) for ended in ids if ended != here.session_id)
    assert [bool(sessions.find(token)) for token in tokens] == [False, True, False]
    assert sessions.end_all(ann.id) == 1
    assert sessions.find(tokens[1]) is None
    assert sessions.find(bo.token)


def test_i_can_end_one_of_my_sessions_from_another_but_nobody_elses(world: World) -> None:
    ann, bo = world.account("Ann"), world.account("Bo")
    sessions.end_one(ann.id, world.visitor(bo.token).session_id)
    assert sessions.find(bo.token)
    sessions.end_one(bo.id, world.visitor(bo.token).session_id)
    assert sessions.find(bo.token) is None


def test_my_devices_are_listed_the_latest_used_first_without_those_that_ended(world: World) -> None:
    ann = world.account("Ann")
    world.account("Bo")
    for device in ("Phone", "Tablet"):
        world.device(ann.id, device)
    users.sign_in(ann.email, PASSWORD, device="Never came")
    first = world.visitor(ann.token).session_id
    _move(world, first, seen_at=timedelta(days=-1), created_at=timedelta(days=-50))
    assert [device.device for device in sessions.mine(ann.id)] == ["Tablet", "Phone", "Firefox"]
    _move(world, first, seen_at=timedelta(days=-20), created_at=timedelta(days=-50))
    assert [device.device for device in sessions.mine(ann.id)] == ["Tablet", "Phone"]


def test_what_is_over_is_cleared_away_and_nothing_else(world: World) -> None:
    ann = world.account("Ann")
    users.sign_in(ann.email, PASSWORD, device="Never came")
    assert sessions.clear_ended() == 0
    world.run(
        update(SessionRow)
        .where(SessionRow.ticket_hash.is_not(None))
        .values(ticket_expires_at=datetime.now(UTC) - timedelta(days=2))
    )
    assert sessions.clear_ended() == 1
    assert sessions.find(ann.token)


def test_a_session_survives_a_restart(world: World) -> None:
    ann = world.account("Ann")
    access.stop()
    again = open_database(world.database.engine.url.render_as_string(hide_password=False))
    access.start(again, Policy(secret_key=SECRET))
    assert world.visitor(ann.token).user_id == ann.id
    again.close()


def _move(world: World, session_id: SessionId | None = None, **moments: timedelta) -> None:
    """Set moments of a session, or of all, to so long from now."""
    which = [SessionRow.id == session_id] if session_id else []
    values = {name: datetime.now(UTC) + distance for name, distance in moments.items()}
    world.run(update(SessionRow).where(*which).values(values))
