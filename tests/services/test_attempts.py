"""Whoever guesses is slowed down, more and more; whoever belongs there is not locked out."""

import pytest

from mycount.domain.errors import Invalid
from mycount.services.attempts import FREE, LONGEST, SECONDS_5_MINUTES, Attempts
from tests.clock import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def attempts(clock: Clock) -> Attempts:
    return Attempts(clock)


def one_after_the_other(
    attempts: Attempts, clock: Clock, count: int, account: str, address: str
) -> list[float]:
    """Try so many times, each time as soon as one may; gives the waits."""
    waits = []
    for _ in range(count):
        waits.append(attempts.turn(account, address))
        clock.now += waits[-1]
    return waits


def test_ten_are_free_then_each_takes_longer_and_none_longer_than_25_seconds(
    attempts: Attempts, clock: Clock
) -> None:
    waits = one_after_the_other(attempts, clock, 19, "ann", "192.0.2.1")
    assert waits == [0.0] * FREE + [0.2 * 2**n for n in range(7)] + [25.0, 25.0]
    assert max(waits) == LONGEST


def test_an_account_is_guarded_against_many_addresses_and_an_address_against_many_accounts(
    attempts: Attempts, clock: Clock
) -> None:
    for number in range(FREE):
        assert attempts.turn("ann", f"192.0.2.{number}") == 0
        assert attempts.turn(f"user {number}", "198.51.100.7") == 0
    assert attempts.turn("ann", "203.0.113.9") > 0
    assert attempts.turn("somebody", "198.51.100.7") > 0
    assert attempts.turn("somebody else", "203.0.113.10") == 0


def test_however_an_email_is_spelled_it_is_one_account(attempts: Attempts, clock: Clock) -> None:
    spellings = [
        "ann@mail.com",
        "Ann@MAIL.com",
        " ann@mail.com",
        "ann@ｍail.com",
        "ann@mail。com",
        "ann@ｍａｉｌ.com",
    ]
    for number in range(FREE):
        assert attempts.turn(spellings[number % len(spellings)], f"10.0.0.{number}") == 0
    for number, spelling in enumerate(spellings):
        clock.now += 30
        assert attempts.turn(spelling, f"10.0.1.{number}") > 0
    attempts.succeeded("ann@ｍail.com", "10.0.2.1")
    assert attempts.turn("ann@mail.com", "10.0.2.1") == 0


def test_many_at_once_from_one_address_take_turns_and_the_last_are_sent_away(attempts: Attempts) -> None:
    waits = []
    with pytest.raises(Invalid, match="Too many attempts"):
        for _ in range(100):
            waits.append(attempts.turn("ann", "192.0.2.1"))
    assert waits == sorted(waits)
    assert max(waits) <= 2 * LONGEST
    assert len(waits) < FREE + 10


def test_whoever_was_let_in_from_there_before_does_not_wait_for_what_others_try(
    attempts: Attempts, clock: Clock
) -> None:
    attempts.turn("ann", "192.0.2.1")
    attempts.succeeded("ann", "192.0.2.1")
    one_after_the_other(attempts, clock, 20, "bo", "192.0.2.1")
    one_after_the_other(attempts, clock, 20, "ann", "203.0.113.9")
    assert attempts.turn("ann", "192.0.2.1") == 0
    assert attempts.turn("ann", "192.0.2.77") == LONGEST
    assert max(one_after_the_other(attempts, clock, 15, "ann", "192.0.2.1")) > 1


def test_it_is_over_after_five_minutes(attempts: Attempts, clock: Clock) -> None:
    one_after_the_other(attempts, clock, 20, "ann", "192.0.2.1")
    clock.now += SECONDS_5_MINUTES + 1
    assert attempts.turn("ann", "192.0.2.1") == 0


def test_an_office_where_everybody_knows_the_password_never_waits(attempts: Attempts) -> None:
    for number in range(200):
        assert attempts.turn(f"user {number}", "192.0.2.1") == 0
        attempts.succeeded(f"user {number}", "192.0.2.1")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("testclient", "testclient"),
    ],
)
def test_what_is_one_network_is_one_address(attempts: Attempts, one: str, other: str) -> None:
    for number in range(FREE):
        attempts.turn(f"user {number}", one)
    assert attempts.turn("ann", other) > 0


def test_it_remembers_no_more_than_there_is_room_for(attempts: Attempts) -> None:
    for number in range(30_000):
        attempts.turn(f"user {number}", f"host {number}")
    assert len(attempts._records) <= 20_000
