"""Run by Alembic on the connection that `syndicate.store.migrating` opened."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from syndicate.store.models import Base, UTCDateTime


def plain_types(kind: str, thing: Any, _context: AutogenContext) -> str | Literal[False]:
    """Migrations are history: they name the database's type, not a class that may change."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(thing, UTCDateTime) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=plain_types,
    transaction_per_migration=False,
)
context.run_migrations()
