"""The newsroom's memory: SQLAlchemy on SQLite or PostgreSQL. Opens transactions; each aggregate has its own module."""

from syndicate.store.engine import Store, Tx, sqlite_folder

__all__ = ["Store", "Tx", "sqlite_folder"]
