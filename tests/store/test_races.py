"""Two at the same moment: real threads on real connections, let go by a barrier."""

from dataclasses import replace

import pytest

from syndicate.core.errors import MoveRefused, SyndicateError
from syndicate.core.rule import Rule
from syndicate.core.workflow import Review
from syndicate.service import keep, keys
from syndicate.service.intake.prepare import Document
from syndicate.service.intake.takeback import Outcome, Sender
from syndicate.service.receive import receive
from tests.newsroom import LATER, NEWSROOM, NOON, a_push, as_bytes, at_once

TRIES = range(4)


@pytest.mark.parametrize("attempt", TRIES)
@pytest.mark.parametrize("others", ["unchanged", "updated"])
def test_two_that_push_the_same_new_article_at_once_make_one_story(house, others, attempt):
    headline = {"unchanged": "The same", "updated": "Another"}[others]
    first, second = at_once(
        lambda: house.push(headline="The same"),
        lambda: house.push(headline=headline),
    )
    assert sorted((first.result, second.result)) == ["created", others]
    assert first.id == second.id
    counts = house.counts()
    assert (counts["story"], counts["revision"]) == (1, 1 if others == "unchanged" else 2)


def test_many_that_push_one_article_and_its_corrections_at_once_lose_none(house):
    results = at_once(*(lambda n=n: house.push(headline=f"Version {n}") for n in range(6)))
    assert sorted(outcome.result for outcome in results) == ["created"] + ["updated"] * 5
    assert house.story(results[0].id).revision == house.counts()["revision"] == 6


@pytest.mark.parametrize("attempt", TRIES)
def test_a_request_that_is_sent_twice_at_once_under_one_idempotency_key_is_done_once(house, attempt):
    key, _ = keys.add(house.store, outlet="oc-media", who="ana", now=NOON)
    sender = Sender(outlet="oc-media", who=f"key:{key.id}", key_id=key.id, idempotency_key="once")
    document = Document(data=as_bytes(a_push()), media_type="application/json")
    answers = at_once(*[lambda: receive(house.store, NEWSROOM, document, sender, now=NOON)] * 3)
    assert len({(outcome.id, outcome.result) for (outcome,) in answers if isinstance(outcome, Outcome)}) == 1
    assert answers[0][0].result == "created"
    assert house.counts()["idempotent_answer"] == 1


@pytest.mark.parametrize("attempt", TRIES)
def test_two_clocks_publish_a_due_story_once(house, attempt):
    story_id = house.push().id
    house.approve(story_id, publish_at=LATER)
    at_once(*[lambda: house.clock_strikes(LATER)] * 3)
    assert house.story(story_id).version == 1
    assert house.acts(story_id) == ["approve", "publish"]
    assert house.announced(story_id) == [("upsert", 1)]


@pytest.mark.parametrize("attempt", TRIES)
def test_of_two_editors_who_decide_at_once_one_decides_and_the_other_is_told(house, attempt):
    story_id = house.push().id
    results = at_once(lambda: house.publish(story_id), lambda: house.reject(story_id))
    refused = [result for result in results if isinstance(result, MoveRefused)]
    assert len(refused) == 1
    assert len(house.acts(story_id)) == 1
    assert house.story(story_id).review in (Review.PUBLISHED, Review.REJECTED)


@pytest.mark.parametrize("attempt", TRIES)
def test_stories_that_go_out_at_once_each_move_the_channels_last_change_on(house, attempt):
    ids = [house.push(external_id=f"e{number}").id for number in range(4)]
    before = house.channel().changed_at
    at_once(*(lambda ref=ref: house.publish(ref) for ref in ids))
    assert (house.channel().changed_at - before).total_seconds() == 4
    assert len(house.out()) == 4


@pytest.mark.parametrize("attempt", TRIES)
def test_a_title_that_changes_while_a_story_goes_out_still_gives_two_different_moments(house, attempt):
    story_id = house.push().id
    channel = house.channel()
    at_once(
        lambda: house.publish(story_id),
        lambda: keep.set_channel(house.store, replace(channel, title="World news"), who="ana", now=NOON),
    )
    assert (house.channel().changed_at - channel.changed_at).total_seconds() == 2


@pytest.mark.parametrize("attempt", TRIES)
def test_a_story_that_goes_out_while_a_channel_is_added_is_in_it(house, attempt):
    ids = [house.push(external_id=f"e{number}").id for number in range(3)]
    at_once(*(lambda ref=ref: house.publish(ref) for ref in ids), lambda: house.add_channel("second"))
    assert len(house.out("second")) == 3


@pytest.mark.parametrize("attempt", TRIES)
def test_a_story_that_is_withdrawn_while_a_channels_rule_changes_is_not_in_it(house, attempt):
    house.add_channel("second", sections=("Sports",))
    story_id = house.published()
    widened = replace(house.channel("second"), rule=Rule())
    results = at_once(
        lambda: house.withdraw(story_id),
        lambda: keep.set_channel(house.store, widened, who="ana", now=NOON),
    )
    assert not any(isinstance(result, SyndicateError) for result in results)
    with house.store.read() as tx:
        assert not tx.channels.page("second", now=LATER, limit=10).items


@pytest.mark.parametrize("attempt", TRIES)
def test_an_update_that_arrives_while_the_desk_publishes_waits_or_goes_out_and_never_breaks_the_count(house, attempt):
    story_id = house.published()
    house.push(headline="Second")
    results = at_once(
        lambda: house.publish(story_id),
        lambda: house.push(headline="Third"),
        lambda: house.publish(story_id),
    )
    assert all(not isinstance(result, SyndicateError) or isinstance(result, MoveRefused) for result in results)
    file = house.file(story_id)
    assert [edition.version for edition in file.editions] == list(range(1, file.story.version + 1))
    assert file.story.revision == 3
