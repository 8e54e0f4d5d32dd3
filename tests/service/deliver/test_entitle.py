"""What subscribers' rights let them have: the same in feeds, items, the change log and the answer to `may`."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from syndicate.core.entitlement import Reason
from syndicate.core.errors import BadFields, NotFound
from syndicate.core.grants import Grants, Period, Quota
from syndicate.core.newsroom import Subscriber
from syndicate.core.rule import Rule
from syndicate.service import keep, read
from syndicate.service.deliver import entitle, feeds
from tests.newsroom import ANA, NEWSROOM, NOON, SECOND, House, an_outlet
from tests.service.followers import Follower

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NEXT_MONDAY = NOON.replace(hour=0) + 5 * DAY
A_WEEK = Quota(1, Period.WEEK)


def agree(house: House, slug: str = "times", *channels: str, now: Any = NOON, **grants: Any) -> None:
    """What this subscriber may have from now on."""
    subscriber = Subscriber(slug=slug, name=slug, channels=channels or ("inner",), grants=Grants(**grants))
    there = {known.slug for known in read.subscribers(house.store)}
    act = keep.set_subscriber if slug in there else keep.add_subscriber
    act(house.store, subscriber, who=ANA, now=now)


@pytest.fixture
def times(house: House) -> Follower:
    house.add_channel("inner", public=False)
    agree(house)
    return Follower(house, "times")


def out(house: House, slug: str = "times", *, now: Any = NOON, channel: str = "inner") -> list[str]:
    """The headlines in the subscriber's own feed; what it is to take down is `- taken down`."""
    _, shown = feeds.channel_feed(house.store, NEWSROOM, slug=channel, limit=50, now=now, reader=slug)
    return [f"- {item.change}" if item.canceled else item.headline for item in shown.items]


def item(house: House, story_id: str, slug: str = "times", *, now: Any = NOON) -> str:
    """How its item answers: shown, taken back or not there."""
    reader = read.subscriber(house.store, slug).at(now)
    try:
        shown = feeds.item(house.store, NEWSROOM, story_id=story_id, extension="html", reader=reader, now=now)
    except NotFound:
        return "not there"
    return "taken back" if shown.items[0].canceled else "shown"


def only_inner(house: House) -> None:
    """The public channel holds nothing, so that a story is seen by right or not at all."""
    keep.remove_channel(house.store, "world", who=ANA, now=NOON)


REASONS: dict[Reason, tuple[dict[str, Any], dict[str, Any]]] = {
    Reason.BLOCKED_BY_OUTLET: ({"blocked_subscribers": ("times",)}, {}),
    Reason.BLOCKED_BY_SUBSCRIBER: ({}, {"blocked_outlets": ("oc-media",)}),
    Reason.TERRITORY: ({"territories": ("AM",)}, {"territories": ("US",)}),
    Reason.EMBARGO: ({}, {"embargo_hours": 6}),
    Reason.ENDED: ({}, {"ends": NOON}),
}


@pytest.mark.parametrize("reason", REASONS)
def test_a_story_that_comes_out_is_kept_from_whom_it_is_not_for(house, times, reason):
    only_inner(house)
    outlet, grants = REASONS[reason]
    agree(house, **grants)
    house.agree(**outlet)
    agree(house, "globe", territories=("AM",))
    story_id = house.published(headline="News")
    answer = entitle.may(house.store, "times", story_id, NOON)
    assert (answer.allowed, answer.reason) == (False, reason)
    assert [out(house), item(house, story_id), times.told()] == [
        [] if reason is not Reason.ENDED else ["News"],  # by then its key opens no feed
        "not there",
        [],
    ]
    assert [out(house, "globe"), item(house, story_id, "globe")] == [["News"], "shown"]
    assert entitle.may(house.store, "globe", story_id, NOON).allowed


SPARING = (Reason.ENDED, Reason.EMBARGO)  # the first closes channels, the second keeps nothing back that was had


@pytest.mark.parametrize("reason", [reason for reason in REASONS if reason not in SPARING])
def test_what_it_has_is_withdrawn_from_it_when_the_rights_change_and_comes_back_with_them(house, times, reason):
    only_inner(house)
    outlet, grants = REASONS[reason]
    story_id = house.published(headline="News")
    assert times.told() == [("upsert", 1, ("inner",))]
    agree(house, now=NOON + SECOND, **grants)
    house.agree(**outlet)
    assert times.told() == [("access-revoked", 1, ())]
    assert [out(house), item(house, story_id)] == [["- access-revoked"], "taken back"]
    agree(house, now=NOON + 2 * SECOND)
    house.agree()
    assert times.told() == [("upsert", 1, ("inner",))]
    assert [out(house), item(house, story_id)] == [["News"], "shown"]


def test_the_end_of_an_agreement_takes_everything_back_at_its_instant_and_a_new_one_gives_it_again(house, times):
    only_inner(house)
    story_id = house.published()
    agree(house, ends=NOON + DAY)
    assert [item(house, story_id, now=now) for now in (NOON + DAY - SECOND, NOON + DAY)] == ["shown", "not there"]
    assert times.told() == [("upsert", 1, ("inner",))]
    house.clock_strikes(NOON + DAY - SECOND)
    assert times.told() == []
    house.clock_strikes(NOON + DAY)
    assert times.told() == [("access-revoked", 1, ())]
    agree(house, now=NOON + 2 * DAY, ends=NOON + 9 * DAY)
    assert times.told() == [("upsert", 1, ("inner",))]


def test_embargo_hours_take_nothing_back(house, times):
    only_inner(house)
    house.published(headline="News")
    assert times.told() == [("upsert", 1, ("inner",))]
    agree(house, embargo_hours=6, now=NOON + SECOND)
    assert times.told() == []


def test_embargo_hours_pass_by_themselves(house, times):
    only_inner(house)
    agree(house, embargo_hours=6)
    story_id = house.published(headline="News")
    assert times.told() == out(house) == []
    answer = entitle.may(house.store, "times", story_id, NOON)
    assert (answer.reason, answer.available_from) == (Reason.EMBARGO, NOON + 6 * HOUR)
    house.clock_strikes(NOON + 6 * HOUR - SECOND)
    assert times.told() == out(house) == []
    house.clock_strikes(NOON + 6 * HOUR)
    assert times.told() == [("upsert", 1, ("inner",))]
    assert [out(house), item(house, story_id)] == [["News"], "shown"]


def test_a_correction_within_the_hours_is_new_when_they_are_over_and_a_withdrawal_is_never_heard_of(house, times):
    only_inner(house)
    agree(house, embargo_hours=6)
    kept, gone = house.published(external_id="a"), house.published(external_id="b")
    house.push(external_id="a", headline="Corrected")
    house.publish(kept)
    house.withdraw(gone)
    house.clock_strikes(NOON + 6 * HOUR)
    assert times.told() == [("upsert", 2, ("inner",))]
    assert [out(house), item(house, gone)] == [["Corrected"], "not there"]


def test_a_quota_lets_the_first_through_and_the_others_wait_until_it_rolls_over(house, times):
    agree(house, quota=A_WEEK)
    for number, name in enumerate(("first", "second", "third")):
        house.published(external_id=name, headline=name, now=NOON + number * SECOND)
    assert out(house) == ["first"]
    assert entitle.used(house.store, read.subscriber(house.store, "times"), NOON) == 1
    house.clock_strikes(NEXT_MONDAY - SECOND)
    assert out(house) == ["first"]
    house.clock_strikes(NEXT_MONDAY)
    assert sorted(out(house)) == ["first", "second"]
    house.clock_strikes(NEXT_MONDAY + 7 * DAY)
    assert sorted(out(house)) == ["first", "second"]  # the third has waited for a week, and that is enough


def test_a_correction_of_what_it_has_costs_no_quota(house, times):
    agree(house, quota=A_WEEK)
    story_id = house.published()
    house.push(headline="Corrected")
    house.publish(story_id)
    assert out(house) == ["Corrected"]
    assert [line[0] for line in times.told()] == ["upsert", "upsert"]


def test_a_quota_that_begins_leaves_what_it_has_and_counts_it(house, times):
    house.published(external_id="a", headline="a")
    agree(house, quota=A_WEEK)
    house.published(external_id="b", headline="b")
    assert out(house) == ["a"]
    assert [line[0] for line in times.told()] == ["upsert"]


def test_a_channel_that_is_given_under_a_quota_brings_what_the_quota_leaves(house, times):
    house.add_channel("more", public=False)
    agree(house, "times", "inner", quota=Quota(2, Period.WEEK))
    for number, name in enumerate("abc"):
        house.published(external_id=name, headline=name, now=NOON + number * SECOND)
    agree(house, "times", "inner", "more", quota=Quota(2, Period.WEEK))
    assert sorted(out(house, channel="more")) == ["a", "b"]
    assert {line[2] for line in times.told()} == {("inner",), ("inner", "more")}


def test_excerpts_replace_what_it_has_and_are_told_once(house, times):
    only_inner(house)
    house.published(summary="Over.")
    times.follow()
    agree(house, excerpt_only=True)
    assert times.told() == [("upsert", 1, ("inner",))]
    _, shown = feeds.channel_feed(house.store, NEWSROOM, slug="inner", limit=5, now=NOON, reader="times")
    assert [story.body_html for story in shown.items] == ["<p>Over.</p>"]
    agree(house, excerpt_only=True)
    assert times.told() == []


def test_two_subscribers_of_one_channel_see_what_each_may_have(house, times):
    keep.add_outlet(house.store, an_outlet(slug="wire", name="Wire"), who=ANA, now=NOON)
    agree(house, blocked_outlets=("wire",))
    agree(house, "globe", blocked_outlets=("oc-media",))
    house.published(external_id="a", headline="ours")
    house.published(external_id="b", outlet="wire", headline="theirs", url="https://wire.example/1")
    assert [out(house, slug) for slug in ("times", "globe")] == [["ours"], ["theirs"]]
    assert [len(Follower(house, slug).follow()) for slug in ("times", "globe", "")] == [1, 1, 2]


def test_a_rule_that_brings_old_stories_into_a_channel_asks_the_rights_of_its_readers(house, times):
    house.add_channel("more", public=False, sections=("Sports",))
    agree(house, "times", "more", embargo_hours=6)
    house.published(section="Culture")
    keep.set_channel(house.store, replace(house.channel("more"), rule=Rule()), who=ANA, now=NOON)
    assert out(house, channel="more") == times.told() == []


def test_a_subscriber_without_rights_of_its_own_costs_no_rows(house, times):
    agree(house, territories=("AM",), ends=NOON + DAY)
    house.published()
    assert house.counts()["entitlement"] == 0


@pytest.mark.parametrize(
    ("grants", "field"),
    [
        ({"blocked_outlets": ("never-was",)}, "block_outlet"),
        ({"territories": ("Armenia",)}, "territory"),
        ({"embargo_hours": -1}, "embargo_hours"),
    ],
)
def test_an_agreement_that_would_do_nothing_in_silence_is_refused(house, times, grants, field):
    with pytest.raises(BadFields) as refused:
        agree(house, **grants)
    assert set(refused.value.extra["errors"]) == {field}


def test_an_outlet_can_block_only_who_is_there(house):
    with pytest.raises(BadFields) as refused:
        house.agree(blocked_subscribers=("never-was",))
    assert set(refused.value.extra["errors"]) == {"block_subscriber"}


def test_of_a_story_that_is_not_out_or_stands_in_no_channel_of_it_that_is_the_answer(house, times):
    waiting, elsewhere = house.push(external_id="a").id, house.published(external_id="b")
    house.add_channel("empty", public=False, sections=("None",))
    agree(house, "times", "empty")
    reasons = [entitle.may(house.store, "times", ref, NOON).reason for ref in (waiting, elsewhere)]
    assert reasons == ["not-out", "no-channel"]
