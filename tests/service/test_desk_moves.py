"""The table of desk states, move by move: what is allowed leaves one audit line, what is refused leaves nothing."""

import pytest

from syndicate.core.errors import MoveRefused, NotFound, OnHold, RuleBroken
from syndicate.core.rights import PubStatus
from syndicate.core.workflow import MOVES, Review
from tests.newsroom import LATER, NOON, SECOND

# The act that brings a story there, and what the change log says of it.
ACTS = {
    Review.RECEIVED: ("reopen", None),
    Review.HELD: ("hold", None),
    Review.APPROVED: ("approve", None),
    Review.PUBLISHED: ("publish", "upsert"),
    Review.REJECTED: ("reject", None),
    Review.WITHDRAWN: ("withdraw", "withdraw"),
    Review.KILLED: ("kill", "withdraw"),
}
ALLOWED = [(state, to) for state, moves in MOVES.items() for to in sorted(moves)]
REFUSED = [(state, to) for state in Review for to in Review if to not in MOVES[state]]


@pytest.mark.parametrize(("state", "to"), ALLOWED)
def test_an_allowed_move_is_one_audit_line_by_whoever_made_it(house, state, to):
    act, topic = ACTS[to]
    story_id = house.brought_to(state)
    before, announced = len(house.acts(story_id)), len(house.announced(story_id))
    getattr(house, act)(story_id, now=LATER)
    line = house.file(story_id).acts[-1]
    assert house.story(story_id).review is to
    assert len(house.acts(story_id)) == before + 1
    assert (line.what, line.who, line.at) == (act, "ana@news.example", LATER)
    assert [name for name, _ in house.announced(story_id)[announced:]] == ([topic] if topic else [])


@pytest.mark.parametrize(("state", "to"), REFUSED)
def test_a_move_that_is_not_in_the_table_is_refused_and_changes_nothing(house, state, to):
    story_id = house.brought_to(state)
    before, rows = house.story(story_id), house.counts()
    with pytest.raises(MoveRefused) as refused:
        getattr(house, ACTS[to][0])(story_id, now=LATER)
    assert set(refused.value.extra["allowed"]) == MOVES[state]
    assert house.story(story_id) == before
    assert house.counts() == rows


@pytest.mark.parametrize("act", [act for act, _ in ACTS.values()])
def test_what_was_never_received_is_not_found(house, act):
    with pytest.raises(NotFound):
        getattr(house, act)("0000")


def test_publishing_makes_the_first_edition(house):
    story = house.publish(house.push().id, now=LATER)
    assert story.edition.version == story.edition_revision == 1
    assert story.edition.first_created == story.edition.version_created == LATER
    assert (story.edition.guid, story.edition.change) == (story.guid, "new")
    assert house.out() == [story.source.headline]


def test_an_edition_names_its_outlet_its_provider_and_both_in_the_credit_line(house):
    edition = house.publish(house.push().id).edition
    assert (edition.info_source.name, edition.provider.name) == ("OC Media", "The Mirror")
    assert edition.credit_line == "OC Media / The Mirror"


def test_a_withdrawal_takes_the_words_back_and_keeps_whose_they_were(house):
    story_id = house.published()
    story = house.withdraw(story_id, now=LATER, reason="Wrong place")
    edition = story.edition
    assert (edition.version, edition.change, edition.change_note) == (2, "withdrawal", "Wrong place")
    assert (edition.body_html, edition.summary, edition.pictures) == ("", "", ())
    assert edition.canceled
    assert edition.headline
    assert edition.credit.text
    assert house.out() == []
    assert [item.version for item in house.feed()[1]] == [2]


def test_what_was_withdrawn_may_be_published_again_as_the_same_story_at_a_higher_version(house):
    story_id = house.brought_to(Review.WITHDRAWN)
    first = house.file(story_id).editions[0]
    story = house.publish(story_id, now=LATER)
    assert (story.version, story.guid) == (3, first.guid)
    assert story.edition.first_created == first.first_created
    assert story.edition.body_html == first.body_html
    assert [item.canceled for item in house.feed()[1]] == [False]


@pytest.mark.parametrize("state", [Review.PUBLISHED, Review.WITHDRAWN])
def test_a_kill_without_a_reason_is_refused(house, state):
    story_id = house.brought_to(state)
    rows = house.counts()
    with pytest.raises(RuleBroken, match="reason"):
        house.kill(story_id, reason="")
    assert house.counts() == rows
    assert house.story(story_id).review is state


def test_a_killed_story_says_why_and_is_final_whatever_its_source_sends(house):
    story_id = house.brought_to(Review.KILLED)
    house.push(headline="Another try", now=LATER)
    story = house.story(story_id)
    assert (story.review, story.reason, story.version) == (Review.KILLED, "libel", 2)
    assert house.out() == []


@pytest.mark.parametrize("act", ["hold", "reject"])
def test_the_reason_of_a_decision_is_kept_with_the_story_and_in_the_audit(house, act):
    story_id = house.push().id
    getattr(house, act)(story_id, reason="Who is the witness?")
    assert house.story(story_id).reason == "Who is the witness?"
    assert house.file(story_id).acts[-1].detail == {"reason": "Who is the witness?"}


def test_a_new_decision_ends_the_reason_of_the_one_before(house):
    story_id = house.brought_to(Review.HELD)
    assert house.publish(story_id).reason == ""


@pytest.mark.parametrize("act", ["approve", "publish"])
@pytest.mark.parametrize(
    ("rights", "hold"),
    [
        ({"pub_status": "withheld"}, "withheld"),
        ({"rights": {"expires": NOON.isoformat()}}, "expired"),
        ({"rights": {"expires": NOON.isoformat(), "embargoed": LATER.isoformat()}}, "expired"),
    ],
)
def test_what_may_not_go_out_is_neither_approved_nor_published(house, act, rights, hold):
    story_id = house.push(**rights).id
    rows = house.counts()
    with pytest.raises(OnHold) as refused:
        getattr(house, act)(story_id)
    assert refused.value.extra["hold"] == hold
    assert house.counts() == rows


def test_a_story_that_was_withdrawn_before_it_came_is_rejected_and_says_why(house):
    story = house.story(house.push(pub_status="canceled").id)
    assert (story.review, story.reason) == (Review.REJECTED, "Its source had withdrawn it when it came.")


@pytest.mark.parametrize("act", ["approve", "publish"])
def test_a_story_whose_source_nobody_could_name_is_neither_approved_nor_published(house, act):
    house.set_outlet(domain="")
    story_id = house.push(url=None).id
    with pytest.raises(RuleBroken) as refused:
        getattr(house, act)(story_id)
    assert refused.value.extra["missing"] == ["url or the source's site"]
    assert house.story(story_id).review is Review.RECEIVED


def test_a_published_story_without_news_is_not_published_twice(house):
    story_id = house.published()
    with pytest.raises(MoveRefused, match="nothing newer"):
        house.publish(story_id, now=LATER)
    assert house.story(story_id).version == 1


def test_two_editions_within_one_second_have_different_times(house):
    story_id = house.published()
    versions = [house.withdraw(story_id).edition, house.publish(story_id).edition, house.kill(story_id).edition]
    assert [edition.version_created - NOON for edition in versions] == [SECOND, 2 * SECOND, 3 * SECOND]


def test_every_edition_is_kept(house):
    story_id = house.brought_to(Review.KILLED)
    editions = house.file(story_id).editions
    assert [(edition.version, edition.change) for edition in editions] == [(1, "new"), (2, "kill")]
    assert editions[0].body_html
    assert editions[1].rights.pub_status is PubStatus.CANCELED


def test_what_the_source_said_is_never_changed_by_the_desk(house):
    story_id = house.push().id
    said = house.story(story_id).source
    house.publish(story_id)
    house.withdraw(story_id)
    assert house.story(story_id).source == said
