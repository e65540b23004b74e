"""A good call of every service function, with every one of its arguments; for whoever changes one of them."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from mycount.domain.ids import GroupId, SessionId
from mycount.domain.ledger import Kind
from mycount.domain.split import Mode
from mycount.services import access, groups, invites, members
from mycount.services.views import Draft, Filter, Word
from tests.services.acts import Stage, stage
from tests.world import PASSWORD, World

Given = dict[str, Any]
NEW_PASSWORD = "another horse 7 battery"
WANTED = Filter(
    words=(Word("dinner", frozenset({"restaurant"}), (Decimal(10), Decimal(11))),),
    category="other",
    since=date(2026, 1, 1),
    until=date(2026, 12, 31),
    currency="EUR",
    kind=Kind.EXPENSE,
)


class Here:
    """A group with somebody in each role, and beside it whatever else a call may be about."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.stage: Stage = stage(world)
        scene = self.stage.scene
        self.account = world.account("Ina")
        self.alone = world.group("Ina", owner=self.account.id)
        self.guest = world.user("Gil")
        self.session: SessionId = world.visitor(self.account.token).session_id
        self.invite = invites.make(scene.owner, scene.id).token
        self.ticket = self._ticket()
        self.deleted: GroupId = world.group("Ann", owner=scene.owner).id
        groups.delete(scene.owner, self.deleted)
        self.gone = members.add(scene.owner, scene.id, "Tom")
        members.remove(scene.owner, scene.id, self.gone)

    def group(self, **more: Any) -> Given:
        """Name the administrator, the group, and what else there is to name."""
        return {"actor": self.stage.scene.owner, "group_id": self.stage.id, **more}

    def member(self, name: str) -> Any:
        """Give the id of a member."""
        return self.stage.scene.members[name]

    def draft(self, **changed: Any) -> Draft:
        """Write a good expense in which nothing is left out."""
        given = {
            "mode": Mode.SHARES,
            "category": "restaurant",
            "note": "late",
            "submit_key": "once",
            **changed,
        }
        return self.stage.scene.draft(500, {"Ann": 200, "Fay": 300}, {"Ann": 1, "Fay": 2}, **given)

    def _ticket(self) -> str:
        from mycount.services import tickets

        with access.transaction() as door:
            return tickets.begin(door, self.account.id, "Firefox")


def _list(here: Here, **more: Any) -> Given:
    return here.group(after=(date(2026, 3, 14), here.stage.expense_id), limit=40, **more)


GOOD: dict[str, Callable[[Here], Given]] = {
    "attempts.turn": lambda here: {"account": "ann@example.org", "address": "192.0.2.1"},
    "balances.why": lambda here: _list(here, member_id=here.member("Ann"), currency="EUR"),
    "books.audit": lambda here: {},
    "books.imbalance": lambda here: {},
    "books.size": lambda here: {},
    "books.totals": lambda here: {},
    "closing.close": lambda here: {
        "actor": here.account.id,
        "password": PASSWORD,
        "ending": (here.alone.id,),
    },
    "closing.close_for": lambda here: {"email": here.account.email},
    "closing.is_closed": lambda here: {"user_id": here.account.id},
    "closing.outlook": lambda here: {"actor": here.account.id},
    "expenses.add": lambda here: here.group(draft=here.draft()),
    "expenses.alike": lambda here: here.group(
        amount=1000, currency="EUR", day=date(2026, 3, 14), kind=Kind.EXPENSE, but=here.stage.deleted_id
    ),
    "expenses.delete": lambda here: here.group(expense_id=here.stage.expense_id),
    "expenses.deleted": lambda here: _list(here),
    "expenses.edit": lambda here: here.group(
        expense_id=here.stage.expense_id, version=1, draft=here.draft(title="Lunch")
    ),
    "expenses.listed": lambda here: _list(here, wanted=WANTED),
    "expenses.restore": lambda here: here.group(expense_id=here.stage.deleted_id),
    "expenses.see": lambda here: here.group(expense_id=here.stage.expense_id),
    "expenses.sent": lambda here: here.group(submit_key="sent before"),
    "expenses.suggest": lambda here: here.group(title="Dinner"),
    "export.begin": lambda here: here.group(),
    "export.read": lambda here: here.group(ids=(here.stage.expense_id, here.stage.deleted_id)),
    "groups.archive": lambda here: here.group(),
    "groups.create": lambda here: {
        "actor": here.account.id,
        "name": "Porto",
        "icon": "home",
        "currency": "EUR",
        "people": ("Bo", "Cy"),
    },
    "groups.delete": lambda here: here.group(),
    "groups.deleted": lambda here: {"actor": here.stage.scene.owner},
    "groups.edit": lambda here: here.group(name="Porto", icon="home", currency="USD"),
    "groups.purge": lambda here: {},
    "groups.restore": lambda here: here.group(group_id=here.deleted),
    "groups.see": lambda here: here.group(),
    "groups.unarchive": lambda here: here.group(),
    "history.home": lambda here: {"actor": here.stage.scene.owner},
    "history.of_all": lambda here: {"actor": here.stage.scene.owner, "limit": 50},
    "history.of_group": lambda here: here.group(before=1, limit=50),
    "insights.see": lambda here: here.group(since=date(2026, 1, 1), until=date(2026, 12, 31)),
    "invites.accept": lambda here: {
        "token": here.invite,
        "actor": here.account.id,
        "name": "Ina",
        "member_id": here.member("Fay"),
        "device": "Firefox",
    },
    "invites.listed": lambda here: here.group(before=here.stage.invite_id, limit=50),
    "invites.look": lambda here: {"token": here.invite},
    "invites.make": lambda here: here.group(
        role="member", label="for Tim", valid_for=timedelta(days=3), member_id=here.member("Fay")
    ),
    "invites.revoke": lambda here: here.group(invite_id=here.stage.invite_id),
    "members.add": lambda here: here.group(name="Liv"),
    "members.change_role": lambda here: here.group(member_id=here.member("Fay"), role="viewer"),
    "members.leave": lambda here: here.group(actor=here.stage.actors["member"]),
    "members.remove": lambda here: here.group(member_id=here.member("Fay")),
    "members.rename": lambda here: here.group(member_id=here.member("Fay"), name="Faye"),
    "members.take_back": lambda here: here.group(member_id=here.gone),
    "screens.see": lambda here: here.group(first=40),
    "sessions.clear_ended": lambda here: {},
    "sessions.end": lambda here: {"token": here.account.token},
    "sessions.end_all": lambda here: {"actor": here.account.id, "but": here.session},
    "sessions.end_one": lambda here: {"actor": here.account.id, "session_id": here.session},
    "sessions.find": lambda here: {"token": here.account.token},
    "sessions.mine": lambda here: {"actor": here.account.id},
    "sessions.redeem": lambda here: {"ticket": here.ticket, "old_token": here.account.token},
    "tallies.see": lambda here: here.group(wanted=WANTED),
    "users.add": lambda here: {"name": "Eve", "email": "eve@example.org", "password": NEW_PASSWORD},
    "users.change_look": lambda here: {"actor": here.account.id, "theme": "dark", "language": "de"},
    "users.change_password": lambda here: {
        "actor": here.account.id,
        "current": PASSWORD,
        "new": NEW_PASSWORD,
        "session_id": here.session,
    },
    "users.is_new": lambda here: {},
    "users.keep": lambda here: {"actor": here.guest, "email": "gil@example.org", "password": NEW_PASSWORD},
    "users.may_keep": lambda here: {},
    "users.may_sign_up": lambda here: {},
    "users.rename": lambda here: {"actor": here.stage.scene.owner, "name": "Anna"},
    "users.reset_password": lambda here: {"email": here.account.email, "new": NEW_PASSWORD},
    "users.sign_in": lambda here: {"email": here.account.email, "password": PASSWORD, "device": "Firefox"},
    "users.sign_up": lambda here: {
        "name": "Eve",
        "email": "eve@example.org",
        "password": NEW_PASSWORD,
        "device": "Firefox",
    },
}
"""By the function's name."""
