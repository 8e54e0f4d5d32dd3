"""Newsrooms as they run in life: embedded, on files; and grown, on PostgreSQL with a queue on Redis."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from syndicate import app
from syndicate.config import load
from syndicate.store import Store, migrating
from tests.queues import flush
from tests.stores import own_schema
from tests.whole.server import Newsroom


@pytest.fixture(params=["embedded", "grown"])
def scale(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def room(scale: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Newsroom]:
    """Its database is set up and open in `room.store`, so that a test can look into it from outside."""
    stores = _grown_store if scale == "grown" else _embedded_store
    for store in stores(request.getfixturevalue, tmp_path):
        migrating.upgrade(store)
        room = Newsroom(tmp_path, store=store)
        if scale == "grown":
            room.environ["SYNDICATE_QUEUE_URL"] = request.getfixturevalue("redis_url")
        yield room
        room.end()
        queue = app.queue(load(room.environ))
        flush(queue)
        queue.close()


def _embedded_store(_fixture: Callable[[str], str], folder: Path) -> Iterator[Store]:
    store = Store(f"sqlite:///{folder}/syndicate.db")
    yield store
    store.close()


def _grown_store(fixture: Callable[[str], str], _folder: Path) -> Iterator[Store]:
    yield from own_schema(fixture("_postgresql_url"), "whole")
