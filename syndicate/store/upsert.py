"""INSERT, also with ON CONFLICT, which both databases speak and SQLAlchemy keeps apart.

Each is built once: what is built anew for every row costs more than the database needs to write it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import CursorResult
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from syndicate.store.models import Base

_INSERT: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
Rows = Mapping[str, Any] | Sequence[Mapping[str, Any]]
But = Callable[[Any], Any]


def newest(*columns: str, on: Sequence[str]) -> But:
    """Where there is a row of this name (`on`), these of its columns are written over."""
    return lambda row: row.on_conflict_do_update(
        index_elements=on, set_={column: row.excluded[column] for column in columns}
    )


class Insert:
    """An INSERT into one table. `but` says what else there is to it: a conflict, what it returns, a computed value."""

    def __init__(self, table: type[Base], but: But = lambda statement: statement) -> None:
        self._by_database = {name: but(insert(table.__table__)) for name, insert in _INSERT.items()}

    def __call__(self, session: Session, rows: Rows) -> CursorResult[Any]:
        """Write these rows now: all columns of each, the same in all."""
        connection = session.connection()  # beneath the session, which has no part in this and would take its time
        return connection.execute(self._by_database[connection.dialect.name], rows)
