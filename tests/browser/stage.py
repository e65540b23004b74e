"""A group that is there already, and its people who come in by a browser: what a test is not about takes no time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

from sqlalchemy import update

from mycount.db.tables import UserRow
from mycount.domain.ids import UserId
from mycount.services import passwords
from mycount.services.views import Role
from tests.browser.person import PASSWORD, Person
from tests.conftest import opened
from tests.server import Server
from tests.world import World, assert_sound

MakePerson = Callable[..., Person]


class Stage:
    """A group whose first person administers it, the others being there by name; `enter` opens it in a browser."""

    def __init__(self, world: World, server: Server, make: MakePerson, names: tuple[str, ...]) -> None:
        self.world = world
        self.server = server
        self._make = make
        self.group = world.group(*names)
        self.path = f"/groups/{self.group.id}"

    def enter(self, name: str, view: str = "", *, role: Role = "member", **options: object) -> Person:
        """Let somebody have an account, and open the group in a browser profile of their own."""
        person = self.outside(name, role=role, **options)
        person.open(f"{self.path}/{view}" if view else self.path)
        return person

    def outside(self, name: str, *, role: Role = "member", guest: bool = False, **options: object) -> Person:
        """Let somebody have an account (or be a guest) and be signed in, with no page open yet."""
        known = name in self.group.users
        user = self.group.users[name] if known else self.world.join(self.group, name, role)
        person = self._make(self.server, name, **{"reduced_motion": "reduce", **options})
        person.email = f"{name.lower()}.{user}@example.org"
        if not guest:
            self._give_account(user, person.email)
        person.holds(self.world.device(user))
        return person

    def _give_account(self, user: UserId, email: str) -> None:
        values = {"email": email, "password_hash": _password_hash()}
        self.world.run(update(UserRow).where(UserRow.id == user).values(values))


@contextmanager
def staged(server: Server, make: MakePerson) -> Iterator[Callable[..., Stage]]:
    """Make groups in a server's database, by the same services; the server hears nothing of it by itself.

    Whatever was done in the block, the books are even at its end, and nothing went wrong that nobody expected.
    """
    with contextmanager(opened)(server.database_url) as database, quiet(server):
        world = World(database)
        yield lambda *names: Stage(world, server, make, names)
        assert_sound()


@contextmanager
def quiet(server: Server) -> Iterator[None]:
    """Assert that the server logs no unforeseen error while the block runs."""
    before = len(server.unforeseen())
    yield
    assert server.unforeseen()[before:] == []


@cache
def _password_hash() -> str:
    return passwords.hashed(PASSWORD)
