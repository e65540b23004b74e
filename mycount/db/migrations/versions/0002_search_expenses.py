"""Keep title and note of every expense as they are searched too."""

import sqlalchemy as sa
from alembic import op

from mycount.domain.text import folded

revision = "0002"
down_revision = "0001"

_AT_ONCE = 1_000


def upgrade() -> None:
    op.add_column("expense", sa.Column("search_key", sa.Text(), nullable=False, server_default=sa.text("''")))
    expense = sa.table(
        "expense",
        sa.column("id", sa.BigInteger()),
        sa.column("title", sa.String()),
        sa.column("note", sa.String()),
        sa.column("search_key", sa.Text()),
    )
    write = (
        sa.update(expense).where(expense.c.id == sa.bindparam("which")).values(search_key=sa.bindparam("key"))
    )
    connection, last = op.get_bind(), 0
    read = sa.select(expense.c.id, expense.c.title, expense.c.note).order_by(expense.c.id).limit(_AT_ONCE)
    while rows := connection.execute(read.where(expense.c.id > last)).all():
        connection.execute(
            write, [{"which": row.id, "key": f"{folded(row.title)}\n{folded(row.note)}"} for row in rows]
        )
        last = rows[-1].id
