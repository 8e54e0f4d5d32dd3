"""The change log: what each reader is told, in one order, and that a replay of it ends where the feeds stand."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from syndicate.core.errors import BadFields, MoveRefused, NotFound, NotKnown
from syndicate.core.grants import Grants, Period, Quota
from syndicate.core.newsitem import Change
from syndicate.core.newsroom import Subscriber
from syndicate.core.policy import Embeds, Page, Pictures, Policy, Text
from syndicate.core.rule import Rule
from syndicate.core.workflow import Review
from syndicate.service import keep
from syndicate.service.deliver import changes
from syndicate.store import migrating
from syndicate.store.replay import Position
from tests.newsroom import ANA, LATER, NOON, SECOND, House, a_house, at_once
from tests.service.followers import Follower, shown

WORLD = ("world",)


@pytest.fixture
def times(house: House) -> Follower:
    """A subscriber of the channel `inner`, which takes everything and is not public."""
    house.add_channel("inner", public=False)
    give(house, "inner", new=True)
    return Follower(house, "times")


def give(house: House, *channels: str, new: bool = False, **grants: Any) -> None:
    """These channels, by this agreement, are what the subscriber has from now on."""
    act = keep.add_subscriber if new else keep.set_subscriber
    subscriber = Subscriber(slug="times", name="Times", channels=channels, grants=Grants(**grants))
    act(house.store, subscriber, who=ANA, now=NOON)


def set_channel(house: House, slug: str, **changed: Any) -> None:
    keep.set_channel(house.store, replace(house.channel(slug), **changed), who=ANA, now=NOON)


def narrow(house: House, slug: str, **rule: object) -> None:
    set_channel(house, slug, rule=Rule(**rule))


def test_each_change_of_a_story_is_told_by_what_is_to_be_done(house):
    anybody = Follower(house)
    story_id = house.push().id
    assert anybody.told() == []
    house.publish(story_id)
    assert anybody.told() == [("upsert", 1, WORLD)]
    house.push(headline="Second")
    assert anybody.told() == []
    house.publish(story_id)
    assert anybody.told() == [("upsert", 2, WORLD)]
    house.push(headline="Third")
    house.publish(story_id, change=Change.CORRECTION)
    assert anybody.told() == [("correct", 3, WORLD)]
    house.withdraw(story_id)
    assert anybody.told() == [("withdraw", 4, ())]
    house.publish(story_id)
    assert anybody.told() == [("upsert", 5, WORLD)]
    house.source_withdraws()
    assert anybody.told() == [("withdraw", 6, ())]
    house.kill(story_id)
    assert anybody.told() == [("withdraw", 7, ())]


def test_a_correction_that_goes_straight_through_is_told_as_one(house):
    house.agree(corrections_straight_through=True)
    anybody = Follower(house)
    house.published()
    house.push(headline="Corrected", change="correction")
    assert anybody.told() == [("upsert", 1, WORLD), ("correct", 2, WORLD)]


def test_the_end_of_the_rights_is_told_as_a_withdrawal(house):
    anybody = Follower(house)
    house.published(rights={"expires": LATER.isoformat()})
    house.clock_strikes(LATER)
    assert anybody.told() == [("upsert", 1, WORLD), ("withdraw", 2, ())]


def test_a_channel_that_is_given_brings_all_that_stands_in_it_and_one_that_is_taken_takes_it_away(house, times):
    for number in range(5):
        house.published(external_id=f"e{number}")
    times.told()
    house.add_channel("more", public=False, outlets=("oc-media",))
    give(house, "inner", "more")
    assert times.told() == [("upsert", 1, ("inner", "more"))] * 5
    give(house, "more")
    assert times.told() == [("upsert", 1, ("more",))] * 5
    give(house)
    assert times.told() == [("access-revoked", 1, ())] * 5
    give(house, "inner")
    assert times.told() == [("upsert", 1, ("inner",))] * 5


def test_a_channel_given_and_taken_is_written_once_and_not_for_each_story(house, times):
    house.published()
    before = house.counts()
    give(house)
    after = house.counts()
    assert {name for name in after if after[name] != before[name]} == {"change", "audit", "subscription"}


def test_a_rule_that_is_narrowed_takes_away_what_no_longer_fits_and_nothing_else(house, times):
    house.published(external_id="a")
    house.published(external_id="b", section="Sports")
    times.follow()
    narrow(house, "inner", sections=("Sports",))
    assert times.told() == [("access-revoked", 1, ())]
    narrow(house, "inner")
    assert times.told() == [("upsert", 1, ("inner",))]


def test_a_story_corrected_out_of_a_channel_is_lost_there_and_one_corrected_into_it_is_new(house, times):
    narrow(house, "inner", sections=("Sports",))
    story_id = house.published(section="Sports")
    for section, told in (("Culture", ("access-revoked", 1, ())), ("Sports", ("upsert", 3, ("inner",)))):
        house.push(section=section)
        house.publish(story_id, change=Change.CORRECTION)
        assert times.told()[-1] == told


def test_a_withdrawal_is_told_to_those_who_had_the_story_and_to_nobody_else(house, times):
    narrow(house, "inner", sections=("Sports",))
    had = house.published(external_id="a", section="Sports")
    narrow(house, "inner", sections=("Culture",))
    never = house.published(external_id="b", section="Sports")
    assert [line[0] for line in times.told()] == ["upsert", "access-revoked"]
    house.withdraw(had)
    house.withdraw(never)
    assert times.told() == [("withdraw", 2, ())]
    house.kill(had)
    assert times.told() == [("withdraw", 3, ())]


def test_who_was_given_the_channel_after_a_withdrawal_does_not_hear_of_the_kill(house, times):
    give(house)
    story_id = house.published()
    house.withdraw(story_id)
    give(house, "inner")
    house.kill(story_id)
    assert times.told() == []


def test_a_channel_that_is_removed_takes_away_what_stood_in_it_and_its_name_may_be_used_again(house, times):
    house.published()
    times.follow()
    keep.remove_channel(house.store, "inner", who=ANA, now=NOON)
    assert times.told() == [("access-revoked", 1, ())]
    house.add_channel("inner", public=False)
    assert times.told() == []
    give(house, "inner")
    assert times.told() == [("upsert", 1, ("inner",))]


def test_a_channel_that_is_no_longer_public_is_lost_to_everybody_but_those_who_were_given_it(house, times):
    give(house, "world")
    house.published()
    anybody = Follower(house)
    anybody.follow()
    times.follow()
    set_channel(house, "world", public=False)
    assert (anybody.told(), times.told()) == ([("access-revoked", 1, ())], [])
    set_channel(house, "world", public=True)
    assert (anybody.told(), times.told()) == ([("upsert", 1, WORLD)], [])


@pytest.mark.parametrize(
    "policy",
    [Policy(text=Text.SUMMARY), Policy(pictures=Pictures.NONE), Policy(embeds=Embeds.LINKS), Policy(page=Page.NOINDEX)],
)
def test_a_channel_that_has_another_form_is_told_anew_to_those_who_read_it(house, times, policy):
    stays, gone = (house.published(external_id=name) for name in ("a", "b"))
    house.withdraw(gone)
    house.add_channel("other", public=False)
    anybody = Follower(house)
    times.follow()
    anybody.follow()
    set_channel(house, "inner", policy=policy)
    set_channel(house, "other", policy=policy)
    assert (times.told(), anybody.told()) == ([("upsert", 1, ("inner",))], [])
    set_channel(house, "inner", policy=policy, title="Another title")
    assert times.told() == []
    set_channel(house, "world", policy=policy)
    assert (times.told(), anybody.told()) == ([], [("upsert", 1, WORLD)])
    house.withdraw(stays)
    assert times.told() == anybody.told() == [("withdraw", 2, ())]


def test_a_channel_that_has_had_very_many_forms_is_replayed_from_the_first(house, times):
    house.published(headline="News")
    assert len(times.follow()) == 1
    for number in range(170):
        set_channel(house, "inner", policy=Policy(text=[Text.SUMMARY, Text.FULL][number % 2]))
    assert len(Follower(house, "times", limit=500).follow()) == 171


def test_one_channel_may_be_followed_alone_also_a_public_one_that_was_not_given(house, times):
    house.published()
    for channel in ("inner", "world"):
        assert Follower(house, "times", channel).told() == [("upsert", 1, (channel,))]
    assert times.told() == [("upsert", 1, ("inner",))]


def test_a_channel_that_a_reader_never_had_is_not_there(house, times):
    house.add_channel("secret", public=False)
    with pytest.raises(NotFound):
        Follower(house, "times", "secret").follow()
    for channel in ("secret", "never-was"):
        with pytest.raises(NotKnown):
            Follower(house, channel=channel).follow()


@pytest.mark.parametrize(
    "cursor",
    ["x", "====", "MS4", "Mi4xLg", "MS4xLjxzY3JpcHQ-_", "MS4tMS4", "MS45OTk5OTk5OTk5OTk5OTk5OTk5OTk5Lg", "é", "a b"],
)
def test_a_cursor_that_is_not_ours_is_refused(house, cursor):
    with pytest.raises(BadFields) as refused:
        changes.page(house.store, None, channel="", after=cursor, limit=10)
    assert set(refused.value.extra["errors"]) == {"cursor"}


def test_a_cursor_that_is_ahead_of_the_log_is_refused_because_what_was_read_is_not_there_any_more(house):
    anybody = Follower(house)
    anybody.follow()
    head = changes.read_cursor(anybody.cursor)
    assert anybody.told() == []
    with pytest.raises(BadFields, match="cannot be used"):
        changes.page(house.store, None, channel="", after=changes.cursor(Position(head.seq + 1)), limit=10)


def test_a_cursor_is_the_same_position_for_everybody(house, times):
    house.published(external_id="a")
    times.follow()
    house.published(external_id="b")
    assert Follower(house, cursor=times.cursor).told() == [("upsert", 1, WORLD)]


ACTS = (
    "new",
    "update",
    "correct",
    "withdraw",
    "again",
    "kill",
    "rule",
    "add",
    "remove",
    "open",
    "form",
    "give",
    "source",
    "block",
    "clock",
)

RIGHTS: tuple[dict[str, Any], ...] = (
    {},
    {"embargo_hours": 4},
    {"quota": Quota(2, Period.WEEK)},
    {"ends": NOON + timedelta(days=1)},
    {"blocked_outlets": ("oc-media",)},
    {"excerpt_only": True},
)


class Chance:
    """A newsroom in which anything may happen next."""

    def __init__(self, house: House, seed: int) -> None:
        self.house, self.random, self.added = house, Random(seed), 0

    def happens(self) -> None:
        with suppress(MoveRefused):
            getattr(self, f"_{self.random.choice(ACTS)}")()

    def _story(self) -> str:
        number = self.random.randrange(6)
        return self.house.push(external_id=f"e{number}").id

    def _section(self) -> str:
        return self.random.choice(("International", "Sports", "Culture"))

    def _new(self) -> None:
        self.house.publish(self._story())

    def _update(self, change: Change | None = None) -> None:
        name = f"e{self.random.randrange(6)}"
        pushed = self.house.push(external_id=name, headline=f"No. {self.random.random()}", section=self._section())
        self.house.publish(pushed.id, change=change)

    def _correct(self) -> None:
        self._update(Change.CORRECTION)

    def _withdraw(self) -> None:
        self.house.withdraw(self._story())

    def _again(self) -> None:
        story_id = self._story()
        if self.house.story(story_id).review is Review.WITHDRAWN:
            self.house.publish(story_id)

    def _kill(self) -> None:
        self.house.kill(self._story())

    def _source(self) -> None:
        name = f"e{self.random.randrange(6)}"
        self.house.push(external_id=name)
        self.house.source_withdraws(name)
        self.house.push(external_id=name, ed_note=str(self.random.random()))

    def _slug(self) -> str:
        return self.random.choice(self._slugs())

    def _slugs(self) -> list[str]:
        with self.house.store.read() as tx:
            return [channel.slug for channel in tx.channels.all()]

    def _rule(self) -> None:
        narrow(self.house, self._slug(), **self.random.choice(({}, {"sections": (self._section(),)})))

    def _add(self) -> None:
        self.added += 1
        self.house.add_channel(f"c{self.added % 4}-{self.added}", public=self.random.random() < 0.5)

    def _remove(self) -> None:
        if len(slugs := self._slugs()) > 3:
            keep.remove_channel(self.house.store, self.random.choice(slugs), who=ANA, now=NOON)

    def _open(self) -> None:
        channel = self.house.channel(self._slug())
        set_channel(self.house, channel.slug, public=not channel.public)

    def _form(self) -> None:
        set_channel(self.house, self._slug(), policy=Policy(text=self.random.choice(list(Text))))

    def _give(self) -> None:
        slugs = self._slugs()
        rights = self.random.choice(RIGHTS)
        give(self.house, *self.random.sample(slugs, self.random.randrange(len(slugs) + 1)), **rights)

    def _block(self) -> None:
        self.house.agree(blocked_subscribers=self.random.choice(((), ("times",))))

    def _clock(self) -> None:
        self.house.clock_strikes(NOON + timedelta(hours=self.random.randrange(9 * 24)))


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_who_does_what_the_log_says_holds_what_the_feeds_show(house, times, seed):
    chance, anybody = Chance(house, seed), Follower(house, limit=2)
    for number in range(80):
        chance.happens()
        if number % 16 == 0:
            for follower in (times, anybody):
                follower.follow()
                assert follower.held == shown(house, follower.reader)
    for follower in (times, anybody):
        follower.follow()
        again = Follower(house, follower.slug, limit=50)
        again.follow()
        assert again.held == follower.held == shown(house, follower.reader)
        assert again.lines == follower.lines  # a replay says the same, however long its pages are


def test_readers_who_follow_while_many_publish_miss_nothing_and_hear_nothing_twice(house, times):
    ids = [house.push(external_id=f"e{number}").id for number in range(12)]
    publishing = [True]

    def desk(mine: list[str]) -> None:
        for story_id in mine:
            house.publish(story_id)
            house.withdraw(story_id, now=NOON + SECOND)
            house.publish(story_id, now=LATER)

    def give_and_take() -> None:
        for channels in (("world",), ("world", "inner"), ("inner",)) * 2:
            give(house, *channels)

    def follow(follower: Follower) -> None:
        while publishing[0]:
            follower.step()
        follower.follow()

    def all_desks() -> None:
        answers = at_once(give_and_take, *(lambda part=ids[part::3]: desk(part) for part in range(3)))
        publishing[0] = False
        assert answers == [None] * 4

    readers = [times, Follower(house), Follower(house, limit=50), Follower(house, "times", limit=1)]
    at_once(all_desks, *(lambda reader=reader: follow(reader) for reader in readers))
    for reader in readers:
        replayed = Follower(house, reader.slug, limit=500)
        replayed.follow()
        assert replayed.lines == reader.lines
        assert len(reader.held) == 12
        assert reader.held == shown(house, reader.reader)


def test_an_older_newsroom_tells_what_stands_in_its_channels_and_goes_on_from_there(bare_store):
    migrating.upgrade(bare_store)
    house = a_house(bare_store)
    house.add_channel("inner", public=False)
    give(house, "inner", new=True)
    corrected, withdrawn = house.published(external_id="a"), house.published(external_id="b")
    house.push(external_id="a", headline="Corrected")
    house.publish(corrected, change=Change.CORRECTION)
    house.withdraw(withdrawn)
    told = [Follower(house, slug).told() for slug in ("times", "")]
    assert [line[0] for line in told[0]] == ["upsert", "upsert", "correct", "withdraw"]
    migrating.downgrade(bare_store, "20261123_0519")
    migrating.upgrade(bare_store)
    assert [Follower(house, slug).told() for slug in ("times", "")] == told
    times = Follower(house, "times")
    times.follow()
    house.kill(corrected)
    assert times.told() == [("withdraw", 3, ())]
