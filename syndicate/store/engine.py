"""Opening the database and its transactions, alike on SQLite and PostgreSQL.

SQLite runs in WAL mode: readers never wait, one writer at a time. A writing transaction takes the write lock when it
begins (BEGIN IMMEDIATE), because a lock taken halfway cannot wait and would fail under load
(sqlite.org/lang_transaction).
`synchronous=FULL` makes a commit durable against power loss, not only against a killed process.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DatabaseError, DataError, IntegrityError, ProgrammingError
from sqlalchemy.orm import Session

from syndicate.core.errors import Conflict, Unavailable
from syndicate.core.newsroom import Key, Outlet
from syndicate.store.channels import Channels
from syndicate.store.decisions import Decisions, Questions
from syndicate.store.edits import StoryEdits
from syndicate.store.entitlements import Entitlements
from syndicate.store.failures import Failures
from syndicate.store.filters import Filters
from syndicate.store.fragments import Fragments
from syndicate.store.holders import Holders
from syndicate.store.hub import Listeners
from syndicate.store.jobs import Jobs
from syndicate.store.journal import Answers, Audit
from syndicate.store.keys import Keys
from syndicate.store.likenesses import Likenesses
from syndicate.store.links import Links
from syndicate.store.listings import Listings
from syndicate.store.log import Log
from syndicate.store.names import Names
from syndicate.store.outlets import Outlets
from syndicate.store.overview import Overview
from syndicate.store.pages import Pages
from syndicate.store.pictures import Pictures
from syndicate.store.presence import Presence
from syndicate.store.proofs import Proofs
from syndicate.store.reach import Reach
from syndicate.store.replay import Replay
from syndicate.store.sessions import Sessions
from syndicate.store.sources import Sources
from syndicate.store.stories import Stories
from syndicate.store.subscribers import Subscribers
from syndicate.store.trials import Trials
from syndicate.store.users import Users
from syndicate.store.views import View, Views
from syndicate.store.workers import Workers

BUSY_TIMEOUT_MS = 15_000
# An error's message is logged: it holds no article and no key's hash. As many connections as there are threads.
_QUIET: dict[str, Any] = {"hide_parameters": True, "max_overflow": -1}


class Tx:
    """One transaction: the repositories that share its session."""

    def __init__(self, session: Session) -> None:
        self.session = session

    @cached_property
    def outlets(self) -> Outlets:
        return Outlets(self.session)

    @cached_property
    def channels(self) -> Channels:
        return Channels(self.session)

    @cached_property
    def subscribers(self) -> Subscribers:
        return Subscribers(self.session)

    @cached_property
    def users(self) -> Users:
        return Users(self.session)

    @cached_property
    def proofs(self) -> Proofs:
        return Proofs(self.session)

    @cached_property
    def links(self) -> Links:
        return Links(self.session)

    @cached_property
    def sessions(self) -> Sessions:
        return Sessions(self.session)

    @cached_property
    def failures(self) -> Failures:
        return Failures(self.session)

    @cached_property
    def keys(self) -> Keys:
        return Keys(self.session)

    @cached_property
    def stories(self) -> Stories:
        return Stories(self.session)

    @cached_property
    def edits(self) -> StoryEdits:
        return StoryEdits(self.session)

    @cached_property
    def decisions(self) -> Decisions:
        return Decisions(self.session)

    @cached_property
    def questions(self) -> Questions:
        return Questions(self.session)

    @cached_property
    def presence(self) -> Presence:
        return Presence(self.session)

    @cached_property
    def listings(self) -> Listings:
        return Listings(self.session)

    @cached_property
    def filters(self) -> Filters:
        return Filters(self.session)

    @cached_property
    def overview(self) -> Overview:
        return Overview(self.session)

    @cached_property
    def names(self) -> Names:
        return Names(self.session)

    @cached_property
    def likenesses(self) -> Likenesses:
        return Likenesses(self.session)

    @cached_property
    def pictures(self) -> Pictures:
        return Pictures(self.session)

    @cached_property
    def sources(self) -> Sources:
        return Sources(self.session)

    @cached_property
    def trials(self) -> Trials:
        return Trials(self.session)

    @cached_property
    def fragments(self) -> Fragments:
        return Fragments(self.session)

    @cached_property
    def pages(self) -> Pages:
        return Pages(self.session)

    @cached_property
    def reach(self) -> Reach:
        return Reach(self.session)

    @cached_property
    def listeners(self) -> Listeners:
        return Listeners(self.session)

    @cached_property
    def jobs(self) -> Jobs:
        return Jobs(self.session)

    @cached_property
    def workers(self) -> Workers:
        return Workers(self.session)

    @cached_property
    def audit(self) -> Audit:
        return Audit(self.session)

    @cached_property
    def entitlements(self) -> Entitlements:
        return Entitlements(self.session)

    @cached_property
    def log(self) -> Log:
        return Log(self.session)

    @cached_property
    def replay(self) -> Replay:
        return Replay(self.session)

    @cached_property
    def answers(self) -> Answers:
        return Answers(self.session)


class Store:
    """The database behind a URL. `begin()` writes, `read()` sees one consistent moment and writes nothing."""

    def __init__(self, url: str) -> None:
        self.engine = _open(_normal(url))
        reading: dict[str, Any] = {"sqlite_begin": "BEGIN"}
        if self.engine.dialect.name == "postgresql":
            reading = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        self._reader = self.engine.execution_options(**reading)
        self._views, self._holders = Views(self.engine), Holders(self.engine)
        # SQLite's writers sleep and try again, the unlucky ones for seconds; threads of one process take turns instead.
        self._turn: AbstractContextManager[Any] = Lock() if self.engine.dialect.name == "sqlite" else nullcontext()

    @contextmanager
    def begin(self, *, rehearse: bool = False) -> Iterator[Tx]:
        """Commits at the end, or changes nothing. Raises Conflict (another was first), Unavailable (no database).

        A rehearsal does everything but the commit.
        """
        with self._turn, _translated(), Session(self.engine, expire_on_commit=False) as session:
            yield Tx(session)
            if rehearse:
                session.rollback()
            else:
                session.commit()

    @contextmanager
    def read(self) -> Iterator[Tx]:
        with _translated(), Session(self._reader) as session, session.begin():
            yield Tx(session)

    def view(self, slug: str, secret_hash: str | None, now: datetime) -> View:
        """A channel as the owner of a key finds it at this moment, outside any transaction."""
        with _translated():
            return self._views.find(slug, secret_hash, now)

    def holder(self, secret_hash: str, now: datetime) -> tuple[Key, Outlet | None] | None:
        """The key that this secret opens something with now, and the outlet that holds it, outside any transaction."""
        with _translated():
            return self._holders.find(secret_hash, now)

    def close(self) -> None:
        self._views.close()
        self._holders.close()
        self.engine.dispose()


def sqlite_folder(url: str) -> Path | None:
    """Where the file of a SQLite database lies; None for a server. Raises ValueError."""
    parsed = _normal(url)
    return Path(parsed.database or "").parent if parsed.get_backend_name() == "sqlite" else None


def _normal(url: str) -> URL:
    """Our one driver per database, whatever the URL says; `postgres://` is how hosting services write it."""
    try:
        parsed = make_url(url.replace("postgres://", "postgresql://", 1) if url.startswith("postgres://") else url)
    except ArgumentError:
        raise ValueError("this is not the form of a URL") from None
    if parsed.get_backend_name() == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() == "sqlite" and parsed.database and not parsed.database.startswith(":"):
        return parsed
    raise ValueError("a database URL is sqlite:///FILE or postgresql://USER@HOST/NAME")


def _open(url: URL) -> Engine:
    if url.get_backend_name() == "postgresql":
        try:
            return create_engine(url, pool_pre_ping=True, **_QUIET)
        except ModuleNotFoundError as error:
            raise ValueError("PostgreSQL needs its driver: install the extra `postgres`") from error
    Path(url.database or "").parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000}, **_QUIET)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, below
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    if begin := connection.get_execution_options().get("sqlite_begin", "BEGIN IMMEDIATE"):
        connection.exec_driver_sql(begin)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        raise Conflict("Somebody else stored the same thing at the same moment.") from error
    except (ProgrammingError, DataError):  # a bug of ours
        raise
    except DatabaseError as error:
        raise Unavailable("The database did not answer; nothing was changed.") from error
