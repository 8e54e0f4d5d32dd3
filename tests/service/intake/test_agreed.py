"""What an agreement does to stories by itself: it approves some, delays all, shortens all, and ends."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from syndicate.core.approval import Approval
from syndicate.core.errors import BadFields, RuleBroken
from syndicate.core.grants import Period, Quota
from syndicate.core.newsroom import Agreement
from syndicate.core.workflow import Review
from syndicate.service import keep, listing, read
from tests.newsroom import ANA, LATER, MICROSECOND, NOON, SECOND, a_push, an_outlet, at_once

ALWAYS = (Approval(),)
A_WHILE = NOON + timedelta(minutes=1)
TEXT = "<p>" + " ".join(f"word{number}" for number in range(60)) + "</p>"
OPENS = datetime(2026, 3, 6, 20, tzinfo=UTC)  # 72 hours after 3 March was over in Tbilisi


def let_time_pass(house, until=A_WHILE):
    """Whatever is due is done, in as many rounds as it takes; what waits for other work is asked again."""
    for moment in (NOON, NOON + 10 * SECOND, until):
        while house.clock_strikes(moment):
            pass


def test_a_story_that_the_agreement_approves_goes_out_by_itself(house):
    house.agree(approvals=ALWAYS)
    story_id = house.push().id
    assert house.story(story_id).review is Review.RECEIVED
    let_time_pass(house)
    assert house.story(story_id).review is Review.PUBLISHED
    assert [(act.what, act.who) for act in house.file(story_id).acts][1:] == [
        ("approve", "agreement"),
        ("publish", "clock"),
    ]


@pytest.mark.parametrize(
    ("approval", "goes"),
    [
        (Approval(sections=("International",)), True),
        (Approval(sections=("Sport",)), False),
        (Approval(after="16:00", before="17:00"), True),  # NOON is 16:00 in Tbilisi
        (Approval(after="12:00", before="13:00"), False),
    ],
    ids=["its-section", "another-section", "its-hour-there", "its-hour-here"],
)
def test_only_what_its_rules_name_goes(house, approval, goes):
    house.agree(approvals=(approval,))
    story_id = house.push().id
    let_time_pass(house)
    assert (house.story(story_id).review is Review.PUBLISHED) is goes


DOUBTFUL = {
    "future-date": {"first_published": "2026-03-09"},
    "old-story": {"first_published": "2024-03-03"},
    "no-url": {"url": None},
    "no-original-date": {"first_published": None},
    "withheld": {"pub_status": "withheld"},
    "expired": {"rights": {"expires": NOON.isoformat()}},
}


@pytest.mark.parametrize("why", DOUBTFUL)
def test_what_a_check_finds_wrong_or_somebody_might_doubt_stays_for_the_desk(house, why):
    house.agree(approvals=ALWAYS)
    story_id = house.push(**DOUBTFUL[why]).id
    let_time_pass(house)
    assert house.story(story_id).review is Review.RECEIVED


def test_a_story_like_another_stays_for_the_desk(house):
    first = house.push(body_html=TEXT).id
    house.agree(approvals=ALWAYS)
    second = house.push(external_id="oc-2292", url="https://oc-media.org/again/", body_html=TEXT).id
    let_time_pass(house)
    assert {house.story(ref).review for ref in (first, second)} == {Review.RECEIVED}


@pytest.mark.parametrize("act", ["hold", "reject", "approve"])
def test_what_somebody_has_touched_is_theirs(house, act):
    house.agree(approvals=ALWAYS)
    story_id = house.push().id
    getattr(house, act)(story_id)
    let_time_pass(house)
    assert house.acts(story_id) == [act]


def test_what_somebody_has_edited_or_taken_back_to_the_queue_is_theirs_too(house):
    house.agree(approvals=ALWAYS)
    edited, reopened = house.push().id, house.push(external_id="oc-2292", url="https://oc-media.org/b/").id
    house.edit(edited, section="World")
    house.approve(reopened)
    house.reopen(reopened)
    let_time_pass(house)
    assert {house.story(ref).review for ref in (edited, reopened)} == {Review.RECEIVED}


def test_a_rule_that_is_new_judges_what_comes_from_then_on(house):
    story_id = house.push().id
    house.agree(approvals=ALWAYS)
    let_time_pass(house)
    assert house.story(story_id).review is Review.RECEIVED
    house.push(headline="Valley schools reopen at last")
    let_time_pass(house)
    assert house.story(story_id).review is Review.PUBLISHED


def test_embargo_hours_hold_a_story_until_they_are_over(house):
    house.agree(embargo_hours=72)
    story_id = house.push().id
    assert house.publish(story_id).due_at == OPENS
    house.clock_strikes(OPENS - MICROSECOND)
    assert house.out() == []
    house.clock_strikes(OPENS)
    assert house.story(story_id).review is Review.PUBLISHED


def test_under_embargo_hours_the_agreement_approves_when_they_are_over(house):
    house.agree(embargo_hours=72, approvals=ALWAYS)
    story_id = house.push().id
    let_time_pass(house, OPENS - MICROSECOND)
    assert house.story(story_id).review is Review.RECEIVED
    let_time_pass(house, OPENS)
    assert house.story(story_id).review is Review.PUBLISHED


@pytest.mark.parametrize(("hours", "opens"), [(24, OPENS - timedelta(hours=48)), (96, OPENS + timedelta(hours=24))])
def test_an_approved_story_waits_by_the_agreement_as_it_is_now(house, hours, opens):
    house.agree(embargo_hours=72)
    story_id = house.push().id
    house.publish(story_id)
    house.agree(embargo_hours=hours)
    listing.recheck(house.store, NOON)
    let_time_pass(house, opens - MICROSECOND)
    assert house.story(story_id).review is Review.APPROVED
    let_time_pass(house, opens)
    assert house.story(story_id).review is Review.PUBLISHED


def test_an_excerpt_is_a_summary_with_the_whole_credit(house):
    house.agree(excerpt_only=True)
    house.published(summary="Schools are open again.")
    (item,) = house.feed()[1]
    assert item.body_html == "<p>Schools are open again.</p>"
    assert item.credit.text == "This story originally appeared on oc-media.org on March 3, 2026."


def test_after_its_end_nothing_new_goes_out_and_what_is_out_is_corrected(house):
    out, waits = house.published(), house.push(external_id="oc-2292", url="https://oc-media.org/b/").id
    house.agree(ends=LATER)
    with pytest.raises(RuleBroken, match="nothing new of it goes out"):
        house.publish(waits, now=LATER)
    with pytest.raises(RuleBroken, match="nothing new of it goes out"):
        house.approve(waits, publish_at=LATER)
    house.approve(waits, publish_at=LATER - SECOND)
    assert read.checks(house.file(waits), LATER)[0].code == "agreement-ended"
    house.push(now=LATER, headline="Valley schools reopen, corrected")
    assert house.publish(out, now=LATER).version == 2


def test_a_story_whose_hour_comes_after_the_end_goes_back_to_the_desk(house):
    story_id = house.push().id
    house.approve(story_id, publish_at=LATER)
    house.agree(ends=LATER)
    house.clock_strikes(LATER)
    story = house.story(story_id)
    assert (story.review, "nothing new of it goes out" in story.reason) == (Review.RECEIVED, True)


@pytest.mark.parametrize(
    ("agreement", "field"),
    [
        (Agreement(embargo_hours=-1), "embargo_hours"),
        (Agreement(embargo_hours=9000), "embargo_hours"),
        (Agreement(approvals=(Approval(after="25:00", before="26:00"),)), "approvals"),
    ],
)
def test_terms_that_could_not_be_meant_are_refused_by_their_field(house, agreement, field):
    with pytest.raises(BadFields) as refusal:
        keep.set_outlet(house.store, replace(an_outlet(), agreement=agreement), who=ANA, now=NOON)
    assert list(refusal.value.extra["errors"]) == [field]


def test_a_push_says_the_same_whether_or_not_it_goes_by_itself(house):
    house.agree(approvals=ALWAYS)
    assert house.push(**a_push()).review == "received"


def test_no_more_new_stories_go_out_than_were_agreed_for_a_period(house):
    house.agree(quota=Quota(1, Period.WEEK))  # NOON and LATER are a Wednesday and a Friday
    out = house.published()
    waits = house.push(external_id="oc-2292", url="https://oc-media.org/b/").id
    with pytest.raises(RuleBroken, match=r"1 new stories a week.*2026-03-09T00:00:00"):
        house.publish(waits, now=LATER)
    house.push(now=LATER, headline="Valley schools reopen, corrected")
    assert house.publish(out, now=LATER).version == 2
    house.withdraw(out, now=LATER)
    assert house.publish(out, now=LATER).version == 4
    assert house.publish(waits, now=datetime(2026, 3, 9, tzinfo=UTC)).review is Review.PUBLISHED


def test_of_two_at_once_one_takes_the_last_place(house):
    house.agree(quota=Quota(1, Period.MONTH))
    refs = [house.push(external_id=f"oc-{number}", url=f"https://oc-media.org/{number}/").id for number in range(4)]
    answers = at_once(*(partial(house.publish, ref) for ref in refs))
    assert sum(isinstance(answer, RuleBroken) for answer in answers) == 3
    assert len(house.out()) == 1
