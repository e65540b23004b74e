"""Fills an empty database with a few believable groups, through the same services that people use."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from mycount.domain.errors import Conflict
from mycount.domain.ids import GroupId, MemberId, UserId
from mycount.domain.ledger import Kind
from mycount.domain.split import Mode
from mycount.domain.words import N_
from mycount.services import expenses, groups, invites, users
from mycount.services.views import Draft

EMAIL = "alma@example.org"


@dataclass(frozen=True)
class _Bill:
    """One expense of the story: days ago, what for, minor units, who paid, and who shares it (None: all)."""

    ago: int
    title: str
    category: str
    amount: int
    payers: Mapping[str, int] | str
    shared: Mapping[str, int | str] | None = None
    mode: Mode = Mode.EQUAL
    kind: Kind = Kind.EXPENSE
    currency: str = "EUR"
    note: str = ""


_LISBON = (
    _Bill(6, "Train to the airport", "train", 5400, "Bo"),
    _Bill(5, "Taxi from the airport", "taxi", 2862, "Em"),
    _Bill(5, "Apartment, 4 nights", "hotel", 64000, {"Alma": 40000, "Di": 24000}),
    _Bill(
        4,
        "Groceries for breakfast",
        "groceries",
        4735,
        "Cy",
        {"Alma": 0, "Bo": 0, "Cy": 0, "Di": 350, "Em": -350},
        Mode.ADJUST,
    ),
    _Bill(4, "Surf lesson", "sport", 12000, "Di", {"Bo": 1, "Di": 1, "Em": 1}, note="Two hours, boards included"),
    _Bill(
        3, "Tasting menu", "restaurant", 23400, "Bo",
        {"Alma": 4680, "Bo": 7020, "Cy": 2340, "Di": 4680, "Em": 4680}, Mode.AMOUNTS,
    ),
    _Bill(3, "Fado evening", "tickets", 11000, "Em", {"Alma": "30", "Bo": "30", "Em": "40"}, Mode.PERCENT),
    _Bill(2, "", "payment", 5000, "Em", {"Alma": 5000}, Mode.AMOUNTS, Kind.PAYMENT),
    _Bill(1, "Deposit given back", "hotel", 10000, "Di", kind=Kind.INCOME),
    _Bill(1, "Pastéis de Belém", "cafe", 1620, "Cy", {"Alma": 6, "Bo": 4, "Cy": 2}, Mode.SHARES),
    _Bill(0, "Tram 28 tickets", "transport", 1550, "Alma"),
    _Bill(0, "Dinner at Ponto Final", "restaurant", 18450, "Bo"),
)  # fmt: skip
_EARLIER = tuple(
    bill
    for month, (electricity, groceries) in enumerate(
        ((9120, 21480), (8845, 30215), (7990, 18760), (7455, 26390), (7310, 12240), (7680, 23905)), start=1
    )
    for bill in (
        _Bill(33 + 30 * month, "Rent", "rent", 135000, ("Alma", "Jo", "Kit")[month % 3]),
        _Bill(31 + 30 * month, "Electricity", "utilities", electricity, "Alma"),
        _Bill(24 + 30 * month, "Groceries", "groceries", groceries, ("Kit", "Alma", "Jo")[month % 3]),
        _Bill(20 + 30 * month, "Internet", "internet", 3999, "Kit"),
    )
)
_FLAT = (
    *reversed(_EARLIER),
    _Bill(33, "Rent", "rent", 135000, {"Alma": 90000, "Jo": 45000}),
    _Bill(31, "Electricity", "utilities", 8417, "Alma"),
    _Bill(20, "Internet", "internet", 3999, "Kit"),
    _Bill(12, "Cleaning things", "household", 2348, "Alma"),
    _Bill(3, "Rent", "rent", 135000, {"Jo": 80000, "Kit": 55000}),
    _Bill(2, "Washing machine repair", "household", 11900, {"Jo": 6900, "Kit": 5000}),
)
_BIRTHDAY = (
    _Bill(15, "Cake and candles", "gifts", 6420, "Alma"),
    _Bill(15, "Drinks", "drinks", 14310, "Ravi"),
    _Bill(14, "Present: espresso machine", "gifts", 27900, "Noor"),
)


def fill() -> str:
    """Make the account `EMAIL` with three groups, and two friends who have joined; gives its new password.

    Refuses (Conflict) a database in which there is an account already.
    """
    if not users.is_new():
        raise Conflict(N_("There are accounts in this database already. The demo needs an empty one."))
    password = secrets.token_urlsafe(9)
    alma = users.add("Alma", EMAIL, password)
    lisbon = _group(alma, "Lisbon 2026", "sailing", ("Bo", "Cy", "Di", "Em"), _LISBON)
    _group(alma, "Flat, Rua Augusta", "home", ("Jo", "Kit"), _FLAT)
    party = ("Bo", "Noor", "Ravi", "Sam", "Tess", "Uma", "Vic", "Wim", "Xenia", "Yuri", "Zoe")
    _group(alma, "Dana's birthday", "celebration", party, _BIRTHDAY)
    for name in ("Bo", "Cy"):
        member_id = _members(alma, lisbon)[name]
        invites.accept(invites.make(alma, lisbon, member_id=member_id).token, name=name)
    invites.make(alma, lisbon, label="Fay, if she comes along")
    return password


def _group(owner: UserId, name: str, icon: str, people: tuple[str, ...], bills: tuple[_Bill, ...]) -> GroupId:
    group_id = groups.create(owner, name, icon, "EUR", people)
    ids = _members(owner, group_id)
    for bill in bills:
        expenses.add(owner, group_id, _draft(bill, ids))
    return group_id


def _members(owner: UserId, group_id: GroupId) -> dict[str, MemberId]:
    return {member.name: member.id for member in groups.see(owner, group_id).members}


def _draft(bill: _Bill, ids: dict[str, MemberId]) -> Draft:
    payers = {bill.payers: bill.amount} if isinstance(bill.payers, str) else bill.payers
    shared = bill.shared if bill.shared is not None else dict.fromkeys(ids, 1)
    return Draft(
        title=bill.title,
        amount=bill.amount,
        currency=bill.currency,
        payers={ids[name]: amount for name, amount in payers.items()},
        typed={ids[name]: Decimal(value) for name, value in shared.items()},
        mode=bill.mode,
        kind=bill.kind,
        category=bill.category,
        day=(datetime.now(UTC) - timedelta(days=bill.ago)).date(),
        note=bill.note,
        submit_key=secrets.token_urlsafe(16),
    )
