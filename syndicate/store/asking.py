"""One small question at every request, on connections that stay open for it, outside any transaction.

Taking a connection from the pool, beginning and ending a transaction, and each part of SQLAlchemy that is made for
statements of any kind cost many times what such a question itself does. So it is written down once, in the database's
own words, and asked of the driver, which keeps it prepared. Each is answered by what is committed at that moment.
"""

from collections import deque, namedtuple
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Dialect, Engine, PoolProxiedConnection, Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine

Question = Select[*tuple[Any, ...]]
Convert = Callable[[Any], Any]


class Asking:
    """Questions of one kind. Every parameter is a named `bindparam`, and every column has a name of its own."""

    def __init__(self, engine: Engine, question: Question) -> None:
        dialect, compiled = engine.dialect, question.compile(dialect=engine.dialect)
        self._engine, self._statement, self._error = engine, compiled.string, dialect.loaded_dbapi.Error
        sent = {name: _bound(bind.type, dialect) for name, bind in compiled.binds.items()}
        self._by_name = None if compiled.positional else sent
        self._by_place = [(name, sent[name]) for name in compiled.positiontup or ()]
        columns = question.selected_columns
        self._row = namedtuple("Row", columns.keys())  # type: ignore[misc]
        self._came = [_read(column.type, dialect) for column in columns]
        self._free: deque[PoolProxiedConnection] = deque()

    def rows(self, values: Mapping[str, object]) -> Sequence[Any]:
        """Its few rows. A connection that died while nobody used it is no reason to fail."""
        sent: Any
        if self._by_name is None:
            sent = [send(values[name]) for name, send in self._by_place]
        else:
            sent = {name: send(values[name]) for name, send in self._by_name.items()}
        try:
            return self._ask(self._free.pop(), sent)
        except (IndexError, self._error):
            pass
        try:
            return self._ask(self._connected(), sent)
        except self._error as error:
            raise DBAPIError.instance(self._statement, None, error, self._error, hide_parameters=True) from error

    def _ask(self, connection: PoolProxiedConnection, sent: Any) -> Sequence[Any]:
        try:
            cursor = connection.cursor()
            cursor.execute(self._statement, sent)
            found = cursor.fetchall()
            cursor.close()
        except BaseException:
            connection.invalidate()
            raise
        self._free.append(connection)
        return [self._row(*[read(value) for read, value in zip(self._came, row, strict=True)]) for row in found]

    def _connected(self) -> PoolProxiedConnection:
        connection = self._engine.raw_connection()
        if self._engine.dialect.name == "postgresql":  # SQLite's driver begins nothing for a question
            connection.driver_connection.autocommit = True  # type: ignore[union-attr]
        return connection

    def close(self) -> None:
        while self._free:
            self._free.pop().invalidate()  # it was set up for this: nobody else shall get it from the pool


def _bound(kind: TypeEngine[Any], dialect: Dialect) -> Convert:
    return kind.dialect_impl(dialect).bind_processor(dialect) or _as_it_is


def _read(kind: TypeEngine[Any], dialect: Dialect) -> Convert:
    """The same values come again and again, so each is read once; nobody may change what came of it."""
    processor = kind.dialect_impl(dialect).result_processor(dialect, None)
    return lru_cache(maxsize=1024)(processor) if processor else _as_it_is


def _as_it_is(value: Any) -> Any:
    return value
