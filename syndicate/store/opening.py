"""A database at its first use by this release.

An empty database is set up by whoever opens it first; so is one that is behind on SQLite, where one machine owns the
file. On PostgreSQL an upgrade of a running newsroom is an operator's decision: `syndicate db upgrade`.
"""

from sqlalchemy import inspect

from syndicate.core.errors import RuleBroken
from syndicate.store import schema
from syndicate.store.engine import Store


def ensure(store: Store) -> None:
    """Set up an empty database, bring SQLite up to date; raises RuleBroken where an operator must decide."""
    with store.read() as tx:
        connection = tx.session.connection()
        found = schema.revision_of(connection)
        empty = not found and not inspect(connection).get_table_names()
    if found == schema.head():
        return
    if found > schema.head():
        raise RuleBroken(f"The database is at {found}, of a newer release; this one knows {schema.head()}.")
    if not (empty or store.engine.dialect.name == "sqlite"):
        raise RuleBroken(
            f"The database is at {found or 'no revision'}, not at {schema.head()}: run `syndicate db upgrade`."
        )
    from syndicate.store.migrating import upgrade  # Alembic is large, and needed only now

    upgrade(store)
