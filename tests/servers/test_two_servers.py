"""What happens at one server holds at the other at once: changes, sign-outs, removals; and what is done once is."""

import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

from mycount.db.channel import tell_by_pool
from mycount.services import members
from mycount.services.neighbours import Neighbours
from tests.asking import client
from tests.server import Server
from tests.servers.conftest import Two, metric
from tests.waiting import until

CUT = """
    SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
    WHERE application_name = 'mycount listening' AND datname = '{name}'
"""


def test_what_is_changed_is_on_the_screens_at_both(two: Two) -> None:
    with two:
        scene = two.world.group("Ann", "Bo")
        tokens = two.world.device(scene.owner), two.world.device(two.world.join(scene, "Bo"))
        ann, bo = (
            two.open(server, token, f"/groups/{scene.id}")
            for server, token in zip((two.a, two.b), tokens, strict=True)
        )
        scene.add(1800, "Ann", title="Museum")
        assert ann.sees("Museum") and bo.sees("Museum")


def test_signing_out_at_one_closes_the_pages_of_that_session_at_the_other(two: Two) -> None:
    with two:
        scene = two.world.group("Ann", "Bo")
        here, elsewhere = (two.world.device(scene.owner) for _ in range(2))
        page, other = (two.open(two.b, token, f"/groups/{scene.id}") for token in (here, elsewhere))
        sign_out(two.a, here)
        assert page.sees("ended=1") and page.is_closed()
        scene.add(1800, "Ann", title="Kayak")
        assert other.sees("Kayak"), "only the session that was signed out has ended"


def test_a_password_set_on_the_command_line_closes_the_pages_at_all_servers(two: Two) -> None:
    with two:
        ann = two.world.account("Ann")
        pages = [two.open(server, ann.token, "/") for server in (two.a, two.b)]
        done = two.a.run("user", "reset-password", ann.email, "--generate")
        assert done.returncode == 0, done.stderr
        assert [page.is_closed() for page in pages] == [True, True]


def test_whoever_is_removed_is_sent_away_at_every_server(two: Two) -> None:
    with two:
        scene = two.world.group("Ann", "Bo")
        bo = two.open(two.b, two.world.device(two.world.join(scene, "Bo")), f"/groups/{scene.id}")
        members.remove(scene.owner, scene.id, scene.members["Bo"])
        assert bo.sees("goElsewhere")


def test_what_is_due_is_done_by_one_of_them_alone(two: Two) -> None:
    def done(name: str) -> list[float | None]:
        labels = f'{{operation="{name}",outcome="ok"}}'
        return [metric(server, "mycount_operations_total", labels) for server in (two.a, two.b)]

    until(lambda: sum(map(float, filter(None, done("groups.purge")))) > 0, "it is done")
    until(lambda: sum(map(float, filter(None, done("books.audit")))) > 0, "it is done")
    duties = [server.log().count('"duty_taken"') for server in (two.a, two.b)]
    assert sorted(duties) == [0, 1]
    for name in ("groups.purge", "sessions.clear_ended", "books.audit"):
        assert sorted(map(float, filter(None, [*done(name)]))) == [1.0], name
    assert done("groups.purge").index(1.0) == duties.index(1)


def test_who_could_not_hear_for_a_while_sees_on_return_what_was_missed(two: Two) -> None:
    with two:
        scene = two.world.group("Ann", "Bo")
        tokens = [two.world.device(scene.owner) for _ in range(2)]
        page, gone = (two.open(two.b, token, f"/groups/{scene.id}") for token in tokens)
        lost = metric(two.b, "mycount_listening_lost_total") or 0
        with paused(two.b):
            two.administer(CUT)
            scene.add(1800, "Ann", title="Aquarium")
            sign_out(two.a, tokens[1])
        assert page.sees("Aquarium")
        assert gone.is_closed()
        assert metric(two.b, "mycount_listening_lost_total") == lost + 1
        two.have_met()
        scene.add(1800, "Ann", title="Harbour")
        assert page.sees("Harbour")


def test_a_server_with_another_secret_key_is_told_of_in_the_log(two: Two) -> None:
    stranger = Neighbours(b"another key, and long enough to be one")
    tell_by_pool(two.database, stranger.say("hello", [stranger.mark]))
    for server in (two.a, two.b):
        until(lambda server=server: '"secret_keys_differ"' in server.log(), "it is told")
    tell_by_pool(two.database, stranger.say("bye"))
    two.have_met()


def test_when_the_one_that_has_the_duty_is_killed_the_other_takes_it(two: Two) -> None:
    killed, left = sorted((two.a, two.b), key=_taken_at, reverse=True)
    before = left.log().count('"duty_taken"')
    killed.kill()
    until(lambda: left.log().count('"duty_taken"') > before, "the other has it")
    until(lambda: metric(left, "mycount_other_servers") == 0, "it is alone")


def _taken_at(server: Server) -> str:
    """Give when a server last took the duty; the smallest text if it never did."""
    lines = [line for line in server.log().splitlines() if '"duty_taken"' in line]
    return max((str(json.loads(line)["timestamp"]) for line in lines), default="")


@contextmanager
def paused(server: Server) -> Iterator[None]:
    """Let nothing of a server run for a while, as where a network is cut."""
    assert server.process is not None
    os.kill(server.process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(server.process.pid, signal.SIGCONT)


def sign_out(server: Server, token: str) -> None:
    """Sign out as a page of this server does."""
    asked = {"Sec-Fetch-Site": "same-origin", "X-MyCount": "1"}
    cookies = {"mycount_session": token}
    with client(headers=asked, cookies=cookies) as visitor:
        assert visitor.post(f"{server.address}/auth/sign-out").status_code == 200
