"""kill -9 while stories go out: readers of the change log miss nothing and hear nothing twice."""

import signal
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from syndicate.core.newsroom import Subscriber
from syndicate.service import keep
from tests.newsroom import ANA, a_house
from tests.service.followers import Follower, shown
from tests.whole.server import until
from tests.whole.test_killed import let_the_leases_of_the_dead_end

STORIES = 24


@pytest.fixture
def readers(room) -> list[Follower]:
    """Anybody, who reads one public channel, and a subscriber of another; all stories are due to go out."""
    house, now = a_house(room.store), datetime.now(UTC)
    house.add_channel("inner", public=False)
    keep.add_subscriber(room.store, Subscriber(slug="times", name="Times", channels=("inner",)), who=ANA, now=now)
    for number in range(STORIES):
        story_id = house.push(external_id=f"e{number}", url=None, now=now).id
        house.approve(story_id, publish_at=now + timedelta(microseconds=1), now=now)
    return [Follower(house, limit=2), Follower(house, "times")]


def test_readers_who_follow_while_workers_are_killed_miss_nothing_and_hear_nothing_twice(room, readers):
    anybody, _ = readers

    def heard(number: int) -> bool:
        for reader in readers:
            reader.step()
        return len(anybody.lines) >= number

    for point in sorted(Random("changes").sample(range(1, STORIES), 2)):
        worker = room.start_worker()
        until(lambda reached=point: heard(reached))
        worker.kill()
        worker.wait()
        let_the_leases_of_the_dead_end(room)
    worker = room.start_worker()
    until(lambda: heard(STORIES))
    worker.send_signal(signal.SIGTERM)
    assert worker.wait() == 0
    for reader in readers:
        reader.follow()
        again = Follower(reader.house, reader.slug, limit=500)
        again.follow()
        assert again.lines == reader.lines
        assert [line.news.value for line in reader.lines] == ["upsert"] * STORIES
        assert reader.held == shown(reader.house, reader.reader)
