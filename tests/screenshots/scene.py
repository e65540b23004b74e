"""The demo, and beside it what a demo does not have: long names, huge amounts, fifty people, nothing at all."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from mycount import demo
from mycount.domain.ids import ExpenseId, GroupId, MemberId, UserId
from mycount.domain.ledger import Kind
from mycount.domain.split import Mode
from mycount.services import expenses, groups, history, invites, users
from mycount.services.views import Draft
from tests.world import World

LONG = "Donaudampfschifffahrtsgesellschaftskapitän Maximilian von und zu Hohenlohe"
_PEOPLE = tuple(
    """Ada Ben Cleo Dan Eva Finn Gia Hugo Ida Jan Kim Lea Max Nora Otto Pia Quinn Rosa Sven Tilda Ugo Vera Will
Xaver Yara Zeno Anouk Bela Carla Diego Elif Farid Greta Henri Irina Jonas Klara Leon Mila Nils Olga Paul Rita Samir
Toni Ulla Viktor Wanda Yusuf""".split()  # noqa: SIM905 -- one name a line would hide the rest
)


@dataclass(frozen=True)
class Scene:
    """Who looks, the addresses of groups by a word for each, and what else a picture needs to know."""

    alma: str
    em: str
    lou: str
    nobody: str
    groups: dict[str, str]
    dinner: ExpenseId
    em_id: UserId
    lisbon: GroupId
    links: dict[str, str]

    def change_dinner(self, title: str) -> None:
        """Let Em change the dinner by another way, while somebody has its form open."""
        seen = expenses.see(self.em_id, self.lisbon, self.dinner)
        changed = replace(seen.draft, title=title)
        expenses.edit(self.em_id, self.lisbon, self.dinner, seen.version, changed)


def fill(world: World) -> Scene:
    """Fill an empty database; gives the tokens of those who look, and where to look."""
    password = demo.fill()
    entered = users.sign_in(demo.EMAIL, password)
    alma = world.visitor(world.redeemed(entered.ticket)).user_id
    ids = {card.name: card.id for card in history.home(alma).groups}
    lisbon = ids["Lisbon 2026"]
    lou = world.user("Alma")
    named = {
        "lisbon": lisbon,
        "flat": ids["Flat, Rua Augusta"],
        "long": _long(lou),
        "many": _many(lou),
        "empty": groups.create(alma, "Summer house", "beach_access", "EUR", ("Bo", "Cy")),
        "alone": groups.create(alma, "Just an idea", "hiking", "EUR"),
        "even": _even(alma),
        "arabic": _arabic(lou),
        "archived": _archived(alma),
    }
    links = _links(alma, lisbon)
    em = _joined(alma, lisbon, "Em")
    _add(em, lisbon, 24_00, "Em", "Museum", 0)
    _deleted(alma, lisbon)
    return Scene(
        alma=world.device(alma, "Firefox on Linux"),
        em=world.device(em, "Safari on iPhone"),
        lou=world.device(lou, "Firefox on Android"),
        nobody=world.device(world.user("Nell"), "Chrome on Android"),
        groups={word: f"/groups/{group_id}" for word, group_id in named.items()},
        dinner=next(line.id for line in expenses.listed(alma, lisbon).lines if "Dinner" in line.title),
        em_id=em,
        lisbon=lisbon,
        links=links,
    )


def _long(alma: UserId) -> GroupId:
    other = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh"
    group_id = groups.create(alma, f"{LONG}, {other} and friends"[:80], "sailing", "EUR", (LONG, other, "Bo"))
    _add(alma, group_id, 99_999_999_999_99, LONG, f"The whole {LONG}, with everything that belongs to it")
    _add(alma, group_id, 1_234_567_890_12, "Alma", "Island", currency="USD")
    _add(alma, group_id, 987_654_321, other, "Bridge", currency="JPY")
    _add(
        alma, group_id, 7_500_000_00, "Bo", "https://example.org/a/very/long/address/without/any/space/in/it"
    )
    return group_id


def _many(alma: UserId) -> GroupId:
    group_id = groups.create(alma, "Choir weekend", "music_note", "EUR", tuple(_PEOPLE))
    for ago, name in enumerate(("Ada", "Hugo", "Kim", "Zeno", "Alma")):
        _add(
            alma,
            group_id,
            123_45 * (ago + 3),
            name,
            ("Bus", "Hostel", "Soup", "Sheet music", "Cake")[ago],
            ago,
        )
    return group_id


def _even(alma: UserId) -> GroupId:
    group_id = groups.create(alma, "Team lunches", "work", "EUR", ("Bo", "Cy"))
    for name in ("Alma", "Bo", "Cy"):
        _add(alma, group_id, 36_00, name, f"{name}'s turn", 40)
    return group_id


def _arabic(alma: UserId) -> GroupId:
    group_id = groups.create(alma, "رحلة إلى القاهرة", "flight", "EGP", ("ليلى", "יעל", "Bo (بو)"))
    _add(alma, group_id, 1_850_00, "ليلى", "عشاء على النيل", currency="EGP")
    _add(alma, group_id, 640_50, "יעל", "ארוחת צהריים", 1, currency="EGP")
    return group_id


def _archived(alma: UserId) -> GroupId:
    group_id = groups.create(alma, "Oslo 2024", "hiking", "NOK", ("Bo",))
    _add(alma, group_id, 1_200_00, "Bo", "Cabin", 600, currency="NOK")
    groups.archive(alma, group_id)
    return group_id


def _deleted(alma: UserId, lisbon: GroupId) -> None:
    groups.delete(alma, groups.create(alma, "Ski trip that never was", "hiking", "EUR", ("Bo",)))
    expenses.delete(alma, lisbon, _add(alma, lisbon, 99_00, "Bo", "Souvenirs", 2))


def _links(alma: UserId, lisbon: GroupId) -> dict[str, str]:
    made = {word: invites.make(alma, lisbon) for word in ("new", "used", "revoked")}
    fay = invites.make(alma, lisbon, member_id=_members(alma, lisbon)["Di"])
    invites.accept(made["used"].token, name="Gus")
    invites.revoke(alma, lisbon, made["revoked"].id)
    links = {word: f"/join/{invite.token}" for word, invite in made.items()}
    return {**links, "Di": f"/join/{fay.token}", "unknown": "/join/no-such-link"}


def _joined(alma: UserId, group_id: GroupId, name: str) -> UserId:
    invite = invites.make(alma, group_id, member_id=_members(alma, group_id)[name])
    return invites.accept(invite.token, name=name).user_id


def _members(alma: UserId, group_id: GroupId) -> dict[str, MemberId]:
    return {member.name: member.id for member in groups.see(alma, group_id).members}


def _add(
    alma: UserId, group_id: GroupId, amount: int, payer: str, title: str, ago: int = 0, currency: str = "EUR"
) -> ExpenseId:
    ids = _members(alma, group_id)
    draft = Draft(
        title=title[:120],
        amount=amount,
        currency=currency,
        payers={ids[payer]: amount},
        typed=dict.fromkeys(ids.values(), Decimal(1)),
        mode=Mode.EQUAL,
        kind=Kind.EXPENSE,
        day=(datetime.now(UTC) - timedelta(days=ago)).date(),
        submit_key=f"{group_id} {title}",
    )
    return expenses.add(alma, group_id, draft)
