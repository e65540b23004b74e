"""The tables. Balances are sums of stored parts, kept beside them and audited (`mycount check`).

Every part, payer and balance carries its group, and composite foreign keys keep members of another group out
of an expense in the database itself. Rows never leave the service layer.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    MetaData,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from mycount.db.columns import Instant, Key
from mycount.domain.ids import ExpenseId, GroupId, InviteId, MemberId, SessionId, UserId


class Base(DeclarativeBase):
    """Names every constraint, so that migrations can speak of it on both databases."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it as a class attribute
        UserId: Key,
        GroupId: Key,
        MemberId: Key,
        ExpenseId: Key,
        InviteId: Key,
        SessionId: Key,
        datetime: Instant,
        date: Date,
        int: BigInteger,
        bytes: LargeBinary(32),
        dict[str, Any]: JSON,
    }


class InstanceRow(Base):
    """The one row about this installation: its administrator (the first account), its last backup."""

    __tablename__ = "instance"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    administrator_id: Mapped[UserId | None] = mapped_column(ForeignKey("user.id"))
    backed_up_at: Mapped[datetime | None]


class UserRow(Base):
    """Somebody with a session: an account (e-mail and password), or a guest who has neither.

    Of a closed account only the row is left, empty: its number must never become somebody else's.
    """

    __tablename__ = "user"
    __table_args__ = (
        UniqueConstraint("email"),
        CheckConstraint("(email IS NULL) = (password_hash IS NULL)", name="account"),
    )

    id: Mapped[UserId] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    email: Mapped[str | None] = mapped_column(String(254))
    password_hash: Mapped[str | None] = mapped_column(String(200))
    language: Mapped[str | None] = mapped_column(String(16))
    theme: Mapped[str] = mapped_column(String(8), default="system")
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class SessionRow(Base):
    """One device of a user. Only hashes of its token, and of the one-time ticket before it, are stored."""

    __tablename__ = "session"
    __table_args__ = (
        UniqueConstraint("token_hash"),
        UniqueConstraint("ticket_hash"),
        Index(None, "user_id"),
    )

    id: Mapped[SessionId] = mapped_column(primary_key=True)
    user_id: Mapped[UserId] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    token_hash: Mapped[bytes | None]
    ticket_hash: Mapped[bytes | None]
    ticket_expires_at: Mapped[datetime | None]
    device: Mapped[str] = mapped_column(String(80), default="")
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class GroupRow(Base):
    """People who share expenses. `changed_at` and `version` move with every change in the group."""

    __tablename__ = "group"

    id: Mapped[GroupId] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    icon: Mapped[str] = mapped_column(String(40))
    currency: Mapped[str] = mapped_column(String(3))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    archived_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]


class MemberRow(Base):
    """A person in a group, with or without a user. Never deleted, only deactivated: history stays."""

    __tablename__ = "group_members"
    __table_args__ = (
        UniqueConstraint("id", "group_id"),
        UniqueConstraint("group_id", "user_id"),
        Index(None, "user_id"),
        CheckConstraint("role IN ('administrator', 'member', 'viewer')", name="role"),
    )

    id: Mapped[MemberId] = mapped_column(primary_key=True)
    group_id: Mapped[GroupId] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"))
    user_id: Mapped[UserId | None] = mapped_column(ForeignKey("user.id"))
    name: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(16))
    usual: Mapped[dict[str, Any] | None]
    created_at: Mapped[datetime]
    deactivated_at: Mapped[datetime | None]


class InviteRow(Base):
    """A link that lets one person in, once. The token is derived from `seed` and the server's secret."""

    __tablename__ = "group_invite"
    __table_args__ = (
        UniqueConstraint("token_hash"),
        Index(None, "group_id"),
        ForeignKeyConstraint(["member_id", "group_id"], ["group_members.id", "group_members.group_id"]),
    )

    id: Mapped[InviteId] = mapped_column(primary_key=True)
    group_id: Mapped[GroupId] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"))
    seed: Mapped[bytes]
    token_hash: Mapped[bytes]
    role: Mapped[str] = mapped_column(String(16))
    label: Mapped[str] = mapped_column(String(80), default="")
    member_id: Mapped[MemberId | None]
    created_by: Mapped[MemberId] = mapped_column(ForeignKey("group_members.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used: Mapped[bool] = mapped_column(default=False)
    used_by: Mapped[MemberId | None] = mapped_column(ForeignKey("group_members.id"))
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class ExpenseRow(Base):
    """Money spent, received or paid back: what was typed, and (in rows of their own) what came of it."""

    __tablename__ = "expense"
    __table_args__ = (
        UniqueConstraint("id", "group_id"),
        UniqueConstraint("group_id", "submit_key"),
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("kind IN ('expense', 'income', 'payment')", name="kind"),
        Index("ix_expense_list", "group_id", "day", "id", postgresql_where=text("deleted_at IS NULL")),
        Index("ix_expense_title", "group_id", "title_key", "id"),
        # Besides these, parts of words are kept in `expense_words`, which each database has in its own way.
        Index("ix_expense_amount", "group_id", "amount"),
        Index("ix_expense_category", "group_id", "category"),
    )

    id: Mapped[ExpenseId] = mapped_column(primary_key=True)
    group_id: Mapped[GroupId] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(8))
    title: Mapped[str] = mapped_column(String(200))
    title_key: Mapped[str] = mapped_column(String(200))
    amount: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    category: Mapped[str] = mapped_column(String(20))
    day: Mapped[date]
    note: Mapped[str] = mapped_column(String(2000), default="")
    # Title and note as they are searched (domain.text.folded): no database folds all scripts as the others do.
    search_key: Mapped[str] = mapped_column(Text, default="", server_default=text("''"), deferred=True)
    mode: Mapped[str] = mapped_column(String(8))
    version: Mapped[int] = mapped_column(default=1)
    submit_key: Mapped[str] = mapped_column(String(40))
    created_by: Mapped[MemberId] = mapped_column(ForeignKey("group_members.id"))
    created_at: Mapped[datetime]
    changed_by: Mapped[MemberId] = mapped_column(ForeignKey("group_members.id"))
    changed_at: Mapped[datetime]
    deleted_by: Mapped[MemberId | None] = mapped_column(ForeignKey("group_members.id"))
    deleted_at: Mapped[datetime | None]


class PayerRow(Base):
    """What one member paid of an expense (or received of an income), in minor units."""

    __tablename__ = "expense_payer"
    __table_args__ = (
        ForeignKeyConstraint(
            ["expense_id", "group_id"], ["expense.id", "expense.group_id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(["member_id", "group_id"], ["group_members.id", "group_members.group_id"]),
        CheckConstraint("amount > 0", name="amount"),
        Index(None, "member_id", "expense_id"),
    )

    expense_id: Mapped[ExpenseId] = mapped_column(primary_key=True, autoincrement=False)
    member_id: Mapped[MemberId] = mapped_column(primary_key=True, autoincrement=False)
    group_id: Mapped[GroupId]
    amount: Mapped[int]


class SplitRow(Base):
    """One member's part of an expense in minor units, what was typed for it, and its rounding."""

    __tablename__ = "expense_split"
    __table_args__ = (
        ForeignKeyConstraint(
            ["expense_id", "group_id"], ["expense.id", "expense.group_id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(["member_id", "group_id"], ["group_members.id", "group_members.group_id"]),
        CheckConstraint("amount >= 0", name="amount"),
        Index(None, "member_id", "expense_id"),
    )

    expense_id: Mapped[ExpenseId] = mapped_column(primary_key=True, autoincrement=False)
    member_id: Mapped[MemberId] = mapped_column(primary_key=True, autoincrement=False)
    group_id: Mapped[GroupId]
    amount: Mapped[int]
    typed: Mapped[str] = mapped_column(String(40))
    rounding: Mapped[int] = mapped_column(default=0)


class BalanceRow(Base):
    """A member's balance in one currency: positive is to get, negative to pay. `absorbed` sums roundings."""

    __tablename__ = "member_balance"
    __table_args__ = (
        ForeignKeyConstraint(
            ["member_id", "group_id"],
            ["group_members.id", "group_members.group_id"],
            ondelete="CASCADE",
        ),
        Index(None, "group_id"),
    )

    member_id: Mapped[MemberId] = mapped_column(primary_key=True, autoincrement=False)
    currency: Mapped[str] = mapped_column(String(3), primary_key=True)
    group_id: Mapped[GroupId]
    balance: Mapped[int]
    absorbed: Mapped[int]


class EventRow(Base):
    """That something happened in a group, for its history: who, what, to what."""

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_list", "group_id", "id"), Index(None, "expense_id"))

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    group_id: Mapped[GroupId] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"))
    member_id: Mapped[MemberId] = mapped_column(ForeignKey("group_members.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    verb: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(200), default="")
    expense_id: Mapped[ExpenseId | None] = mapped_column(ForeignKey("expense.id", ondelete="CASCADE"))
    amount: Mapped[int | None]
    currency: Mapped[str | None] = mapped_column(String(3))
