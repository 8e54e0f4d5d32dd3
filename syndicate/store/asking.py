"""One small question at every request, on connections that stay open for it, outside any transaction.

Taking a connection from the pool, beginning and ending a transaction costs more than such a question itself. Each is
answered by what is committed at that moment.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select
from sqlalchemy.exc import DBAPIError

Question = Select[*tuple[Any, ...]]
Found = Row[*tuple[Any, ...]]


class Asking:
    def __init__(self, engine: Engine) -> None:
        autocommit = {"isolation_level": "AUTOCOMMIT"} if engine.dialect.name == "postgresql" else {"sqlite_begin": ""}
        self._engine = engine.execution_options(**autocommit)
        self._free: deque[Connection] = deque()

    def rows(self, question: Question, values: Mapping[str, object]) -> Sequence[Found]:
        """Its few rows. A connection that died while nobody used it is no reason to fail."""
        try:
            return self._ask(self._free.pop(), question, values)
        except (IndexError, DBAPIError):
            return self._ask(self._engine.connect(), question, values)

    def _ask(self, connection: Connection, question: Question, values: Mapping[str, object]) -> Sequence[Found]:
        try:
            found = connection.execute(question, values).all()
        except BaseException:
            connection.invalidate()
            connection.close()
            raise
        self._free.append(connection)
        return found

    def close(self) -> None:
        while self._free:
            self._free.pop().close()
