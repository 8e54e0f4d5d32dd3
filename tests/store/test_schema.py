"""Migrations: the same tables on both databases, up, down and up again."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from syndicate.core.errors import RuleBroken, Unavailable
from syndicate.core.newsroom import Subscriber
from syndicate.service import health, keep, keys, read
from syndicate.store import Store, migrating, opening, schema, search
from syndicate.store.models import Base
from tests.newsroom import LATER, SECOND, a_house, at_once

HOW = {
    "compare_type": True,
    "compare_server_default": True,
    "include_name": lambda name, kind, parents: kind != "table" or not name.startswith(search.TABLE),
}


def tables(store: Store) -> set[str]:
    """Without the full-text index, which each database keeps in its own way."""
    with store.engine.connect() as connection:
        return {name for name in inspect(connection).get_table_names() if not name.startswith(search.TABLE)}


def test_migrations_run_up_down_and_up_again(bare_store):
    assert migrating.upgrade(bare_store) == schema.head()
    there = tables(bare_store)
    assert there == {*Base.metadata.tables, "alembic_version"}
    migrating.downgrade(bare_store, "base")
    assert tables(bare_store) == {"alembic_version"}
    assert migrating.upgrade(bare_store) == schema.head()
    assert tables(bare_store) == there


def test_models_and_tables_agree(store):
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=HOW)
        assert compare_metadata(context, Base.metadata) == []


def test_upgrading_what_is_up_to_date_changes_nothing(store):
    assert migrating.upgrade(store) == schema.head() == schema.current(store)


def test_whoever_opens_an_empty_database_first_sets_it_up(bare_store):
    opening.ensure(bare_store)
    health.check(bare_store)


def test_two_that_set_up_the_same_empty_database_at_once_do_not_stumble_over_each_other(bare_store):
    assert at_once(*[lambda: migrating.upgrade(bare_store)] * 2) == [schema.head()] * 2


def test_a_database_of_a_newer_release_is_refused_before_anything_is_touched(store):
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '99990101_0000'"))
    try:
        with pytest.raises(RuleBroken, match="newer release"):
            opening.ensure(store)
        with pytest.raises(Unavailable, match="99990101_0000"):
            health.check(store)
    finally:
        with store.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": schema.head()})


def test_a_database_that_is_behind_is_upgraded_on_sqlite_and_left_to_its_operator_on_postgresql(bare_store):
    migrating.upgrade(bare_store)
    migrating.downgrade(bare_store, "base")
    if bare_store.engine.dialect.name == "sqlite":
        opening.ensure(bare_store)
        health.check(bare_store)
    else:
        with pytest.raises(RuleBroken, match="syndicate db upgrade"):
            opening.ensure(bare_store)


def test_what_was_received_and_when_it_is_due_survive_a_release_back_and_forth(bare_store):
    migrating.upgrade(bare_store)
    house = a_house(bare_store)
    story_id = house.push().id
    house.approve(story_id, publish_at=LATER)
    source = read.revision(bare_store, story_id, outlet="oc-media").body
    migrating.downgrade(bare_store, "20261123_0000")
    migrating.upgrade(bare_store)
    assert read.revision(bare_store, story_id, outlet="oc-media").body == source
    assert house.push().result == "unchanged"
    assert [house.clock_strikes(LATER - SECOND), house.clock_strikes(LATER), house.out()] == [
        0,
        1,
        ["Valley schools reopen after eleven weeks"],
    ]


def test_what_refers_to_a_table_that_is_made_anew_stays(bare_store):
    migrating.upgrade(bare_store)
    house = a_house(bare_store)
    house.published()
    kept = ("subscription", "channel_entry", "channel", "api_key", "story", "edition")
    times = Subscriber(slug="times", name="Times", channels=("world",))
    keep.add_subscriber(bare_store, times, who="ana", now=LATER)
    keys.add(bare_store, subscriber="times", who="ana", now=LATER)
    before = house.counts()
    migrating.downgrade(bare_store, "20261123_0519")
    migrating.upgrade(bare_store)
    after = house.counts()
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
    assert min(before[name] for name in kept) == 1
    assert len(house.out()) == 1
