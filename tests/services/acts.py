"""What can be done in a group, and by whom: one row for every service function that takes a group."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import mycount.services
from mycount.domain.ids import ExpenseId, GroupId, InviteId, UserId
from mycount.services import (
    balances,
    expenses,
    export,
    groups,
    history,
    insights,
    invites,
    members,
    operation,
    screens,
    tallies,
)
from mycount.services.views import Filter
from tests.world import Scene, World

ROLES = ("administrator", "member", "viewer", "guest")
"""A guest is a member on one device, without an account: of a group they may do what any member may."""
EVERYBODY = frozenset(ROLES)
WRITERS = frozenset({"administrator", "member", "guest"})
ADMINISTRATORS = frozenset({"administrator"})


@dataclass(frozen=True)
class Stage:
    """A group with somebody in each role, and something of everything to act upon."""

    scene: Scene
    actors: dict[str, UserId]
    removed: UserId
    expense_id: ExpenseId
    deleted_id: ExpenseId
    invite_id: InviteId
    of_guest: InviteId

    def invite_of(self, who: UserId) -> InviteId:
        """Give an invite that somebody may take back, if anybody may: a guest has made one, too."""
        return self.of_guest if who == self.actors["guest"] else self.invite_id

    @property
    def id(self) -> GroupId:
        """The group's id."""
        return self.scene.id


@dataclass(frozen=True)
class Act:
    """How to call a service function so that it succeeds, for which roles it does, and whether it changes."""

    call: Callable[[UserId, Stage], object]
    allowed: frozenset[str]
    changes: bool = True
    before: Callable[[Stage], object] = lambda stage: None


def _sees(call: Callable[[UserId, Stage], object]) -> Act:
    return Act(call, EVERYBODY, changes=False)


ACTS: dict[str, Act] = {
    "groups.see": _sees(lambda who, stage: groups.see(who, stage.id)),
    "groups.edit": Act(
        lambda who, stage: groups.edit(who, stage.id, name="Porto", icon="home", currency="USD"),
        ADMINISTRATORS,
    ),
    "groups.archive": Act(lambda who, stage: groups.archive(who, stage.id), ADMINISTRATORS),
    "groups.unarchive": Act(
        lambda who, stage: groups.unarchive(who, stage.id),
        ADMINISTRATORS,
        before=lambda stage: groups.archive(stage.scene.owner, stage.id),
    ),
    "groups.delete": Act(lambda who, stage: groups.delete(who, stage.id), ADMINISTRATORS),
    "groups.restore": Act(
        lambda who, stage: groups.restore(who, stage.id),
        ADMINISTRATORS,
        before=lambda stage: groups.delete(stage.scene.owner, stage.id),
    ),
    "members.add": Act(lambda who, stage: members.add(who, stage.id, "Liv"), WRITERS),
    "members.rename": Act(
        lambda who, stage: members.rename(who, stage.id, stage.scene.members["Fay"], "Faye"), WRITERS
    ),
    "members.change_role": Act(
        lambda who, stage: members.change_role(who, stage.id, stage.scene.members["Fay"], "viewer"),
        ADMINISTRATORS,
    ),
    "members.leave": Act(lambda who, stage: members.leave(who, stage.id), EVERYBODY),
    "members.remove": Act(
        lambda who, stage: members.remove(who, stage.id, stage.scene.members["Fay"]), ADMINISTRATORS
    ),
    "members.take_back": Act(
        lambda who, stage: members.take_back(who, stage.id, stage.scene.members["Rae"]), ADMINISTRATORS
    ),
    "invites.make": Act(lambda who, stage: invites.make(who, stage.id), WRITERS),
    "invites.listed": _sees(lambda who, stage: invites.listed(who, stage.id)),
    "invites.revoke": Act(lambda who, stage: invites.revoke(who, stage.id, stage.invite_of(who)), WRITERS),
    "expenses.add": Act(
        lambda who, stage: expenses.add(who, stage.id, stage.scene.draft(500, "Ann", ["Ann", "Fay"])),
        WRITERS,
    ),
    "expenses.see": _sees(lambda who, stage: expenses.see(who, stage.id, stage.expense_id)),
    "expenses.sent": _sees(lambda who, stage: expenses.sent(who, stage.id, "sent before")),
    "expenses.edit": Act(
        lambda who, stage: expenses.edit(
            who, stage.id, stage.expense_id, 1, stage.scene.draft(500, "Fay", ["Ann", "Fay"])
        ),
        WRITERS,
    ),
    "expenses.delete": Act(lambda who, stage: expenses.delete(who, stage.id, stage.expense_id), WRITERS),
    "expenses.restore": Act(lambda who, stage: expenses.restore(who, stage.id, stage.deleted_id), WRITERS),
    "expenses.listed": _sees(lambda who, stage: expenses.listed(who, stage.id)),
    "tallies.see": _sees(lambda who, stage: tallies.see(who, stage.id, wanted=Filter())),
    "expenses.alike": _sees(
        lambda who, stage: expenses.alike(who, stage.id, amount=1000, currency="EUR", day=date(2026, 3, 14))
    ),
    "expenses.deleted": _sees(lambda who, stage: expenses.deleted(who, stage.id)),
    "expenses.suggest": _sees(lambda who, stage: expenses.suggest(who, stage.id, "Dinner")),
    "balances.why": _sees(lambda who, stage: balances.why(who, stage.id, stage.scene.members["Ann"], "EUR")),
    "insights.see": _sees(lambda who, stage: insights.see(who, stage.id)),
    "export.begin": _sees(lambda who, stage: export.begin(who, stage.id)),
    "export.read": _sees(lambda who, stage: export.read(who, stage.id, [stage.expense_id])),
    "screens.see": _sees(lambda who, stage: screens.see(who, stage.id, first=40)),
    "history.of_group": _sees(lambda who, stage: history.of_group(who, stage.id)),
}

OUTSIDE = frozenset(
    [
        "attempts.turn",
        "users.may_sign_up",
        "users.may_keep",
        "users.is_new",
        "users.sign_up",
        "users.sign_in",
        "users.keep",
        "users.rename",
        "users.change_password",
        "users.change_look",
        "users.reset_password",
        "users.add",
        "closing.outlook",
        "closing.close",
        "closing.close_for",
        "closing.is_closed",
        "sessions.find",
        "sessions.redeem",
        "sessions.end",
        "sessions.end_one",
        "sessions.end_all",
        "sessions.mine",
        "sessions.clear_ended",
        "groups.create",
        "groups.deleted",
        "groups.purge",
        "invites.look",
        "invites.accept",
        "history.home",
        "history.of_all",
        "books.audit",
        "books.size",
        "books.totals",
        "books.imbalance",
    ]
)
"""Functions that act on nobody's group: on oneself, by a token or link, or for whoever runs the server."""


def functions() -> dict[str, Callable[..., object]]:
    """Find every service function there is, by its name."""
    found: dict[str, Callable[..., object]] = {}
    for module in pkgutil.iter_modules(mycount.services.__path__):
        loaded = importlib.import_module(f"mycount.services.{module.name}")
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            if hasattr(function, "operation_name") and function.__module__ == loaded.__name__:
                found[f"{module.name}.{name}"] = function
    assert sorted(found) == sorted(operation.names)
    return found


def stage(world: World) -> Stage:
    """Make a group for one act."""
    scene = world.group("Ann", "Fay")
    actors = {
        "administrator": world.join(scene, "Abe", "administrator"),
        "member": world.join(scene, "Max"),
        "viewer": world.join(scene, "Vic", "viewer"),
    }
    for user_id in actors.values():
        world.give_account(user_id, f"{user_id}@example.org")
    actors["guest"] = world.join(scene, "Gus")
    removed = world.join(scene, "Rae")
    members.remove(scene.owner, scene.id, scene.members["Rae"])
    deleted_id = scene.add(700, "Ann", ["Ann", "Fay"])
    expenses.delete(scene.owner, scene.id, deleted_id)
    return Stage(
        scene,
        actors,
        removed,
        expense_id=scene.add(1000, "Ann", ["Ann", "Fay"]),
        deleted_id=deleted_id,
        invite_id=invites.make(actors["member"], scene.id).id,
        of_guest=invites.make(actors["guest"], scene.id).id,
    )
