"""kill -9 of workers that pull feeds: each story of each feed comes in, once."""

import signal
from datetime import UTC, datetime
from random import Random

import pytest
from sqlalchemy import func, select

from syndicate.core.source import Source
from syndicate.service.intake import sources
from syndicate.store.models import PollRow, RevisionRow, StoryRow
from tests.newsroom import ANA, a_house
from tests.service.feeds import an_item, served
from tests.whole.server import Newsroom, until
from tests.whole.test_killed import let_the_leases_of_the_dead_end

FEEDS, ITEMS = 20, 8


def count(room: Newsroom, table: type) -> int:
    with room.store.read() as tx:
        return tx.session.scalars(select(func.count()).select_from(table)).one()


def looked_at(room: Newsroom) -> int:
    """How many feeds have a finished look in the log; some have two, where a worker died just after it."""
    with room.store.read() as tx:
        return tx.session.scalars(select(func.count(PollRow.source_id.distinct()))).one()


@pytest.fixture
def feeds(room: Newsroom, partner) -> None:
    """Sources that are due, on a partner's server that the workers may go to."""
    a_house(room.store)
    room.environ["SYNDICATE_ALLOW_HOSTS"] = partner.host
    for feed in range(FEEDS):
        numbers = range(feed * ITEMS, (feed + 1) * ITEMS)
        partner.says[f"/{feed}"] = [served(*(an_item(number) for number in numbers))]
        source = Source(
            id="", outlet="oc-media", slug=f"f{feed}", address=partner.url(f"/{feed}"), created_at=datetime.now(UTC)
        )
        sources.add(room.store, source, who=ANA, now=datetime.now(UTC))


@pytest.mark.usefixtures("feeds")
def test_workers_killed_while_they_pull_feeds_lose_and_double_nothing(room):
    for point in sorted(Random(7).sample(range(1, FEEDS * ITEMS), 3)):
        worker = room.start_worker()
        until(lambda reached=point: count(room, StoryRow) >= reached)
        worker.kill()
        worker.wait()
        let_the_leases_of_the_dead_end(room)
    worker = room.start_worker()
    until(lambda: looked_at(room) == FEEDS)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait() == 0
    assert count(room, StoryRow) == count(room, RevisionRow) == FEEDS * ITEMS
