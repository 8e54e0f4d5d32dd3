"""What an editor decides at the desk: about what they saw, undone while there is time, carried out by the clock."""

from dataclasses import replace
from datetime import timedelta

import pytest

from syndicate.core.errors import BadFields, Changed, Conflict, MoveRefused, NotAllowed, OnHold
from syndicate.core.newsitem import Change
from syndicate.core.newsroom import Role
from syndicate.core.roles import Person
from syndicate.core.undo import GRACE, Case, is_confirmed
from syndicate.core.workflow import Review
from syndicate.service.desk import decide
from tests.newsroom import ANA, LATER, MICROSECOND, NOON, SECOND, at_once

EDITOR = Person(email=ANA, role=Role.EDITOR)
BEA = Person(email="bea@news.example", role=Role.EDITOR)
AFTER = NOON + GRACE
FREE = {"rights": {"license": "CC-BY-4.0"}}


def case(house, ref, *, now=NOON, seen=None):
    """As the editor sees it now, unless they saw it earlier."""
    return Case(ref=ref, seen=house.story(ref).mark if seen is None else seen, now=now)


def test_what_is_published_from_the_desk_leaves_when_the_grace_has_passed_and_not_before(house):
    story_id = house.push().id
    story = decide.publish(EDITOR, house.store, case(house, story_id))
    assert (story.review, story.due_at) == (Review.APPROVED, AFTER)
    house.clock_strikes(AFTER - MICROSECOND)
    assert house.out() == []
    house.clock_strikes(AFTER)  # whether the editor is there or not
    assert len(house.out()) == 1
    assert (house.file(story_id).acts[-1].what, house.file(story_id).acts[-1].who) == ("publish", ANA)


ACTS = {
    "approve": lambda house, ref: decide.approve(EDITOR, house.store, case(house, ref)),
    "schedule": lambda house, ref: decide.schedule(EDITOR, house.store, case(house, ref), at=LATER),
    "publish": lambda house, ref: decide.publish(EDITOR, house.store, case(house, ref)),
    "hold": lambda house, ref: decide.hold(EDITOR, house.store, case(house, ref), reason="Who?"),
    "reject": lambda house, ref: decide.reject(EDITOR, house.store, case(house, ref), reason="Old"),
    "ask": lambda house, ref: decide.ask(EDITOR, house.store, case(house, ref), question="Who?"),
    "reopen": lambda house, ref: decide.reopen(EDITOR, house.store, case(house, ref)),
}
UNDONE = [(act, Review.RECEIVED) for act in ACTS if act != "reopen"]
UNDONE += [("approve", Review.HELD), ("reject", Review.HELD), ("reopen", Review.REJECTED), ("reopen", Review.APPROVED)]


@pytest.mark.parametrize(("act", "state"), UNDONE)
def test_the_last_decision_is_undone_as_if_it_had_not_been_made(house, act, state):
    story_id = house.brought_to(state)
    before = house.story(story_id)
    ACTS[act](house, story_id)
    back = decide.undo(BEA, house.store, Case(ref=story_id, now=AFTER - MICROSECOND))
    assert replace(back, changed_at=before.changed_at) == before
    assert house.acts(story_id)[-1] == "undo"
    house.clock_strikes(LATER)
    assert house.out() == []
    assert [question.ended_at is None for question in house.file(story_id).questions] in ([], [False])


def test_what_waits_to_go_out_is_undone_for_a_published_and_a_withdrawn_story_too(house):
    for way in ((), ("withdraw",)):
        story_id = house.published(external_id=f"e{len(way)}", **FREE)
        for act in way:
            getattr(house, act)(story_id)
        house.edit(story_id, section="World")
        before = house.story(story_id)
        decide.publish(EDITOR, house.store, case(house, story_id))
        decide.undo(EDITOR, house.store, Case(ref=story_id, now=NOON + SECOND))
        house.clock_strikes(LATER)
        assert replace(house.story(story_id), changed_at=before.changed_at) == before


def test_after_the_grace_it_is_too_late(house):
    story_id = house.push().id
    decide.hold(EDITOR, house.store, case(house, story_id))
    with pytest.raises(Conflict, match="too late"):
        decide.undo(EDITOR, house.store, Case(ref=story_id, now=AFTER))
    assert house.story(story_id).review is Review.HELD


def test_nothing_is_undone_twice_nor_where_the_story_went_on(house):
    story_id = house.push().id
    decide.approve(EDITOR, house.store, case(house, story_id))
    decide.undo(EDITOR, house.store, Case(ref=story_id, now=NOON))
    with pytest.raises(Conflict):
        decide.undo(EDITOR, house.store, Case(ref=story_id, now=NOON))
    decide.publish(EDITOR, house.store, case(house, story_id))
    house.publish(story_id)  # somebody at the command line
    with pytest.raises(Conflict):
        decide.undo(EDITOR, house.store, Case(ref=story_id, now=NOON + SECOND))


def test_a_new_version_of_the_source_stops_what_was_about_to_go_out(house):
    waiting, out = house.push(**FREE).id, house.published(external_id="other", **FREE)
    house.edit(out, section="World")
    for ref in (waiting, out):
        decide.publish(EDITOR, house.store, case(house, ref))
    house.push(headline="New words", now=NOON + SECOND, **FREE)
    house.push(external_id="other", headline="New words", now=NOON + SECOND, **FREE)
    house.clock_strikes(LATER)
    assert (house.story(waiting).review, house.story(out).version) == (Review.RECEIVED, 1)
    assert "newer version" in house.story(out).reason


def test_an_update_is_published_as_what_the_editor_called_it_with_their_note(house):
    story_id = house.published(**FREE)
    house.push(headline="New words", **FREE)
    decide.publish(EDITOR, house.store, case(house, story_id), change=Change.CORRECTION, note="The name")
    house.clock_strikes(AFTER)
    edition = house.story(story_id).edition
    assert (edition.version, edition.change, edition.change_note) == (2, "correction", "The name")


def test_an_hour_is_set_and_set_anew(house):
    story_id = house.push().id
    decide.schedule(EDITOR, house.store, case(house, story_id), at=LATER)
    decide.schedule(EDITOR, house.store, case(house, story_id), at=LATER + SECOND)
    house.clock_strikes(LATER)
    assert house.out() == []
    house.clock_strikes(LATER + SECOND)
    assert len(house.out(now=LATER + SECOND)) == 1


def test_an_hour_that_has_passed_is_refused(house):
    story_id = house.push().id
    with pytest.raises(BadFields) as refused:
        decide.schedule(EDITOR, house.store, case(house, story_id), at=NOON)
    assert list(refused.value.extra["errors"]) == ["at"]


@pytest.mark.parametrize("act", ACTS)
def test_nobody_decides_about_a_story_that_changed_since_they_saw_it(house, act):
    story_id = house.push().id
    seen = house.story(story_id).mark
    house.push(headline="New words", now=NOON + SECOND)
    rows = house.counts()
    with pytest.raises(Changed, match="receive-update"):
        ACTS[act](_SeenBefore(house, seen), story_id)
    assert house.counts() == rows


class _SeenBefore:
    """The house to an editor whose page is old."""

    def __init__(self, house, mark):
        self.store, self._mark = house.store, mark

    def story(self, _ref):
        return self

    @property
    def mark(self):
        return self._mark


def test_of_two_editors_who_publish_the_same_page_at_once_one_is_told(house):
    story_id = house.push().id
    seen = case(house, story_id)
    answers = at_once(*[lambda who=who: decide.publish(who, house.store, seen) for who in (EDITOR, BEA)])
    assert sorted(isinstance(answer, Changed) for answer in answers) == [False, True]
    house.clock_strikes(LATER)
    assert house.story(story_id).version == 1


def test_what_may_not_go_out_is_refused_at_once_and_not_by_the_clock(house):
    story_id = house.published(**FREE)
    with pytest.raises(MoveRefused, match="anything newer"):
        decide.publish(EDITOR, house.store, case(house, story_id))
    house.push(headline="New", pub_status="withheld", external_id="w")
    withheld = house.push(headline="New", pub_status="withheld", external_id="w").id
    with pytest.raises(OnHold):
        decide.publish(EDITOR, house.store, case(house, withheld))


def test_a_story_under_embargo_that_is_published_waits_for_the_end_of_it(house):
    story_id = house.push(rights={"embargoed": LATER.isoformat()}).id
    assert decide.publish(EDITOR, house.store, case(house, story_id)).due_at == LATER


def test_whoever_rejects_says_why_for_the_partner_reads_it(house):
    story_id = house.push().id
    with pytest.raises(BadFields):
        decide.reject(EDITOR, house.store, case(house, story_id), reason=" ")
    assert decide.reject(EDITOR, house.store, case(house, story_id), reason="Too\nold").reason == "Too old"


def test_a_question_puts_a_story_aside_and_its_next_version_answers(house):
    story_id = house.push().id
    decide.ask(EDITOR, house.store, case(house, story_id), question="Which school?")
    assert (house.story(story_id).review, house.story(story_id).reason) == (Review.HELD, "Which school?")
    house.push(headline="School No 4 reopens", now=LATER)
    (question,) = house.file(story_id).questions
    assert (question.text, question.answer, question.ended_at) == ("Which school?", 2, LATER)
    assert "since it was asked" in house.story(story_id).reason


def test_a_question_about_what_is_out_leaves_it_out_and_can_be_closed(house):
    story_id = house.published()
    decide.ask(EDITOR, house.store, case(house, story_id), question="Which school?")
    decide.close_questions(BEA, house.store, case(house, story_id, now=LATER))
    (question,) = house.file(story_id).questions
    assert (house.story(story_id).review, question.ended_by, question.answer) == (Review.PUBLISHED, BEA.email, None)


@pytest.mark.parametrize("act", [decide.withdraw, decide.kill], ids=["withdraw", "kill"])
def test_what_is_taken_back_leaves_at_once_with_a_reason_and_a_message(house, act):
    story_id = house.published()
    word = act.__name__
    with pytest.raises(BadFields) as refused:
        act(EDITOR, house.store, case(house, story_id), reason="", confirm="yes")
    assert set(refused.value.extra["errors"]) == {"reason", "confirm"}
    story = act(EDITOR, house.store, case(house, story_id), reason="Libel", confirm=word, message="Remove it, please")
    assert (story.reason, story.edition.change_note) == ("Libel", "Remove it, please")
    assert house.out() == []
    with pytest.raises(Conflict):
        decide.undo(EDITOR, house.store, Case(ref=story_id, now=NOON))


CONFIRMED = [
    ("kill", True),
    (" KILL ", True),
    ("Valley schools reopen", True),
    ("valley  schools reopen after", True),
    ("Valley schools reopen after eleven weeks", True),
    ("Valley schools", False),
    ("Valley schools reop", False),
    ("schools reopen after", False),
    ("withdraw", False),
    ("", False),
]


@pytest.mark.parametrize(("typed", "confirmed"), CONFIRMED)
def test_what_cannot_be_undone_is_confirmed_by_the_word_or_by_how_the_headline_begins(typed, confirmed):
    assert is_confirmed(typed, "kill", "Valley schools reopen after eleven weeks") is confirmed


def test_a_headline_of_one_word_confirms_by_itself_and_an_empty_one_by_nothing():
    assert is_confirmed("strike", "kill", "Strike")
    assert not is_confirmed("", "kill", "")


def test_a_viewer_decides_nothing(house):
    viewer = Person(email="v@news.example", role=Role.VIEWER)
    story_id = house.push().id
    with pytest.raises(NotAllowed):
        decide.approve(viewer, house.store, case(house, story_id))


def test_the_grace_is_as_long_as_it_is_set(house):
    story_id = house.push().id
    long = replace(case(house, story_id), grace=timedelta(minutes=5))
    assert decide.publish(EDITOR, house.store, long).due_at == NOON + timedelta(minutes=5)
