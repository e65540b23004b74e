"""Audits the books: whether what is stored can be true. Nothing is repaired, everything is named."""

from collections.abc import Callable, Iterator

from sqlalchemy import and_, case, func, select, union_all
from sqlalchemy.orm import Session

from mycount.db import deadline
from mycount.db.tables import (
    BalanceRow,
    Base,
    EventRow,
    ExpenseRow,
    GroupRow,
    InstanceRow,
    InviteRow,
    MemberRow,
    PayerRow,
    SessionRow,
    SplitRow,
    UserRow,
)
from mycount.services import access
from mycount.services.operation import operation
from mycount.services.views import Fault, Size, Totals


@operation
def audit() -> tuple[Fault, ...]:
    """Check every expense and balance of every group; gives each fault with where it is, nothing if sound.

    It may take minutes: nobody waits for it, and it keeps nobody waiting.
    """
    checks: tuple[Callable[[Session], Iterator[Fault]], ...] = (
        _unequal_parts,
        _unequal_payers,
        _wrong_balances,
        _uneven_groups,
        _strangers,
        _closed_accounts,
        _broken_references,
    )
    with deadline.at_leisure(), access.glance() as door:
        return tuple(fault for check in checks for fault in check(door.session))


@operation
def size() -> Size:
    """Count what the books hold: groups and expenses, deleted ones too."""
    with access.glance() as door:
        groups, expenses = (
            door.session.scalar(select(func.count()).select_from(table)) or 0
            for table in (GroupRow, ExpenseRow)
        )
        return Size(groups, expenses)


@operation
def totals() -> Totals:
    """Count the groups, users and expenses that are there, and say when the last backup was recorded."""
    there = (
        select(func.count()).select_from(GroupRow).where(GroupRow.deleted_at.is_(None)),
        select(func.count()).select_from(UserRow).where(UserRow.closed_at.is_(None)),
        select(func.count()).select_from(ExpenseRow).where(ExpenseRow.deleted_at.is_(None)),
    )
    with access.glance() as door:
        groups, users, expenses = (door.session.scalar(count) or 0 for count in there)
        return Totals(groups, users, expenses, door.session.scalar(select(InstanceRow.backed_up_at)))


@operation
def imbalance() -> int:
    """Give the sum of what is wrong with the kept balances, in minor units: 0 when all groups are even."""
    with deadline.at_leisure(), access.glance() as door:
        sums = (
            select(func.abs(func.sum(BalanceRow.balance)).label("off"))
            .group_by(BalanceRow.group_id, BalanceRow.currency)
            .subquery()
        )
        return int(door.session.scalar(select(func.coalesce(func.sum(sums.c.off), 0))) or 0)


def _unequal_parts(session: Session) -> Iterator[Fault]:
    yield from _unequal(session, SplitRow, "the parts sum to")


def _unequal_payers(session: Session) -> Iterator[Fault]:
    yield from _unequal(session, PayerRow, "the payers paid")


def _unequal(session: Session, table: type[SplitRow] | type[PayerRow], what: str) -> Iterator[Fault]:
    total = func.coalesce(func.sum(table.amount), 0)
    rows = session.execute(
        select(ExpenseRow.group_id, ExpenseRow.id, ExpenseRow.amount, total)
        .outerjoin(table, table.expense_id == ExpenseRow.id)
        .group_by(ExpenseRow.group_id, ExpenseRow.id, ExpenseRow.amount)
        .having(total != ExpenseRow.amount)
        .order_by(ExpenseRow.group_id, ExpenseRow.id)
    )
    for group_id, expense_id, amount, found in rows:
        yield Fault(f"group {group_id}, expense {expense_id}", f"{what} {found}, the amount is {amount}")


def _wrong_balances(session: Session) -> Iterator[Fault]:
    """Compare the kept balances with the sums of the stored payers and parts."""
    direction = case((ExpenseRow.kind == "income", -1), else_=1)
    alive = ExpenseRow.deleted_at.is_(None)
    paid = select(
        PayerRow.member_id.label("member_id"),
        ExpenseRow.currency.label("currency"),
        (direction * PayerRow.amount).label("change"),
    ).join_from(PayerRow, ExpenseRow, (ExpenseRow.id == PayerRow.expense_id) & alive)
    owed = select(SplitRow.member_id, ExpenseRow.currency, -direction * SplitRow.amount).join_from(
        SplitRow, ExpenseRow, (ExpenseRow.id == SplitRow.expense_id) & alive
    )
    kept = select(BalanceRow.member_id, BalanceRow.currency, -BalanceRow.balance)
    lines = union_all(paid, owed, kept).subquery()
    off = func.sum(lines.c.change)
    rows = session.execute(
        select(MemberRow.group_id, lines.c.member_id, lines.c.currency, off)
        .join(MemberRow, MemberRow.id == lines.c.member_id)
        .group_by(MemberRow.group_id, lines.c.member_id, lines.c.currency)
        .having(off != 0)
        .order_by(MemberRow.group_id, lines.c.member_id, lines.c.currency)
    )
    for group_id, member_id, currency, difference in rows:
        where = f"group {group_id}, member {member_id}, {currency}"
        yield Fault(where, f"the kept balance is off by {int(difference)} from the sum of the parts")


def _uneven_groups(session: Session) -> Iterator[Fault]:
    total = func.sum(BalanceRow.balance)
    rows = session.execute(
        select(BalanceRow.group_id, BalanceRow.currency, total)
        .group_by(BalanceRow.group_id, BalanceRow.currency)
        .having(total != 0)
        .order_by(BalanceRow.group_id, BalanceRow.currency)
    )
    for group_id, currency, found in rows:
        yield Fault(f"group {group_id}, {currency}", f"the balances sum to {int(found)}, not to 0")


def _strangers(session: Session) -> Iterator[Fault]:
    """Find rows that name a member of another group, or of none."""
    for table, column in (
        (PayerRow, PayerRow.member_id),
        (SplitRow, SplitRow.member_id),
        (BalanceRow, BalanceRow.member_id),
        (EventRow, EventRow.member_id),
        (ExpenseRow, ExpenseRow.created_by),
        (ExpenseRow, ExpenseRow.changed_by),
        (ExpenseRow, ExpenseRow.deleted_by),
        (InviteRow, InviteRow.created_by),
        (InviteRow, InviteRow.member_id),
        (InviteRow, InviteRow.used_by),
    ):
        rows = session.execute(
            select(table.group_id, column)
            .outerjoin(MemberRow, (MemberRow.id == column) & (MemberRow.group_id == table.group_id))
            .where(MemberRow.id.is_(None), column.is_not(None))
            .distinct()
        )
        for group_id, member_id in rows:
            yield Fault(
                f"group {group_id}", f"{table.__tablename__} names member {member_id}, who is not in it"
            )


def _closed_accounts(session: Session) -> Iterator[Fault]:
    """Find what a closed account should have nothing of: places in groups, sessions, an e-mail."""
    closed = UserRow.closed_at.is_not(None)
    kept = union_all(
        select(UserRow.id).where(closed, UserRow.email.is_not(None)),
        select(UserRow.id).join(MemberRow, MemberRow.user_id == UserRow.id).where(closed),
        select(UserRow.id).join(SessionRow, SessionRow.user_id == UserRow.id).where(closed),
    ).subquery()
    for user_id in session.scalars(select(kept.c.id).distinct().order_by(kept.c.id)):
        yield Fault(f"user {user_id}", "the account is closed, but not all of it is gone")


def _broken_references(session: Session) -> Iterator[Fault]:
    """Find rows that refer to nothing: neither database checks what was there before its checks were on."""
    for table in Base.metadata.sorted_tables:
        for reference in sorted(table.foreign_key_constraints, key=lambda key: str(key.name)):
            target = reference.referred_table.alias()
            pairs = [(key.parent, target.c[key.column.name]) for key in reference.elements]
            rows = session.execute(
                select(*table.primary_key)
                .select_from(table.outerjoin(target, and_(*(here == there for here, there in pairs))))
                .where(pairs[0][1].is_(None), *(here.is_not(None) for here, _ in pairs))
                .order_by(*table.primary_key)
            )
            for row in rows.mappings():
                key = ", ".join(f"{name} {value}" for name, value in row.items())
                columns = ", ".join(reference.column_keys)
                yield Fault(
                    f"table {table.name}, {key}", f"{columns}: no such row in {reference.referred_table}"
                )
