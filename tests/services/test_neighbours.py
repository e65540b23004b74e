"""What other servers on the same PostgreSQL are told: after the commit, all of it, and nothing that did not happen."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from mycount.db.channel import LONGEST, Channel, pieces, tell_by_pool
from mycount.db.session import Database, open_database
from mycount.domain.errors import Invalid
from mycount.services import access, groups, news, sessions
from mycount.services.neighbours import Neighbours, understood
from mycount.services.policy import Policy
from tests.conftest import opened
from tests.waiting import until
from tests.world import SECRET, World

END = '["test","beat",null]'


@pytest.fixture
def told(postgresql_url: str) -> Iterator[tuple[World, Channel]]:
    """A world whose news other servers are told, and a channel that hears it as they do."""
    with contextmanager(opened)(postgresql_url) as database:
        access.start(database, Policy(secret_key=SECRET), Neighbours(SECRET).tell_news)
        channel = Channel(database)
        yield World(database), channel
        channel.close()


def heard(database: Database, channel: Channel) -> list[str]:
    """Give the topics of all news that was told so far."""
    tell_by_pool(database, END)
    never, _ = os.pipe()
    found: list[str] = []
    while True:
        for said in channel.hear(10, never):
            if said == END:
                return found
            message = understood(said)
            assert message is not None and message.kind == "news"
            found.extend(message.content)


def test_others_are_told_what_listeners_here_are_told(told: tuple[World, Channel]) -> None:
    world, channel = told
    scene = world.group("Ann", "Bo")
    world.join(scene, "Bo")
    heard(world.database, channel)
    with world.heard() as here:
        scene.add(1800, "Ann")
    assert heard(world.database, channel) == sorted(here) != []


def test_others_are_told_after_the_commit_and_not_of_what_is_undone(told: tuple[World, Channel]) -> None:
    world, channel = told
    scene = world.group("Ann", "Bo")
    heard(world.database, channel)
    with pytest.raises(Invalid):
        groups.edit(scene.owner, scene.id, name="Porto", icon="no icon", currency="EUR")
    with access.transaction() as door:
        door.topics.add(news.of_group(scene.id))
        assert heard(world.database, channel) == []
    assert heard(world.database, channel) == [news.of_group(scene.id)]


def test_more_news_than_fits_into_one_message_is_told_whole(told: tuple[World, Channel]) -> None:
    world, channel = told
    topics = {f"session:{10**9 + number}" for number in range(2_000)}
    with access.transaction() as door:
        door.topics.update(topics)
    assert heard(world.database, channel) == sorted(topics)
    parts = list(pieces(sorted(topics)))
    assert max(len(Neighbours(SECRET).say("news", part).encode()) for part in parts) < LONGEST + 100


def test_signing_out_names_the_sessions_that_have_ended(told: tuple[World, Channel]) -> None:
    world, channel = told
    ann = world.user("Ann")
    visitors = [world.visitor(world.device(ann)) for _ in range(3)]
    heard(world.database, channel)
    sessions.end_all(ann, but=visitors[0].session_id)
    ended = sorted(news.of_session(visitor.session_id) for visitor in visitors[1:])
    assert heard(world.database, channel) == ended


def test_a_server_that_has_heard_of_no_other_tells_nothing(told: tuple[World, Channel]) -> None:
    world, channel = told
    neighbours = Neighbours(SECRET)
    access.start(world.database, Policy(secret_key=SECRET), neighbours.tell_news)
    scene = world.group("Ann", "Bo")
    assert heard(world.database, channel) != [], "it does not listen yet: somebody may be there"
    neighbours.listen(True)
    scene.add(1800, "Ann")
    assert heard(world.database, channel) == []
    neighbours.meet("another")
    scene.add(1800, "Ann")
    assert news.of_group(scene.id) in heard(world.database, channel)
    neighbours.part("another")
    scene.add(1800, "Ann")
    assert heard(world.database, channel) != [], "it has just been there"


def test_one_connection_at_a_time_has_the_duty_until_it_ends(told: tuple[World, Channel]) -> None:
    world, channel = told
    other = Channel(world.database)
    assert (channel.take_duty(), other.take_duty()) == (True, False)
    channel.close()
    until(other.take_duty, "the database has seen the end of the connection")
    other.close()


def test_a_channel_takes_no_place_in_the_pool(postgresql_url: str) -> None:
    database = open_database(postgresql_url, pool_size=1, pool_timeout=0.1)
    channels = [Channel(database) for _ in range(3)]
    database.ping()
    for channel in channels:
        channel.close()
    database.close()


@pytest.mark.parametrize(
    "nonsense",
    [
        "",
        "{}",
        "[1,2,3]",
        '["a","news",null]',
        '["a","news",["group:x"]]',
        '["a","here",["1 b"]]',
        '["a","new",1]',
    ],
)
def test_what_is_not_ours_is_not_understood(nonsense: str) -> None:
    assert understood(nonsense) is None
