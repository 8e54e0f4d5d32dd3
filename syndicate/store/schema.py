"""Bringing a database to the tables of this release. Alembic's configuration is built here, in code.

An empty database is set up by whoever opens it first; so is one that is behind on SQLite, where one machine owns the
file. On PostgreSQL an upgrade of a running newsroom is an operator's decision: `syndicate db upgrade`.
"""

from datetime import datetime
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from syndicate.core.errors import RuleBroken
from syndicate.store.engine import Store

_ADVISORY_LOCK = 0x53594E44  # one upgrade at a time on PostgreSQL; on SQLite the write lock sees to it


def upgrade(store: Store, to: str = "head") -> str:
    """Run the migrations that are missing, in one transaction; returns the revision reached."""
    with store.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:id)"), {"id": _ADVISORY_LOCK})
        command.upgrade(_config(connection), to)
        return revision_of(connection)


def downgrade(store: Store, to: str) -> None:
    with store.engine.begin() as connection:
        command.downgrade(_config(connection), to)


def ensure(store: Store) -> None:
    """Set up an empty database, bring SQLite up to date; raises RuleBroken where an operator must decide."""
    with store.engine.connect() as connection:
        found = revision_of(connection)
        empty = not found and not inspect(connection).get_table_names()
    if found == head():
        return
    if empty or store.engine.dialect.name == "sqlite":
        upgrade(store)
        return
    raise RuleBroken(
        f"The database is at {found or 'no known revision'}, this release needs {head()}: run `syndicate db upgrade`."
    )


def current(store: Store) -> str:
    """The revision that the database is at, empty where it has none. Raises Unavailable."""
    with store.read() as tx:
        return revision_of(tx.session.connection())


@cache
def head() -> str:
    """The newest revision of this release."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def revision_of(connection: Connection) -> str:
    return MigrationContext.configure(connection).get_current_revision() or ""


def write_migration(store: Store, message: str, *, at: datetime) -> None:
    """Draft a migration from the difference between models and tables; for developers. It is named by its minute."""
    with store.engine.begin() as connection:
        command.revision(_config(connection), message=message, rev_id=f"{at:%Y%m%d_%H%M}", autogenerate=True)


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config
