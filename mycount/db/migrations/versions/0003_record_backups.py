"""Remember when the last backup was made."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    there = {column["name"] for column in sa.inspect(op.get_bind()).get_columns("instance")}
    if "backed_up_at" not in there:
        op.add_column("instance", sa.Column("backed_up_at", sa.DateTime(timezone=True), nullable=True))
