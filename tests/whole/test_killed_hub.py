"""kill -9 of workers that tell listeners of a change: each is told the newest state, and nobody is forgotten."""

import hashlib
import hmac
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from syndicate.core.hub import Listener
from tests.newsroom import a_house
from tests.partner import Asked, Partner, answer
from tests.whole.server import Newsroom, until
from tests.whole.test_killed import let_the_leases_of_the_dead_end

LISTENERS, SECRET = 24, "between us"


def slowly(partner: Partner, _asked: Asked) -> Iterator[bytes]:
    partner.closing.wait(0.1)
    yield answer(202)


@pytest.fixture
def listeners(room: Newsroom, partner: Partner) -> list[str]:
    """Their paths at the partner's server."""
    room.environ["SYNDICATE_ALLOW_HOSTS"] = partner.host
    now, paths = datetime.now(UTC), [f"/cb{number}" for number in range(LISTENERS)]
    with room.store.begin() as tx:
        for number, path in enumerate(paths):
            partner.says[path] = [slowly]
            tx.listeners.add(
                Listener(
                    id=f"l{number}",
                    channel="world",
                    format="rss",
                    callback=partner.url(path),
                    secret=SECRET,
                    lease_until=now + timedelta(days=1),
                    told_at=now - timedelta(days=1),
                    created_at=now,
                )
            )
    return paths


def told(partner: Partner) -> set[str]:
    return {asked.path for asked in partner.asked if b"News 2" in asked.body}


def test_workers_killed_while_they_tell_forget_nobody(room, partner, listeners):
    house, now = a_house(room.store), datetime.now(UTC)
    house.published(external_id="1", url=None, headline="News 1", now=now)
    house.published(external_id="2", url=None, headline="News 2", now=now)
    for point in sorted(Random(5).sample(range(1, LISTENERS), 3)):
        worker = room.start_worker()
        until(lambda reached=point: len(told(partner)) >= reached)
        worker.kill()
        worker.wait()
        let_the_leases_of_the_dead_end(room)
    room.start_worker()
    until(lambda: told(partner) == set(listeners))
    until(lambda: everybody_is_up_to_date(room))
    for asked in partner.asked:
        signed = hmac.new(SECRET.encode(), asked.body, hashlib.sha256).hexdigest()
        assert asked.headers["X-Hub-Signature"] == f"sha256={signed}"
    assert len(partner.asked) <= LISTENERS + 3 * 4  # what a killed hand had sent and not noted is sent once more


def everybody_is_up_to_date(room: Newsroom) -> bool:
    with room.store.read() as tx:
        return not tx.listeners.behind("world", tx.channels.get("world").changed_at, datetime.now(UTC))
