"""Running and drafting migrations. Alembic's configuration is built here, in code."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from syndicate.store.engine import Store
from syndicate.store.schema import MIGRATIONS, revision_of

_ADVISORY_LOCK = 0x53594E44  # one upgrade at a time on PostgreSQL; on SQLite the write lock sees to it


def upgrade(store: Store, to: str = "head") -> str:
    """Run the migrations that are missing, in one transaction; returns the revision reached."""
    with _migrating(store) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:id)"), {"id": _ADVISORY_LOCK})
        command.upgrade(_config(connection), to)
        return revision_of(connection)


def downgrade(store: Store, to: str) -> None:
    """Undo migrations down to a revision, or to "base"; for tests and for a release that must be taken back."""
    with _migrating(store) as connection:
        command.downgrade(_config(connection), to)


def draft(store: Store, message: str, *, at: datetime) -> None:
    """Write a migration from the difference between models and tables, named by its minute; for developers."""
    with store.engine.begin() as connection:
        command.revision(_config(connection), message=message, rev_id=f"{at:%Y%m%d_%H%M}", autogenerate=True)


@contextmanager
def _migrating(store: Store) -> Iterator[Connection]:
    """A transaction in which SQLite lets a table be made anew without taking with it what refers to the old one.

    Its foreign keys can be put aside outside of a transaction only, and must hold before it ends
    (sqlite.org/lang_altertable, section 7).
    """
    with store.engine.connect() as connection:
        if connection.dialect.name != "sqlite":
            with connection.begin():
                yield connection
            return
        sqlite: Any = connection.connection.driver_connection
        sqlite.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                yield connection
                if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise RuntimeError(f"a migration left a row of {broken[0]} without its {broken[2]}")
        finally:
            sqlite.execute("PRAGMA foreign_keys = ON")


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config
