"""The whole web application on a real store, with a clock that tests set."""

import io
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from threading import get_ident
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from sqlalchemy import event
from werkzeug.test import TestResponse

from syndicate import contracts
from syndicate.app import create_app
from syndicate.config import Config
from syndicate.core.newsroom import Subscriber
from syndicate.logging import flush, set_up
from syndicate.service import keep, keys
from syndicate.store import Store
from tests.newsroom import ANA, LATER, NEWSROOM, NOON, House, a_house, a_push, an_outlet, as_bytes

CONFIG = Config(
    name=NEWSROOM.name,
    base_url=NEWSROOM.base_url,
    max_body_bytes=200_000,
    media_dir="memory://web",
    secret_key="for tests alone, " * 3,
)
API = "/api/v1/articles"
PROBLEM = Draft202012Validator(json.loads(contracts.read("json/problem.schema.json")))


@dataclass
class Clock:
    now: datetime = LATER


@dataclass
class Site:
    """Requests as the outlet `oc-media`, as `globe` (another), as the subscriber `times`, or as nobody (`None`)."""

    client: FlaskClient
    house: House
    clock: Clock
    keys: dict[str, str] = field(default_factory=dict)

    def ask(self, path: str, *, by: str | None = None, method: str = "GET", **options: Any) -> TestResponse:
        headers = dict(options.pop("headers", {}))
        if by:
            headers["Authorization"] = f"Bearer {self.keys.get(by, by)}"
        return self.client.open(path, method=method, headers=headers, **options)

    def push(self, document: dict[str, Any] | bytes | None = None, **options: Any) -> TestResponse:
        """Our own JSON by `oc-media`, unless the options say otherwise."""
        data = document if isinstance(document, bytes) else as_bytes(a_push() if document is None else document)
        query = options.pop("query", "")
        ready = {"by": "oc-media", "content_type": "application/json", "data": data} | options
        return self.ask(f"{API}{query}", method="POST", **ready)

    def queries(self, path: str, **options: Any) -> int:
        """How many statements a request sends to the database; what is written behind it, in threads, is left out."""
        seen: list[str] = []
        here = get_ident()

        def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            seen.extend([statement] * (get_ident() == here))

        event.listen(self.house.store.engine, "before_cursor_execute", note)
        try:
            assert self.ask(path, **options).status_code == 200
        finally:
            event.remove(self.house.store.engine, "before_cursor_execute", note)
        return len(seen)


@pytest.fixture
def site(store: Store) -> Iterator[Site]:
    house, clock = a_house(store), Clock()
    house.add_channel("inner", public=False)
    house.add_channel("secret", public=False)
    keep.add_outlet(store, an_outlet(slug="globe", name="Globe"), who=ANA, now=NOON)
    keep.add_subscriber(store, Subscriber(slug="times", name="Times", channels=("inner",)), who=ANA, now=NOON)
    owners = ({"outlet": "oc-media"}, {"outlet": "globe"}, {"subscriber": "times"})
    minted = {slug: keys.add(store, **{kind: slug}, who=ANA, now=NOON)[1] for o in owners for kind, slug in o.items()}
    app = create_app(CONFIG, store, now=lambda: clock.now)
    yield Site(client=app.test_client(), house=house, clock=clock, keys=minted)
    app.extensions["syndicate"].readings.flush()  # what it counted is not for the newsroom of the next test


class Log(io.StringIO):
    """Standard error, with all that was logged until it is looked at."""

    def getvalue(self) -> str:
        flush()
        return super().getvalue()


@pytest.fixture
def log() -> Iterator[Log]:
    """What is logged meanwhile, as it would stand on standard error."""
    root = logging.getLogger()
    before, level, stream = root.handlers[:], root.level, Log()
    set_up("debug", stream)
    yield stream
    root.handlers[:] = before
    root.setLevel(level)


def is_problem(response: TestResponse, status: int, slug: str = "") -> dict[str, Any]:
    """The answer, which must be a problem document of RFC 9457 with this status; its members."""
    assert response.status_code == status, response.get_data(as_text=True)[:500]
    assert response.mimetype == "application/problem+json"
    found: dict[str, Any] = json.loads(response.data)
    PROBLEM.validate(found)
    assert found["status"] == status
    assert found["type"] == (f"/problems/{slug}" if slug else found["type"])
    return found
