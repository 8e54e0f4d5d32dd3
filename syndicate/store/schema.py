"""Which tables a database has, and which this release needs."""

from functools import cache
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from syndicate.store.engine import Store

MIGRATIONS = Path(__file__).parent / "migrations"
_VERSIONS = "alembic_version"


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
