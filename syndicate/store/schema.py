"""Which tables a database has, and bringing a new one to those of this release.

An empty database is set up by whoever opens it first; so is one that is behind on SQLite, where one machine owns the
file. On PostgreSQL an upgrade of a running newsroom is an operator's decision: `syndicate db upgrade`.
"""

from functools import cache
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from syndicate.core.errors import RuleBroken
from syndicate.store.engine import Store

MIGRATIONS = Path(__file__).parent / "migrations"
_VERSIONS = "alembic_version"


def ensure(store: Store) -> None:
    """Set up an empty database, bring SQLite up to date; raises RuleBroken where an operator must decide."""
    with store.read() as tx:
        connection = tx.session.connection()
        found = revision_of(connection)
        empty = not found and not inspect(connection).get_table_names()
    if found == head():
        return
    if found > head():
        raise RuleBroken(f"The database is at {found}, of a newer release; this one knows {head()}.")
    if not (empty or store.engine.dialect.name == "sqlite"):
        raise RuleBroken(f"The database is at {found or 'no revision'}, not at {head()}: run `syndicate db upgrade`.")
    from syndicate.store.migrating import upgrade  # Alembic is large, and needed only now

    upgrade(store)


def current(store: Store) -> str:
    """The revision that the database is at, empty where it has none. Raises Unavailable."""
    with store.read() as tx:
        return revision_of(tx.session.connection())


@cache
def head() -> str:
    """The newest revision of this release. Revisions are named by their minute, so the names tell the order."""
    return max(path.name[:13] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def revision_of(connection: Connection) -> str:
    if not inspect(connection).has_table(_VERSIONS):
        return ""
    return connection.execute(text(f"SELECT version_num FROM {_VERSIONS}")).scalar() or ""  # noqa: S608 - our constant
