"""What a channel holds: each part of its rule, and the moment of its last change."""

from dataclasses import replace
from datetime import timedelta

import pytest

from syndicate.core.errors import BadFields, NotFound, NotKnown
from syndicate.core.newsitem import Change
from syndicate.core.newsroom import Order, Subscriber
from syndicate.core.policy import Page, Policy, Text
from syndicate.core.rule import Rule, Selection
from syndicate.core.workflow import Review
from syndicate.service import keep, keys
from syndicate.service.deliver import feeds
from tests.newsroom import ANA, LATER, NEWSROOM, NOON, SECOND, a_channel, an_outlet

DAY = timedelta(days=1)
FIVE_WORDS = {"body_html": "<p>one two</p><p>three <b>four</b> five</p>"}
RULES = {
    "everything": ({}, {}, True),
    "its outlet": ({"outlets": ("oc-media",)}, {}, True),
    "another outlet": ({"outlets": ("globe",)}, {}, False),
    "its section": ({"sections": ("international",)}, {}, True),
    "another section": ({"sections": ("Sports",)}, {}, False),
    "one of its topics": ({"topics": ("SCHOOL", "war")}, {}, True),
    "no topic of it": ({"topics": ("war",)}, {}, False),
    "its language": ({"languages": ("en",)}, {}, True),
    "a language's region": ({"languages": ("pt",)}, {"language": "pt-BR"}, True),
    "a language that only begins alike": ({"languages": ("p",)}, {"language": "pt"}, False),
    "a region that is asked for": ({"languages": ("pt-BR",)}, {"language": "pt"}, False),
    "no language told": ({"languages": ("en",)}, {"language": None}, False),
    "its licence": ({"licences": ("cc-by-nd-4.0",)}, {}, True),
    "another licence": ({"licences": ("CC-BY-4.0",)}, {}, False),
    "no licence told": ({"licences": ("CC-BY-4.0",)}, {"rights": None}, False),
    "enough words": ({"min_words": 5}, FIVE_WORDS, True),
    "too few words": ({"min_words": 6}, FIVE_WORDS, False),
    "not too many words": ({"max_words": 5}, FIVE_WORDS, True),
    "too many words": ({"max_words": 4}, FIVE_WORDS, False),
    "no words at most": ({"max_words": 0}, FIVE_WORDS, False),
    "a keyword": ({"keywords": ("valley schools",)}, {}, True),
    "a blocked section": ({"block": Selection(sections=("international",))}, {}, False),
    "another section blocked": ({"block": Selection(sections=("Sports",))}, {}, True),
    "all parts agree": ({"outlets": ("oc-media",), "topics": ("school",), "languages": ("en",)}, {}, True),
    "one part does not": ({"outlets": ("oc-media",), "topics": ("school",), "languages": ("hy",)}, {}, False),
}


@pytest.mark.parametrize(("rule", "story", "taken"), RULES.values(), ids=RULES)
def test_a_channel_holds_what_its_rule_takes_whether_it_was_there_before_the_story_or_after(house, rule, story, taken):
    keep.add_outlet(house.store, an_outlet(slug="globe", name="Globe"), who=ANA, now=NOON)
    house.add_channel("before", **rule)
    house.published(**story)
    house.add_channel("after", **rule)
    assert len(house.out("before")) == len(house.out("after")) == taken


def test_a_story_leaves_a_channel_when_its_new_version_no_longer_fits_and_comes_back_when_it_does(house):
    house.add_channel("schools", topics=("school",))
    story_id = house.published()
    for topics, there in ((["war"], 0), (["war", "school"], 1)):
        house.push(topics=topics)
        house.publish(story_id)
        assert len(house.out("schools")) == there
    assert house.feed("schools")[1][0].version == 3


def test_changing_a_rule_decides_anew_about_all_that_is_out(house):
    house.published()
    house.published(external_id="sport", section="Sports", headline="A game")
    gone = house.published(external_id="gone", section="Sports")
    house.withdraw(gone)
    assert len(house.out()) == 2
    for rule, headlines in (
        (Rule(sections=("Sports",)), ["A game"]),
        (Rule(sections=("Culture",)), []),
        (Rule(sections=("sports", "INTERNATIONAL")), ["A game", "Valley schools reopen after eleven weeks"]),
    ):
        keep.set_channel(house.store, replace(house.channel(), rule=rule), who=ANA, now=LATER)
        assert sorted(house.out()) == headlines


def test_what_changed_last_stands_first_so_that_a_correction_is_seen(house):
    first = house.published(external_id="a", headline="A", now=NOON)
    house.published(external_id="b", headline="B", now=NOON + SECOND)
    house.push(external_id="a", headline="A, corrected", now=LATER)
    house.publish(first, now=LATER)
    assert house.out() == ["A, corrected", "B"]


def test_a_channel_may_keep_the_order_of_publication_and_a_new_order_holds_for_what_is_there(house):
    first = house.published(external_id="a", headline="A", now=NOON)
    house.published(external_id="b", headline="B", now=NOON + SECOND)
    house.push(external_id="a", headline="A, corrected", now=LATER)
    house.publish(first, now=LATER)
    keep.set_channel(house.store, replace(house.channel(), order=Order.PUBLISHED), who=ANA, now=LATER)
    assert house.out() == ["B", "A, corrected"]
    house.push(external_id="a", headline="A, corrected twice", now=LATER)
    house.publish(first, now=LATER)
    assert house.out() == ["B", "A, corrected twice"]


def test_a_channel_of_summaries_gives_summaries_and_moves_its_last_change_on(house):
    house.published(summary="Eleven weeks are over.")
    before = house.channel().changed_at
    keep.set_channel(house.store, replace(house.channel(), policy=Policy(text=Text.SUMMARY)), who=ANA, now=NOON)
    assert house.channel().changed_at > before
    assert [item.body_html for item in house.feed()[1]] == ["<p>Eleven weeks are over.</p>"]


def _item(house, story_id, reader=None):
    return feeds.item(house.store, NEWSROOM, story_id=story_id, extension="html", reader=reader, now=LATER)


def test_an_item_is_given_as_the_most_generous_channel_of_its_reader_gives_it(house):
    story_id = house.published(summary="Over.")
    keep.set_channel(house.store, replace(house.channel(), policy=Policy(text=Text.SUMMARY)), who=ANA, now=NOON)
    house.add_channel("inner", public=False)
    times = Subscriber(slug="times", name="Times", channels=("inner",))
    assert _item(house, story_id).items[0].words == 1
    assert _item(house, story_id, times).items[0].words > 1
    assert (_item(house, story_id).public, _item(house, story_id, times).public) == (True, False)


@pytest.mark.parametrize(
    ("agreed", "channel", "canonical", "noindex"),
    [
        (Page.NONE, Page.NONE, False, False),
        (Page.CANONICAL, Page.NONE, True, False),
        (Page.NONE, Page.CANONICAL, True, False),
        (Page.NOINDEX, Page.CANONICAL, True, True),
        (Page.BOTH, Page.NONE, True, True),
    ],
)
def test_a_page_tells_search_engines_what_the_agreement_and_the_channel_ask_for_together(
    house, agreed, channel, canonical, noindex
):
    house.agree(page=agreed)
    keep.set_channel(house.store, replace(house.channel(), policy=Policy(page=channel)), who=ANA, now=NOON)
    feed = _item(house, house.published()).feed
    assert (feed.canonical, feed.noindex) == (canonical, noindex)


@pytest.mark.parametrize("rule", [Rule(outlets=("globe",)), Rule(block=Selection(outlets=("globe",)))])
def test_a_rule_that_names_an_outlet_that_is_not_there_is_refused(house, rule):
    with pytest.raises(BadFields) as refused:
        keep.set_channel(house.store, replace(house.channel(), rule=rule), who=ANA, now=NOON)
    assert "There is no outlet globe." in str(refused.value.extra)


@pytest.mark.parametrize("length", [0, -1, 201])
def test_the_length_of_a_channel_is_that_of_a_feed(house, length):
    with pytest.raises(BadFields):
        keep.set_channel(house.store, replace(house.channel(), length=length), who=ANA, now=NOON)


def test_a_kill_after_a_withdrawal_is_told_to_those_who_were_told_of_the_withdrawal(house):
    story_id = house.published()
    house.withdraw(story_id)
    before = house.channel().changed_at
    house.kill(story_id)
    assert house.channel().changed_at > before
    assert [item.change for item in house.feed()[1]] == [Change.KILL]


def test_a_withdrawal_is_told_in_a_channel_that_the_story_had_left(house):
    story_id = house.published()
    keep.set_channel(house.store, replace(house.channel(), rule=Rule(sections=("Sports",))), who=ANA, now=NOON)
    before = house.channel().changed_at
    house.withdraw(story_id, now=LATER)
    assert house.channel().changed_at > before
    assert [item.change for item in house.feed()[1]] == [Change.WITHDRAWAL]


def test_each_change_that_shows_moves_the_last_change_on_by_at_least_a_second(house):
    story_id = house.push().id
    stamps = [house.channel().changed_at]

    def moved() -> bool:
        stamps.append(house.channel().changed_at)
        assert stamps[-1].microsecond == 0
        return stamps[-1] - stamps[-2] >= SECOND

    house.publish(story_id)
    assert moved()
    house.push(headline="New")
    assert not moved()
    house.publish(story_id)
    assert moved()
    house.push(headline="New")
    assert not moved()
    keep.set_channel(house.store, replace(house.channel(), title="The world"), who=ANA, now=NOON)
    assert moved()
    house.withdraw(story_id)
    assert moved()
    house.published(external_id="another", now=LATER)
    assert moved()
    assert stamps[-1] == LATER


def test_a_story_that_a_channel_does_not_take_leaves_its_last_change_alone(house):
    house.add_channel("sports", sections=("Sports",))
    before = house.channel("sports").changed_at
    story_id = house.published()
    house.withdraw(story_id)
    assert house.channel("sports").changed_at == before


def test_what_was_taken_back_is_still_told_to_those_who_may_hold_it(house):
    story_id = house.published()
    house.kill(story_id, now=LATER)
    (item,) = house.feed()[1]
    assert (item.canceled, item.change, item.body_html) == (True, "kill", "")


def test_a_story_that_left_its_last_channel_by_a_rule_is_to_be_taken_down_and_its_words_are_gone(house):
    house.published()
    house.add_channel("second")
    for slug, told in (("world", []), ("second", [Change.REVOKED])):
        narrowed = replace(house.channel(slug), rule=Rule(sections=("Sports",)))
        keep.set_channel(house.store, narrowed, who=ANA, now=LATER)
        assert [item.change for item in house.feed(slug)[1]] == told  # where it stands elsewhere, it may be had there
    (item,) = house.feed()[1]
    assert (item.canceled, item.headline, item.body_html, item.version_created) == (True, "", "", LATER)


@pytest.mark.parametrize("take", ["withdraw", "kill", "narrow"])
def test_what_was_taken_back_is_told_for_thirty_days_whatever_happens_in_the_channel_and_then_at_its_item(house, take):
    story_id = house.published()
    if take == "narrow":
        keep.set_channel(house.store, replace(house.channel(), rule=Rule(sections=("Sports",))), who=ANA, now=LATER)
    else:
        getattr(house, take)(story_id, now=LATER)
    for number, (now, told) in enumerate([(LATER + 30 * DAY, 1), (LATER + 30 * DAY + 2 * SECOND, 0)]):
        house.published(external_id=f"other {number}", section="Sports", now=now)
        assert len([item for item in house.feed(now=now)[1] if item.canceled]) == told
    if take != "narrow":
        assert _item(house, story_id).items[0].canceled


def test_a_channel_that_is_added_knows_nothing_of_what_was_withdrawn_before_it(house):
    house.withdraw(house.published())
    house.add_channel("late")
    assert house.feed("late")[1] == []


@pytest.mark.parametrize("state", [state for state in Review if state is not Review.PUBLISHED])
def test_only_what_is_published_is_in_a_channel(house, state):
    house.brought_to(state)
    house.add_channel("late")
    assert house.out() == house.out("late") == []


def test_a_private_channel_is_read_by_those_it_was_given_to_and_by_nobody_else(house):
    house.add_channel("inner", public=False)
    secrets = {}
    for slug, channel in (("globe", "inner"), ("times", "world")):
        subscriber = Subscriber(slug=slug, name=slug, channels=(channel,))
        keep.add_subscriber(house.store, subscriber, who=ANA, now=NOON)
        secrets[slug] = keys.add(house.store, subscriber=slug, who=ANA, now=NOON)[1]
    assert feeds.look(house.store, "inner", secrets["globe"], NOON).given
    with pytest.raises(NotFound):
        feeds.look(house.store, "inner", secrets["times"], NOON)
    for secret in ("", "syn_wrong"):
        with pytest.raises(NotKnown):
            feeds.look(house.store, "inner", secret, NOON)


def test_a_channel_that_is_removed_takes_nothing_with_it(house):
    house.add_channel("second")
    house.published()
    keep.remove_channel(house.store, "second", who=ANA, now=LATER)
    with pytest.raises(NotFound):
        house.channel("second")
    assert len(house.out()) == 1


@pytest.mark.parametrize(("slug", "title"), [("", "T"), ("World", "T"), ("a b", "T"), ("a" * 81, "T"), ("ok", " ")])
def test_a_channel_needs_a_short_name_and_a_title(house, slug, title):
    with pytest.raises(BadFields):
        keep.add_channel(house.store, a_channel(slug=slug, title=title), who=ANA, now=NOON)


def test_the_rule_of_another_outlet_is_the_outlet_that_sent_it_and_not_the_one_it_names(house):
    keep.add_outlet(house.store, an_outlet(slug="globe", name="Globe"), who=ANA, now=NOON)
    house.add_channel("globe", outlets=("globe",))
    house.published(outlet="globe", info_source={"name": "OC Media"})
    assert len(house.out("globe")) == 1
