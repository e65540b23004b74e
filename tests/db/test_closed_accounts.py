"""A database of before accounts could be closed: everything stays, nobody is closed, and whoever wants to can close."""

from sqlalchemy import text

from mycount.db.migrate import migrate, newest
from mycount.db.session import Database
from mycount.services import access, books, closing
from mycount.services.policy import Policy
from tests.world import PASSWORD, SECRET, World


def test_accounts_of_before_are_open_and_can_be_closed(bare: Database) -> None:
    migrate(bare)
    access.start(bare, Policy(secret_key=SECRET))
    world = World(bare)
    ann = world.account("Ann")
    world.group("Ann", "Bo", owner=ann.id).add(1000, "Ann")
    before = world.snapshot()
    with bare.writing() as session:
        session.execute(text('ALTER TABLE "user" DROP COLUMN closed_at'))
        session.execute(text("UPDATE alembic_version SET version_num = '0004'"))
    for _ in range(2):
        assert migrate(bare) == newest()
    assert world.snapshot() == before
    assert not closing.is_closed(ann.id)
    closing.close(ann.id, PASSWORD)
    assert closing.is_closed(ann.id)
    assert books.audit() == ()
    access.stop()
