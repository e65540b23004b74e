"""Fills groups with years of expenses at once, as the services would have stored them one by one."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import insert, text, update

from mycount.db import deadline
from mycount.db.session import Database
from mycount.db.tables import ExpenseRow, MemberRow, SessionRow, UserRow
from mycount.domain.ids import UserId
from mycount.services import tokens
from tests.world import Scene, World

PEOPLE = ("Ann", "Bo", "Cy", "Di", "Em", "Fay", "Gus", "Hal", "Ida", "Jo")
RARE = "Aquarium"
"""A word in the title of one expense of every group."""
TODAY, _DAYS = date.today(), 3650
_FIRST = TODAY - timedelta(days=_DAYS - 1)
_CHUNK = 10_000
_TITLES = (
    ("Supermarket", "groceries"), ("Dinner", "restaurant"), ("Train to Lisbon", "transport"), ("Rent", "rent"),
    ("Electricity", "utilities"), ("Coffee", "restaurant"), ("Museum", "entertainment"), ("Taxi", "transport"),
    ("Hotel", "travel"), ("Market hall", "groceries"),
)  # fmt: skip


@deadline.at_leisure()
def filled(world: World, size: int) -> Scene:
    """Make a group of ten with so many expenses over ten years until today, and their history; its books are sound."""
    scene = world.group(*PEOPLE)
    for first in range(0, size, _CHUNK):
        rows = [_expense(scene, number, size) for number in range(first, min(first + _CHUNK, size))]
        world.run(insert(ExpenseRow), *rows)
    with world.database.writing() as session:
        if not world.database.is_sqlite:
            for wish in _IN_HASTE:
                session.execute(text(wish))
        for statement in (_PAYERS, _PARTS, _EVENTS, _BALANCES):
            session.execute(text(statement), {"group": scene.id, "now": datetime.now(UTC)})
    return scene


def settle_down(database: Database) -> None:
    """Let PostgreSQL do at once what it does by itself within minutes; SQLite does no such thing."""
    if not database.is_sqlite:
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


def crowd(world: World, people: int, expenses: int) -> list[tuple[str, str]]:
    """Make groups of ten until there are so many people; gives the path of the group and the token of each."""
    found: list[tuple[str, str]] = []
    while len(found) < people:
        scene = filled(world, expenses)
        found += [(f"/groups/{scene.id}", token) for token in all_signed_in(world, scene)]
    return found[:people]


def all_signed_in(world: World, scene: Scene) -> list[str]:
    """Give everybody of a group a user and a session; gives their tokens, in the order of the members."""
    now, made = datetime.now(UTC), []
    with world.database.writing() as session:
        for name, member in scene.members.items():
            user = scene.users.get(name)
            if user is None:
                row = UserRow(name=name, theme="system", created_at=now)
                session.add(row)
                session.flush()
                user = scene.users[name] = UserId(row.id)
                session.execute(update(MemberRow).where(MemberRow.id == member).values(user_id=user))
            made.append(token := tokens.new())
            session.add(
                SessionRow(user_id=user, token_hash=tokens.hashed(token), created_at=now, seen_at=now)
            )
    return made


def latest(size: int) -> str:
    """Name the expense that stands first in the list of a group of this size."""
    return _title(size - 1, size)[0]


def _title(number: int, size: int) -> tuple[str, str]:
    if number == size // 2:
        return f"{RARE} {number}", "entertainment"
    title, category = _TITLES[number % len(_TITLES)]
    return f"{title} {number}", category


def _expense(scene: Scene, number: int, size: int) -> dict[str, object]:
    owner = scene.members[PEOPLE[0]]
    title, category = _title(number, size)
    day = _FIRST + timedelta(days=_DAYS * number // size)
    then = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return {
        "group_id": scene.id, "kind": "expense", "title": title, "title_key": title.casefold(),
        "search_key": f"{title.casefold()}\n", "amount": 10 * (500 + number * 37 % 9_000), "currency": "EUR",
        "category": category, "day": day, "note": "", "mode": "equal", "version": 1,
        "submit_key": f"filled {number}", "created_by": owner, "created_at": then, "changed_by": owner,
        "changed_at": then,
    }  # fmt: skip


# What is written is right, as the audit says afterwards: PostgreSQL need not look up each of a million references.
_IN_HASTE = ("SET LOCAL statement_timeout = 0", "SET LOCAL session_replication_role = replica")
_MEMBERS = """(SELECT id, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS people
    FROM group_members WHERE group_id = :group) AS m"""
_PAYERS = f"""INSERT INTO expense_payer (expense_id, member_id, group_id, amount)
    SELECT e.id, m.id, e.group_id, e.amount FROM expense AS e JOIN {_MEMBERS} ON m.place = e.id * 7 % m.people
    WHERE e.group_id = :group"""
_PARTS = f"""INSERT INTO expense_split (expense_id, member_id, group_id, amount, typed, rounding)
    SELECT e.id, m.id, e.group_id, e.amount / m.people, '1', 0 FROM expense AS e CROSS JOIN {_MEMBERS}
    WHERE e.group_id = :group ORDER BY e.id, m.id"""
_EVENTS = """INSERT INTO event (group_id, member_id, at, verb, subject, expense_id, amount, currency)
    SELECT group_id, created_by, created_at, 'added', title, id, amount, currency FROM expense
    WHERE group_id = :group ORDER BY id"""
_BALANCES = """INSERT INTO member_balance (member_id, currency, group_id, balance, absorbed)
    SELECT m.id, 'EUR', m.group_id,
        coalesce((SELECT sum(amount) FROM expense_payer AS p WHERE p.member_id = m.id), 0)
        - coalesce((SELECT sum(amount) FROM expense_split AS s WHERE s.member_id = m.id), 0), 0
    FROM group_members AS m WHERE m.group_id = :group"""
