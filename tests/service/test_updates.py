"""A newer version of its source: three ways beside what the desk has, and only what was chosen goes out."""

import pytest

from syndicate.core.compare import Side, Who
from syndicate.core.edits import Part
from syndicate.core.errors import BadFields, Changed, RuleBroken
from syndicate.core.newsitem import Change
from syndicate.core.newsroom import Role
from syndicate.core.roles import Person
from syndicate.core.undo import GRACE, Case
from syndicate.service.desk import update
from tests.newsroom import ANA, LATER, NOON, SECOND

EDITOR = Person(email=ANA, role=Role.EDITOR)
FREE = {"rights": {"license": "CC-BY-4.0"}}
OLD = "<p>They met on Monday.</p><p>It rained.</p><p>They left.</p>"
NEW = "<p>They met on Tuesday.</p><p>It rained.</p><p>They left by bus.</p>"
OURS = "<p>They met on Monday.</p><p>It rained a lot.</p><p>They left.</p>"
BOTH = "<p>They met on Tuesday.</p><p>It rained a lot.</p><p>They left by bus.</p>"


@pytest.fixture
def story_id(house):
    """It is out, and its source has corrected it."""
    found = house.published(body_html=OLD, **FREE)
    house.push(body_html=NEW, headline="New headline", byline="Another", now=LATER, **FREE)
    return found


def look(house, ref):
    return update.look(EDITOR, house.store, ref)


def settle(house, ref, *, parts=None, blocks=None, now=LATER, **how):
    case = Case(ref=ref, seen=house.story(ref).mark, now=now)
    story = update.settle(EDITOR, house.store, case, parts=parts or {}, blocks=blocks or {}, **how)
    house.clock_strikes(now + GRACE)
    return house.story(story.id)


def test_what_each_side_changed_is_told_part_by_part_and_block_by_block(house, story_id):
    house.edit(story_id, section="World")
    found = look(house, story_id)
    assert [(choice.part, choice.who) for choice in found.parts] == [("headline", Who.THEIRS), ("section", Who.OURS)]
    assert [(fact.name, fact.old, fact.new) for fact in found.facts] == [("byline", "Tamar Gelashvili", "Another")]


def test_of_a_story_that_nobody_edited_all_of_the_correction_is_proposed(house, story_id):
    found = look(house, story_id)
    assert [stretch.who for stretch in found.body] == [Who.THEIRS, Who.NOBODY, Who.THEIRS]
    edition = settle(house, story_id, change=Change.CORRECTION, note="The day").edition
    assert (edition.version, edition.headline, edition.body_html) == (2, "New headline", NEW)
    assert (edition.change, edition.change_note, edition.byline) == ("correction", "The day", "Another")


def test_a_passage_that_is_not_taken_stays_as_it_is_out(house, story_id):
    story = settle(house, story_id, parts={Part.HEADLINE: Side.OURS}, blocks={0: Side.OURS})
    assert story.edition.headline == "Valley schools reopen after eleven weeks"
    assert story.edition.body_html == NEW.replace("Tuesday", "Monday")
    assert story.source.body_html == NEW  # what the source said stays said
    assert not story.update_waits


def edited(house):
    """Its desk has edited one passage, its source two others and that headline."""
    story_id = house.push(body_html=OLD, **FREE).id
    house.edit(story_id, body_html=OURS, section="World")
    house.publish(story_id)
    house.push(body_html=NEW, now=LATER, **FREE)
    return story_id


def test_passages_that_only_one_side_changed_come_together_without_a_question(house):
    story_id = edited(house)
    assert [stretch.who for stretch in look(house, story_id).body] == [Who.THEIRS, Who.OURS, Who.THEIRS]
    story = settle(house, story_id)
    assert (story.edition.body_html, story.edition.section, story.edits_clash) == (BOTH, "World", False)


def test_a_passage_that_both_changed_is_asked_for(house):
    story_id = house.push(body_html=OLD, **FREE).id
    house.edit(story_id, body_html=OLD.replace("Monday", "Sunday"), headline="Ours")
    house.publish(story_id)
    house.push(body_html=NEW, headline="Theirs", now=LATER, **FREE)
    rows = house.counts()
    with pytest.raises(BadFields) as refused:
        settle(house, story_id)
    assert set(refused.value.extra["errors"]) == {"headline", "block-0"}
    assert house.counts() == rows
    story = settle(house, story_id, parts={Part.HEADLINE: Side.THEIRS}, blocks={0: Side.OURS})
    assert (story.edition.headline, story.edits.headline) == ("Theirs", None)
    assert story.edition.body_html == NEW.replace("Tuesday", "Sunday")


def test_an_update_may_be_settled_now_and_published_later(house):
    story_id = edited(house)
    story = settle(house, story_id, publish=False)
    assert (story.version, story.update_waits, story.edits_clash, story.as_edited.body_html) == (1, True, False, BOTH)


def test_what_a_licence_without_derivatives_protects_comes_whole_or_stays_whole(house):
    story_id = house.published(body_html=OLD)
    house.push(body_html=NEW, now=LATER)
    found = look(house, story_id)
    assert "forbids" in found.body_refused
    with pytest.raises(RuleBroken, match="text"):
        settle(house, story_id, blocks={0: Side.OURS})
    assert settle(house, story_id).edition.body_html == NEW


def test_nobody_settles_an_update_that_is_no_longer_the_newest(house, story_id):
    case = Case(ref=story_id, seen=house.story(story_id).mark, now=LATER)
    house.push(body_html=NEW + "<p>And more.</p>", now=LATER + SECOND, **FREE)
    with pytest.raises(Changed):
        update.settle(EDITOR, house.store, case, parts={}, blocks={})


def test_an_update_of_what_waits_for_its_hour_is_compared_with_what_was_edited(house):
    story_id = house.push(body_html=OLD, **FREE).id
    house.edit(story_id, headline="Ours")
    house.push(body_html=OLD, headline="Theirs", now=LATER, **FREE)
    (choice,) = look(house, story_id).parts
    assert (choice.base, choice.ours, choice.theirs) == ("Valley schools reopen after eleven weeks", "Ours", "Theirs")
    settle(house, story_id, parts={Part.HEADLINE: Side.OURS}, publish=False)
    house.approve(story_id, now=LATER, publish_at=LATER + SECOND)
    assert house.story(story_id).publish_at == LATER + SECOND


def test_the_hour_of_a_story_and_other_edits_stay_when_a_clash_is_settled(house):
    story_id = house.push(body_html=OLD, **FREE).id
    house.edit(story_id, headline="Ours", slugline="ours")
    house.push(body_html=OLD, headline="Theirs", now=NOON, **FREE)
    settle(house, story_id, parts={Part.HEADLINE: Side.OURS}, publish=False)
    house.approve(story_id, publish_at=LATER + 60 * SECOND)
    story = settle(house, story_id, publish=False, now=NOON)
    assert (story.publish_at, story.edits.slugline) == (LATER + 60 * SECOND, "ours")
