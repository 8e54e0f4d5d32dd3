"""Stories are rendered once, by the worker, and feeds are joined from the pieces; whoever reads writes nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from syndicate.core.newsitem import Paging
from syndicate.core.policy import Embeds, Pictures, Policy, Text
from syndicate.outputs import FORMATS
from syndicate.service import keep
from syndicate.service.deliver import documents, feeds, rendering
from syndicate.service.deliver.documents import Wish
from syndicate.store.models import FragmentRow
from tests.newsroom import ANA, LATER, NEWSROOM, NOON

FEEDS = [(name, variant) for name, form in FORMATS.items() for variant in ("", *form.variants) if form.render_feed]
FEEDS = [(name, variant) for name, variant in FEEDS if FORMATS[name].variant(variant).render_feed]
POLICIES = {
    "whole": Policy(),
    "summary": Policy(text=Text.SUMMARY),
    "bare": Policy(pictures=Pictures.NONE, embeds=Embeds.NONE),
}


def document(house, name="rss", variant="") -> bytes:
    wish = Wish(format=name, variant=variant)
    return documents.document(house.store, NEWSROOM, slug="world", wish=wish, now=LATER).body


def at_once(house, name, variant) -> bytes:
    """The same without any piece that was kept."""
    channel, shown = feeds.channel_feed(house.store, NEWSROOM, slug="world", limit=50, now=LATER)
    form = FORMATS[name]
    feed = documents.feed_of(
        NEWSROOM, channel, documents.address(NEWSROOM, "world", Wish(format=name, variant=variant))
    )
    feed = replace(feed, paging=Paging(complete=True))
    return form.variant(variant).render_feed(feed, shown.items)


def fragments(house):
    with house.store.read() as tx:
        return tx.session.execute(select(FragmentRow.version, FragmentRow.body)).all()


def set_policy(house, policy) -> None:
    keep.set_channel(house.store, replace(house.channel(), policy=policy), who=ANA, now=NOON)


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)
@pytest.mark.parametrize(("name", "variant"), FEEDS)
def test_a_feed_of_kept_pieces_is_the_feed_rendered_at_once(house, name, variant, policy):
    set_policy(house, policy)
    house.published(external_id="a")
    house.withdraw(house.published(external_id="b"))
    expected = at_once(house, name, variant)
    assert document(house, name, variant) == expected  # nothing is kept yet
    house.clock_strikes(LATER)
    assert len(fragments(house)) == 2 * len(rendering.FORMS)
    assert document(house, name, variant) == expected


def test_what_is_kept_is_what_is_sent(house):
    house.published()
    house.clock_strikes(NOON)
    with house.store.begin() as tx:
        tx.session.execute(update(FragmentRow).values(body=b"<item>kept</item>"))
    assert b"<item>kept</item>" in document(house)


def test_reading_writes_nothing(house):
    house.published()
    rows = house.counts()
    for name, variant in FEEDS:
        document(house, name, variant)
    assert house.counts() == rows


@pytest.mark.parametrize("act", ["withdraw", "kill"])
def test_a_change_takes_the_place_of_the_version_before(house, act):
    ref = house.published()
    house.clock_strikes(NOON)
    getattr(house, act)(ref, now=LATER)
    assert b"We counted the days" not in document(house)  # at once, though the worker has not come
    house.clock_strikes(LATER)
    assert {one.version for one in fragments(house)} == {2}
    assert not any(b"We counted the days" in one.body for one in fragments(house))


def test_channels_of_equal_policies_share_pieces_and_others_have_their_own(house):
    house.add_channel("second")
    house.published()
    house.clock_strikes(NOON)
    assert len(fragments(house)) == len(rendering.FORMS)
    set_policy(house, POLICIES["summary"])
    house.published(external_id="next")
    house.clock_strikes(NOON)
    assert len(fragments(house)) == 3 * len(rendering.FORMS)


def test_a_story_that_stands_in_no_channel_is_not_rendered(house):
    keep.remove_channel(house.store, "world", who=ANA, now=NOON)
    house.published()
    house.clock_strikes(NOON)
    assert fragments(house) == []


def test_what_other_code_wrote_is_not_sent_and_is_rendered_anew(house):
    house.published()
    house.clock_strikes(NOON)
    expected = document(house)
    with house.store.begin() as tx:
        tx.session.execute(update(FragmentRow).values(body=b"old", recipe="old"))
    assert document(house) == expected
    rendering.sweep(house.store, NEWSROOM, NOON)
    rendering.render(house.store, NEWSROOM, NOON)
    assert len(fragments(house)) == len(rendering.FORMS)
    assert b"old" not in {one.body for one in fragments(house)}


def test_our_address_is_part_of_the_recipe():
    assert rendering.recipe("https://a.example") != rendering.recipe("https://b.example")
    assert rendering.recipe("https://a.example") == rendering.recipe("https://a.example")


def test_pieces_are_kept_for_a_month(house):
    house.published()
    house.clock_strikes(NOON)
    rendering.sweep(house.store, NEWSROOM, NOON + timedelta(days=30))
    assert fragments(house)
    rendering.sweep(house.store, NEWSROOM, NOON + timedelta(days=31))
    assert fragments(house) == []
    assert b"We counted the days" in document(house)
