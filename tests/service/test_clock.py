"""What happens by itself: an embargo and a scheduled hour lift exactly at their instant, rights end at theirs."""

import pytest

from syndicate.core.rights import PubStatus
from syndicate.core.workflow import Review
from tests.newsroom import LATER, MICROSECOND, NOON, SECOND

EMBARGO = {"rights": {"embargoed": LATER.isoformat()}}


def test_publishing_under_embargo_approves_and_the_clock_does_the_rest_at_its_instant(house):
    story_id = house.push(**EMBARGO).id
    assert house.publish(story_id).review is Review.APPROVED
    house.clock_strikes(LATER - MICROSECOND)
    assert (house.story(story_id).review, house.out()) == (Review.APPROVED, [])
    house.clock_strikes(LATER)
    story = house.story(story_id)
    assert (story.review, story.edition.version_created) == (Review.PUBLISHED, LATER)
    assert house.acts(story_id) == ["approve", "publish"]
    assert house.file(story_id).acts[-1].who == "clock"


def test_an_embargo_has_ended_at_its_instant_for_an_editor_too(house):
    story_id = house.push(**EMBARGO).id
    assert house.publish(story_id, now=LATER).review is Review.PUBLISHED


def test_a_scheduled_story_goes_out_exactly_at_its_hour(house):
    story_id = house.push().id
    house.approve(story_id, publish_at=LATER)
    house.clock_strikes(LATER - MICROSECOND)
    assert house.out() == []
    house.clock_strikes(LATER)
    assert house.story(story_id).review is Review.PUBLISHED


@pytest.mark.parametrize(("hour", "due"), [(NOON, LATER), (LATER + SECOND, LATER + SECOND)])
def test_of_an_embargo_and_a_scheduled_hour_the_later_counts(house, hour, due):
    story_id = house.push(**EMBARGO).id
    assert house.approve(story_id, publish_at=hour).due_at == due
    house.clock_strikes(due - MICROSECOND)
    assert house.out() == []
    house.clock_strikes(due)
    assert len(house.out()) == 1


def test_an_approved_story_without_an_hour_waits_for_somebody(house):
    story_id = house.push().id
    house.approve(story_id)
    house.clock_strikes(LATER)
    assert house.story(story_id).review is Review.APPROVED


def test_a_clock_that_was_stopped_makes_up_for_it(house):
    ids = [house.push(external_id=f"e{number}").id for number in range(3)]
    for ref in ids:
        house.approve(ref, publish_at=NOON + SECOND)
    house.clock_strikes(LATER)
    assert {house.story(ref).review for ref in ids} == {Review.PUBLISHED}


def test_striking_again_does_nothing_again(house):
    story_id = house.push(**EMBARGO).id
    house.publish(story_id)
    house.clock_strikes(LATER)
    house.clock_strikes(LATER)  # what went out is rendered
    rows = house.counts()
    house.clock_strikes(LATER)
    house.clock_strikes(LATER + SECOND)
    assert house.counts() == rows


def test_rights_that_end_take_the_story_back_at_that_instant(house):
    story_id = house.published(rights={"expires": LATER.isoformat()})
    house.clock_strikes(LATER - MICROSECOND)
    assert house.story(story_id).review is Review.PUBLISHED
    house.clock_strikes(LATER)
    story = house.story(story_id)
    assert (story.review, story.version, story.edition.change) == (Review.WITHDRAWN, 2, "withdrawal")
    assert story.reason == "The right to republish has ended."


def test_a_story_whose_rights_have_ended_is_in_no_feed_even_before_the_clock_has_struck(house):
    house.published(rights={"expires": LATER.isoformat()})
    assert len(house.out(now=LATER - MICROSECOND)) == 1
    assert house.out(now=LATER) == []


def test_rights_that_ended_while_a_story_waited_bring_it_back_to_the_desk_with_the_reason(house):
    story_id = house.push(rights={"expires": LATER.isoformat()}).id
    house.approve(story_id, publish_at=LATER)
    house.clock_strikes(LATER)
    story = house.story(story_id)
    assert (story.review, story.due_at, house.out()) == (Review.RECEIVED, None, [])
    assert "expired" in story.reason
    assert house.acts(story_id) == ["approve", "release-refused"]


@pytest.mark.parametrize("act", ["hold", "reject", "reopen"])
def test_what_the_desk_takes_back_is_not_released(house, act):
    story_id = house.push(**EMBARGO).id
    house.publish(story_id)
    if act == "hold":
        house.reopen(story_id)
    getattr(house, act)(story_id)
    house.clock_strikes(LATER)
    assert house.out() == []


def test_a_source_that_moves_its_embargo_moves_it_for_a_story_that_the_desk_looks_at_again(house):
    story_id = house.push(**EMBARGO).id
    house.publish(story_id)
    house.push(rights={"embargoed": (LATER + SECOND).isoformat()})
    assert house.publish(story_id).due_at == LATER + SECOND
    house.clock_strikes(LATER)
    assert house.out() == []


def test_a_source_that_moves_its_embargo_moves_it_at_once_where_corrections_go_straight_through(house):
    house.agree(corrections_straight_through=True)
    story_id = house.push(**EMBARGO).id
    house.publish(story_id)
    house.push(rights={"embargoed": (LATER + SECOND).isoformat()})
    house.clock_strikes(LATER)
    assert house.out() == []
    house.clock_strikes(LATER + SECOND)
    assert house.story(story_id).review is Review.PUBLISHED


def test_an_embargo_that_is_put_on_an_update_holds_back_the_update_and_not_what_is_out(house):
    story_id = house.published()
    house.push(headline="New", **EMBARGO)
    house.clock_strikes(LATER)
    assert house.out() == ["Valley schools reopen after eleven weeks"]
    assert house.publish(story_id, now=LATER).edition.headline == "New"


def test_a_withheld_story_is_not_released_at_its_hour(house):
    story_id = house.push(**EMBARGO).id
    house.publish(story_id)
    house.push(pub_status="withheld", **EMBARGO)
    house.clock_strikes(LATER)
    story = house.story(story_id)
    assert (story.pub_status, story.edition) == (PubStatus.WITHHELD, None)
    assert house.out() == []
