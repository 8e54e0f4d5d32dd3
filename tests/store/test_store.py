"""What the database promises, alike on SQLite and PostgreSQL."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.exc import StatementError

from syndicate.core.dates import PartialDate
from syndicate.core.errors import Conflict, NotFound, Unavailable
from syndicate.core.newsitem import NewsItem
from syndicate.core.newsroom import Key, Role, Scope, Subscriber, User
from syndicate.core.workflow import Review
from syndicate.store import Store
from syndicate.store.mapping import from_json, to_json
from tests.factories import an_item
from tests.newsroom import LATER, MICROSECOND, NOON, SECOND, a_channel, an_outlet, at_once

YEREVAN = timezone(timedelta(hours=4))


def test_a_naive_time_is_refused_before_it_is_stored(store):
    with pytest.raises(StatementError, match="naive datetime 2026-03-04T12:00:00"), store.begin() as tx:
        tx.outlets.add(an_outlet(), datetime(2026, 3, 4, 12, 0))  # noqa: DTZ001 - that is what is refused


@pytest.mark.parametrize("moment", [NOON, NOON.replace(microsecond=123456), NOON.astimezone(YEREVAN)])
def test_a_time_comes_back_as_the_same_moment_in_utc(store, moment):
    with store.begin() as tx:
        tx.channels.add(a_channel(created_at=moment))
    with store.read() as tx:
        found = tx.channels.get("world").created_at
    assert found == moment
    assert found.tzinfo == UTC


def test_what_fails_inside_a_transaction_leaves_nothing(store):
    with suppress(ZeroDivisionError), store.begin() as tx:
        tx.outlets.add(an_outlet(), NOON)
        tx.audit.add("outlet-add", "oc-media", who="ana", at=NOON)
        _ = 1 / 0
    with store.read() as tx:
        assert not tx.outlets.all()
        assert not tx.session.scalar(text("SELECT count(*) FROM audit"))


def test_a_rehearsal_does_everything_and_leaves_nothing(store):
    with store.begin(rehearse=True) as tx:
        tx.outlets.add(an_outlet(), NOON)
        assert tx.outlets.get("oc-media").name == "OC Media"
    with store.read() as tx, pytest.raises(NotFound):
        tx.outlets.get("oc-media")


def test_a_reader_sees_one_moment_however_much_is_written_meanwhile(house):
    with house.store.read() as tx:
        before = tx.outlets.get("oc-media").name
        house.set_outlet(name="OC Media Tbilisi")
        tx.session.expire_all()
        assert tx.outlets.get("oc-media").name == before
    with house.store.read() as tx:
        assert tx.outlets.get("oc-media").name == "OC Media Tbilisi"


def test_writers_take_turns_and_none_is_lost(store):
    def add(number: int):
        def act() -> None:
            with store.begin() as tx:
                tx.outlets.add(an_outlet(slug=f"o{number}"), NOON)

        return act

    assert at_once(*(add(number) for number in range(6))) == [None] * 6
    with store.read() as tx:
        assert len(tx.outlets.all()) == 6


def test_a_database_that_is_not_there_is_unavailable_and_says_so():
    store = Store("postgresql://nobody@127.0.0.1:1/nothing")
    with pytest.raises(Unavailable, match="nothing was changed"), store.read() as tx:
        tx.outlets.all()


@pytest.mark.parametrize("url", ["mysql://root@127.0.0.1/x", "sqlite://", "sqlite:///:memory:", "nonsense"])
def test_another_kind_of_database_is_refused(url):
    with pytest.raises(ValueError, match="URL"):
        Store(url)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg2"])
def test_postgresql_is_reached_by_one_driver_however_its_url_is_written(scheme):
    assert Store(f"{scheme}://u:p@127.0.0.1/x").engine.url.drivername == "postgresql+psycopg"


ADDITIONS = {
    "outlet": lambda tx: tx.outlets.add(an_outlet(), NOON),
    "channel": lambda tx: tx.channels.add(a_channel()),
    "subscriber": lambda tx: tx.subscribers.add(Subscriber(slug="globe", name="Globe"), NOON),
    "user": lambda tx: tx.users.add(User(email="a@b.example", role=Role.EDITOR), password_hash="h", now=NOON),
}


@pytest.mark.parametrize("add", ADDITIONS.values(), ids=ADDITIONS)
def test_a_name_that_is_taken_is_a_conflict(store, add):
    with store.begin() as tx:
        add(tx)
    with pytest.raises(Conflict, match="already"), store.begin() as tx:
        add(tx)


LOOK_UPS = {
    "outlet": lambda tx: tx.outlets.get("x"),
    "channel": lambda tx: tx.channels.get("x"),
    "subscriber": lambda tx: tx.subscribers.get("x"),
    "user": lambda tx: tx.users.get("x"),
    "key": lambda tx: tx.keys.get("x"),
    "story": lambda tx: tx.stories.get("x"),
    "guid": lambda tx: tx.stories.get("tag:news.example,2026-03-04:x"),
    "subscriber's channel": lambda tx: tx.subscribers.add(Subscriber(slug="g", name="G", channels=("x",)), NOON),
    "key's outlet": lambda tx: tx.keys.add(a_key(outlet="x"), secret_hash="h"),
    "key's subscriber": lambda tx: tx.keys.add(a_key(subscriber="x"), secret_hash="h"),
}


@pytest.mark.parametrize("look", LOOK_UPS.values(), ids=LOOK_UPS)
def test_what_is_not_there_is_not_found_by_name(store, look):
    with pytest.raises(NotFound, match="x"), store.begin() as tx:
        look(tx)


def a_key(**owner: str) -> Key:
    return Key(id="k1", label="", scopes=frozenset({Scope.ARTICLES_READ}), created_at=NOON, **owner)


@pytest.mark.parametrize("owners", [{}, {"outlet": "oc-media", "subscriber": "globe"}])
def test_a_key_has_exactly_one_owner(house, owners):
    with house.store.begin() as tx:
        tx.subscribers.add(Subscriber(slug="globe", name="Globe"), NOON)
    with pytest.raises(Conflict), house.store.begin() as tx:
        tx.keys.add(a_key(**owners), secret_hash="h")


def test_an_outlet_that_has_stories_cannot_be_removed(house):
    house.push()
    with pytest.raises(Conflict, match="has stories"), house.store.begin() as tx:
        tx.outlets.remove("oc-media")


def test_the_clock_is_told_what_is_due_the_longest_due_first_and_no_microsecond_early(house):
    late, early = (house.push(external_id=name).id for name in ("late", "early"))
    house.push(external_id="never")
    house.clock_strikes(NOON)  # what their arrival gave to do
    house.approve(late, publish_at=LATER)
    house.approve(early, publish_at=LATER - SECOND)

    def due(now: datetime, limit: int = 10) -> list[str]:
        with house.store.begin(rehearse=True) as tx:
            return [job.ref for job in tx.jobs.claim(now, lease=SECOND, limit=limit)]

    assert due(LATER - SECOND - MICROSECOND) == []
    assert due(LATER - SECOND) == [early]
    assert due(LATER) == [early, late]
    assert due(LATER, limit=1) == [early]


def test_all_that_was_ever_published_comes_in_batches_without_gap_or_repeat(house):
    ids = {house.published(external_id=f"e{number}") for number in range(5)}
    house.push(external_id="only received")
    house.withdraw(next(iter(ids)))
    with house.store.read() as tx:
        batches = [[story.id for story in batch] for batch in tx.stories.published(batch=2)]
    assert [len(batch) for batch in batches] == [2, 2, 1]
    assert {story_id for batch in batches for story_id in batch} == ids


def test_a_story_is_found_by_id_and_by_guid_and_by_the_name_its_outlet_gave_it(house):
    outcome = house.push()
    with house.store.read() as tx:
        found = {
            tx.stories.get(outcome.id).id,
            tx.stories.get(outcome.guid).id,
            tx.stories.find("oc-media", "oc-2291").id,
        }
        assert found == {outcome.id}
        assert tx.stories.find("another", "oc-2291") is None


def test_an_item_comes_back_from_its_json_as_it_was():
    item = an_item(first_published=PartialDate("2026-03-03T10:00:00+04:00", assumed_zone=True), source_version=7)
    assert from_json(to_json(item), NewsItem) == item


def test_what_is_default_is_not_written_so_that_a_field_added_later_reads_old_rows():
    assert "source_version" not in to_json(an_item())
    assert "dateline" not in to_json(an_item(dateline=""))


@pytest.mark.parametrize("state", Review)
def test_a_story_keeps_its_state(house, state):
    assert house.story(house.brought_to(state)).review is state
