"""Between a job that is due and a free hand: Huey, on a SQLite file, on Redis or on PostgreSQL.

The queue only says "look"; the job's row decides. So it may be emptied, restored or lost: a message that never arrives
comes again when the row's lease ends, and one that arrives late or twice finds its lease gone. Nothing in it needs to
be durable, and nothing in it is a secret.
"""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import astuple
from functools import partial
from pathlib import Path
from typing import Any

from huey.api import Huey
from huey.consumer import Consumer, Scheduler
from huey.registry import Message
from huey.serializer import Serializer
from huey.storage import PostgresStorage, RedisStorage, SqliteStorage

from syndicate.core.errors import Unavailable
from syndicate.store.jobs import Job

TIMEOUT_S = 5
_POLL_S, _POLL_AGAIN_S = 0.01, 0.1  # how often an idle hand looks, where the storage cannot wake it


class Queue:
    """The queue behind a URL: `sqlite:///FILE`, `redis://…` or `postgresql://…`. Opened at its first use.

    `newsroom` is any name of the database that the jobs stand in: newsrooms that share a server do not share a queue.
    Raises ValueError for a URL that cannot be used.
    """

    def __init__(self, url: str, *, newsroom: str) -> None:
        name = f"syndicate-{hashlib.sha256(newsroom.encode()).hexdigest()[:12]}"
        try:
            storage, self._failures = _storage(url)
        except ModuleNotFoundError as error:
            raise ValueError(f"its driver is not installed ({error.name}): the extra `redis`, or `postgres`") from None
        self._huey = Huey(name, results=False, serializer=_Json(), storage_class=storage)
        self._do: Callable[[Job], None] = lambda job: None
        self._task = self._huey.task(name="do")(self._take)
        self._open = False

    def waiting(self) -> int:
        """How many messages no hand has taken yet. Raises Unavailable."""
        with self._answering():
            return int(self._huey.pending_count())

    def put(self, job: Job) -> None:
        """Raises Unavailable."""
        with self._answering():
            self._huey.enqueue(self._task.s(*astuple(job)))

    def hands(self, do: Callable[[Job], None], *, threads: int) -> Consumer:
        """Threads that take messages and do them, to be started. `do` raises nothing."""
        self._do = do
        longest = 1.0 if self._huey.storage.blocking else _POLL_AGAIN_S
        return _Hands(
            self._huey,
            workers=threads,
            periodic=False,
            initial_delay=_POLL_S,
            max_delay=longest,
            shutdown_timeout=TIMEOUT_S,
        )

    def close(self) -> None:
        self._huey.storage.close()

    def _take(self, *message: Any) -> None:
        self._do(Job(**dict(zip(Job.__slots__, message, strict=True))))

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """After a failure everything is opened anew: the file may be another one, the tables may be gone."""
        try:
            if not self._open and hasattr(self._huey.storage, "initialize_schema"):
                self._huey.storage.close()
                self._huey.storage.initialize_schema()
            self._open = True
            yield
        except self._failures as error:
            self._open = False
            raise Unavailable(f"The queue did not answer: {error}") from error


class _Idle(Scheduler):  # type: ignore[misc]
    """Nothing is scheduled in the queue: the rows know the times."""

    def loop(self, now: object = None) -> None:
        self.stop_flag.wait()


class _Hands(Consumer):  # type: ignore[misc]
    scheduler_class = _Idle

    def _set_signal_handlers(self) -> None:
        """Signals are the business of the process that we are a part of."""


class _Json(Serializer):  # type: ignore[misc]
    """Not Huey's pickle: whoever can write to the queue's server must not be able to run code here."""

    def _serialize(self, data: Any) -> bytes:
        return json.dumps(data).encode()

    def _deserialize(self, data: bytes) -> Any:
        return Message(*json.loads(data))


Opened = tuple[Callable[[str], Any], type[Exception]]
"""What makes a storage for a queue's name, and what it raises when it does not answer."""


def _storage(url: str) -> Opened:
    scheme, _, rest = url.partition("://")
    if not rest or scheme not in _STORAGES:
        raise ValueError("a queue's URL is sqlite:///FILE, redis://HOST or postgresql://USER@HOST/NAME")
    return _STORAGES[scheme](rest, url)


def _sqlite(rest: str, _url: str) -> Opened:
    path = Path(rest.removeprefix("/"))
    if not rest.startswith("/") or not path.name:
        raise ValueError("a queue in a file is sqlite:///FILE")
    path.parent.mkdir(parents=True, exist_ok=True)
    options = {"fsync": False, "timeout": TIMEOUT_S, "create_tables": False}
    return partial(SqliteStorage, filename=str(path), **options), sqlite3.Error


def _redis(_rest: str, url: str) -> Opened:
    from redis import RedisError

    return partial(RedisStorage, url=url), RedisError


def _postgresql(rest: str, _url: str) -> Opened:
    from psycopg import Error

    patience = {"connect_timeout": TIMEOUT_S, "tcp_user_timeout": TIMEOUT_S * 1000}
    dsn = f"postgresql://{rest}"
    return partial(PostgresStorage, dsn=dsn, table_prefix="syndicate_queue", create_tables=False, **patience), Error


_STORAGES: dict[str, Callable[[str, str], Opened]] = {
    "sqlite": _sqlite,
    "redis": _redis,
    "rediss": _redis,
    "postgresql": _postgresql,
    "postgres": _postgresql,
}
