"""The audit: it finds every fault that is made by hand, says where, and finds nothing in sound books."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, text, update

from mycount.db.session import Database
from mycount.db.tables import BalanceRow
from mycount.services import books, expenses, invites, members
from tests.world import Scene, World, assert_sound

Fault = tuple[str, str]

AMOUNTS: list[tuple[str, list[Fault]]] = [
    (
        "UPDATE expense_split SET amount = amount + 1 WHERE expense_id = 1 AND member_id = 2",
        [
            ("group 1, expense 1", "the parts sum to 1001, the amount is 1000"),
            ("group 1, member 2, EUR", "the kept balance is off by -1 from the sum of the parts"),
        ],
    ),
    (
        "UPDATE expense_payer SET amount = amount - 1 WHERE expense_id = 2 AND member_id = 3",
        [
            ("group 1, expense 2", "the payers paid 499, the amount is 500"),
            ("group 1, member 3, JPY", "the kept balance is off by -1 from the sum of the parts"),
        ],
    ),
    (
        "UPDATE expense SET amount = amount + 5 WHERE id = 3",
        [
            ("group 1, expense 3", "the parts sum to 700, the amount is 705"),
            ("group 1, expense 3", "the payers paid 700, the amount is 705"),
        ],
    ),
    (
        "DELETE FROM expense_split WHERE expense_id = 3",
        [("group 1, expense 3", "the parts sum to 0, the amount is 700")],
    ),
    (
        "UPDATE member_balance SET balance = balance + 7 WHERE member_id = 1 AND currency = 'EUR'",
        [
            ("group 1, member 1, EUR", "the kept balance is off by -7 from the sum of the parts"),
            ("group 1, EUR", "the balances sum to 7, not to 0"),
        ],
    ),
    (
        "DELETE FROM member_balance WHERE member_id = 2 AND currency = 'EUR'",
        [
            ("group 1, member 2, EUR", "the kept balance is off by -333 from the sum of the parts"),
            ("group 1, EUR", "the balances sum to 333, not to 0"),
        ],
    ),
    (
        "UPDATE expense SET deleted_at = NULL, deleted_by = NULL WHERE id = 3",
        [
            ("group 1, member 1, EUR", "the kept balance is off by -233 from the sum of the parts"),
            ("group 1, member 2, EUR", "the kept balance is off by -234 from the sum of the parts"),
            ("group 1, member 3, EUR", "the kept balance is off by 467 from the sum of the parts"),
        ],
    ),
    (
        "UPDATE expense SET currency = 'USD' WHERE id = 4",
        [
            ("group 2, member 4, EUR", "the kept balance is off by -150 from the sum of the parts"),
            ("group 2, member 4, USD", "the kept balance is off by 150 from the sum of the parts"),
            ("group 2, member 5, EUR", "the kept balance is off by 150 from the sum of the parts"),
            ("group 2, member 5, USD", "the kept balance is off by -150 from the sum of the parts"),
        ],
    ),
]

STRANGERS = [
    "UPDATE expense_split SET member_id = 4 WHERE expense_id = 1 AND member_id = 2",
    "UPDATE expense_payer SET member_id = 4 WHERE expense_id = 1",
    "UPDATE member_balance SET group_id = 2 WHERE member_id = 1 AND currency = 'JPY'",
    "UPDATE event SET member_id = 4 WHERE id = 1",
    "UPDATE expense SET created_by = 4 WHERE id = 1",
    "UPDATE expense SET changed_by = 4 WHERE id = 1",
    "UPDATE expense SET deleted_by = 4 WHERE id = 3",
    "UPDATE group_invite SET created_by = 4 WHERE id = 1",
    "UPDATE group_invite SET used_by = 4 WHERE id = 1",
    "UPDATE group_invite SET member_id = 4 WHERE id = 1",
]

DANGLING = [
    ("DELETE FROM expense WHERE id = 3", {"expense_payer", "expense_split", "event"}),
    ("DELETE FROM group_members WHERE id = 5", {"expense_split", "member_balance"}),
    ('DELETE FROM "group" WHERE id = 2', {"group_members", "expense", "event"}),
    ('DELETE FROM "user" WHERE id = 1', {"group_members"}),
    ("UPDATE session SET user_id = 99", {"session"}),
    ("UPDATE instance SET administrator_id = 99", {"instance"}),
    ("UPDATE group_invite SET used_by = 99 WHERE id = 1", {"group_invite"}),
    ("UPDATE expense_payer SET group_id = 2 WHERE expense_id = 1", {"expense_payer"}),
]
"""What is done by hand, and the tables whose rows refer to nothing then."""


@pytest.fixture
def scene(world: World) -> Scene:
    """A group (number 1) with something of everything in it, and another (2) for rows to stray into."""
    scene = world.group("Ann", "Bo", "Cy")
    world.join(scene, "Bo")
    invites.make(scene.owner, scene.id)
    scene.add(1000, "Ann")
    scene.add(500, {"Ann": 300, "Cy": 200}, currency="JPY")
    expenses.delete(scene.owner, scene.id, scene.add(700, "Cy"))
    members.remove(scene.owner, scene.id, scene.members["Cy"])
    world.group("Di", "Em").add(300, "Di")
    return scene


def test_sound_books_have_no_fault(world: World) -> None:
    assert_sound()
    assert books.imbalance() == 0
    assert (books.size().groups, books.size().expenses) == (0, 0)


@pytest.mark.usefixtures("scene")
def test_books_with_something_of_everything_have_no_fault() -> None:
    assert_sound()
    assert books.imbalance() == 0
    assert (books.size().groups, books.size().expenses) == (2, 4)


@pytest.mark.usefixtures("scene")
def test_every_amount_changed_by_hand_is_found(world: World) -> None:
    sound = world.snapshot()
    for by_hand, faults in AMOUNTS:
        world.run(text(by_hand))
        assert [(fault.where, fault.what) for fault in books.audit()] == faults, by_hand
        world.put_back(sound)
    assert_sound()


@pytest.mark.usefixtures("scene")
def test_how_much_is_off_in_all_is_told(world: World) -> None:
    world.run(
        text("UPDATE member_balance SET balance = balance + 7 WHERE member_id = 1 AND currency = 'EUR'")
    )
    world.run(
        text("UPDATE member_balance SET balance = balance - 3 WHERE member_id = 1 AND currency = 'JPY'")
    )
    assert books.imbalance() == 10


@pytest.mark.usefixtures("scene")
def test_every_member_of_another_group_is_found(world: World) -> None:
    sound = world.snapshot()
    for by_hand in STRANGERS:
        with _without_foreign_keys(world.database) as connection:
            connection.execute(text(by_hand))
        assert any("who is not in it" in fault.what for fault in books.audit()), by_hand
        world.put_back(sound)
    assert_sound()


@pytest.mark.usefixtures("scene")
def test_every_reference_to_nothing_is_found(world: World) -> None:
    sound = world.snapshot()
    for by_hand, tables in DANGLING:
        with _without_foreign_keys(world.database) as connection:
            connection.execute(text(by_hand))
        dangling = [fault.where for fault in books.audit() if "no such row in" in fault.what]
        assert {where.split(",")[0] for where in dangling} == {f"table {table}" for table in tables}, by_hand
        world.put_back(sound)
    assert_sound()


@pytest.mark.usefixtures("scene")
def test_the_audit_repairs_nothing(world: World) -> None:
    world.run(
        text("UPDATE member_balance SET balance = balance + 7 WHERE member_id = 1 AND currency = 'EUR'")
    )
    before = world.snapshot()
    assert len(books.audit()) == 2
    assert world.snapshot() == before


@contextmanager
def _without_foreign_keys(database: Database) -> Iterator[Connection]:
    """Give a connection that may break references, as somebody with a tool of their own could."""
    with database.engine.execution_options(mycount_writes=True).connect() as connection:
        if database.is_sqlite:
            connection.connection.execute("PRAGMA foreign_keys = OFF")
        else:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        yield connection
        connection.commit()
        if database.is_sqlite:
            connection.connection.execute("PRAGMA foreign_keys = ON")


def test_a_group_whose_balances_do_not_add_up_can_still_be_looked_at(world: World) -> None:
    scene = world.group("Ann", "Bo")
    scene.add(1000, "Ann")
    with world.database.writing() as session:
        session.execute(update(BalanceRow).values(balance=BalanceRow.balance + 1))
    (kept,) = scene.see().money
    assert (kept.plan.transfers, kept.plan.fewest) == ((), False)
    assert books.audit()
