"""What a page asks the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from syndicate.store import Store


@contextmanager
def counting(store: Store) -> Iterator[list[str]]:
    """The questions that are asked meanwhile."""
    asked: list[str] = []

    def hear(*said: object) -> None:
        asked.append(str(said[2]))

    event.listen(store.engine, "before_cursor_execute", hear)
    try:
        yield asked
    finally:
        event.remove(store.engine, "before_cursor_execute", hear)
