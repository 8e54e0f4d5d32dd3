"""Real databases: each test runs on SQLite and, where SYNDICATE_TEST_POSTGRES_URL names a server, on PostgreSQL.

Each test process has a file and a schema of its own, emptied before every test; the schema is dropped at the end.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from sqlalchemy import make_url, text

from syndicate.store import Store, migrating
from syndicate.store.models import Base
from tests.newsroom import House, a_house

VARIABLE = "SYNDICATE_TEST_POSTGRES_URL"
KINDS = ("sqlite", "postgresql")


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest) -> Store:
    """An empty newsroom's database, with the tables of this release."""
    return emptied(request.getfixturevalue(f"_{request.param}_store"))


def emptied(store: Store) -> Store:
    with store.engine.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())
    return store


@pytest.fixture(params=KINDS)
def bare_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A database without any table."""
    if request.param == "postgresql":
        yield from own_schema(request.getfixturevalue("_postgresql_url"), "bare")
        return
    opened = Store(f"sqlite:///{tmp_path / 'bare.db'}")
    yield opened
    opened.close()


@pytest.fixture
def house(store: Store) -> House:
    """A newsroom at work: the outlet `oc-media`, the public channel `world`."""
    return a_house(store)


@pytest.fixture(scope="session")
def _sqlite_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('sqlite') / 'syndicate.db'}")
    migrating.upgrade(store)
    yield store
    store.close()


@pytest.fixture(scope="session")
def _postgresql_url(lacking: Callable[[str, str], NoReturn]) -> str:
    if not (url := os.environ.get(VARIABLE)):
        lacking("postgresql", f"no PostgreSQL: set {VARIABLE}, such as postgresql://root@127.0.0.1/test")
    return url


@pytest.fixture(scope="session")
def _postgresql_store(_postgresql_url: str) -> Iterator[Store]:
    for store in own_schema(_postgresql_url, "test"):
        migrating.upgrade(store)
        yield store


@pytest.fixture(scope="session")
def _postgresql_queue_url(_postgresql_url: str) -> Iterator[str]:
    for store in own_schema(_postgresql_url, "queue"):
        url = store.engine.url.set(drivername="postgresql").render_as_string(False)
        yield url.replace("+", "%20")  # as libpq reads it


def own_schema(url: str, purpose: str) -> Iterator[Store]:
    """A store without any table, in a schema of this test process that is dropped afterwards."""
    name = f"syndicate_{purpose}_{os.getpid()}"
    server = Store(url)
    with server.engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
    options = f"-csearch_path={name} -csynchronous_commit=off"  # no test here pulls the plug
    store = Store(make_url(url).update_query_dict({"options": options}).render_as_string(False))
    yield store
    store.close()
    with server.engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
    server.close()
