"""Remember when an account was closed: its row stays, emptied, so that no other account ever gets its number."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    there = {column["name"] for column in sa.inspect(op.get_bind()).get_columns("user")}
    if "closed_at" not in there:
        op.add_column("user", sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
