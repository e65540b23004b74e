"""What Alembic runs: it is handed the connection, inside a transaction, by `mycount.db.migrate`."""

from alembic import context

from mycount.db.columns import Instant
from mycount.db.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_item=lambda kind, item, _: "sa.DateTime(timezone=True)" if isinstance(item, Instant) else False,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
