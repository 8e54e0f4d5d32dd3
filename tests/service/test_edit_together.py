"""Several at one story: who edits it, who has it open, and what they have typed."""

import pytest

from syndicate.core.edits import Part, Seen
from syndicate.core.errors import BadFields, Changed, NotAllowed, NotFound
from syndicate.core.newsitem import Picture
from syndicate.core.newsroom import Role
from syndicate.core.roles import Person
from syndicate.service import sweeps
from syndicate.service.desk import edit
from tests.newsroom import ANA, LATER, NOON, SECOND, hands_on
from tests.pictures import a_picture_file

EDITOR, BEA = (Person(email=email, role=Role.EDITOR) for email in (ANA, "bea@news.example"))
FREE = {"rights": {"license": "CC-BY-4.0"}}


FIRST = Seen(0, 1)


def save(house, person, ref, *, now=NOON, seen=FIRST, **typed):
    parts = {Part(name): value for name, value in typed.items()}
    return edit.save(person, house.store, ref=ref, typed=parts, raw=typed, seen=seen, now=now)


def drafts(house, ref):
    with house.store.read() as tx:
        return {draft.who: draft.typed for draft in tx.edits.drafts(ref)}


def test_one_edits_at_a_time_and_the_other_is_told_who(house):
    story_id = house.push(**FREE).id
    edit.start(EDITOR, house.store, ref=story_id, now=NOON)
    with pytest.raises(Changed, match=ANA):
        edit.start(BEA, house.store, ref=story_id, now=NOON + SECOND)
    assert edit.start(EDITOR, house.store, ref=story_id, now=NOON + SECOND).since == NOON


def test_whoever_takes_over_is_the_one_who_saves_and_the_other_keeps_what_they_typed(house):
    story_id = house.push(**FREE).id
    edit.start(EDITOR, house.store, ref=story_id, now=NOON)
    lock = edit.start(BEA, house.store, ref=story_id, now=LATER, take_over=True)
    assert lock.taken_from in ("", ANA)
    with pytest.raises(Changed, match=BEA.email):
        save(house, EDITOR, story_id, now=LATER, headline="Ana's words")
    assert drafts(house, story_id) == {ANA: {"headline": "Ana's words"}}
    save(house, BEA, story_id, now=LATER, section="World")
    assert house.story(story_id).as_edited.section == "World"
    assert drafts(house, story_id) == {ANA: {"headline": "Ana's words"}}
    edit.start(EDITOR, house.store, ref=story_id, now=LATER)
    save(house, EDITOR, story_id, now=LATER, headline="Ana's words")
    assert (house.story(story_id).as_edited.headline, drafts(house, story_id)) == ("Ana's words", {})


def test_taking_over_is_written_down_with_both_names(house):
    story_id = house.push(**FREE).id
    edit.start(EDITOR, house.store, ref=story_id, now=NOON)
    edit.start(BEA, house.store, ref=story_id, now=NOON + SECOND, take_over=True)
    act = house.file(story_id).acts[-1]
    assert (act.what, act.who, act.detail) == ("take-over", BEA.email, {"taken_from": ANA})


def test_a_lock_ends_by_itself_when_its_holder_is_seen_no_more(house):
    story_id = house.push(**FREE).id
    edit.start(EDITOR, house.store, ref=story_id, now=NOON)
    edit.here(EDITOR, house.store, ref=story_id, now=NOON + edit.LOCKED_FOR - SECOND)
    with pytest.raises(Changed):
        edit.start(BEA, house.store, ref=story_id, now=NOON + edit.LOCKED_FOR)
    assert edit.start(BEA, house.store, ref=story_id, now=NOON + 2 * edit.LOCKED_FOR).who == BEA.email


def test_saving_and_leaving_give_the_story_back(house):
    story_id = house.push(**FREE).id
    edit.start(EDITOR, house.store, ref=story_id, now=NOON)
    save(house, EDITOR, story_id, headline="Ours")
    edit.start(BEA, house.store, ref=story_id, now=NOON)
    edit.keep_draft(BEA, house.store, ref=story_id, raw={"headline": "B"}, seen=Seen(1, 1), now=NOON)
    edit.stop(BEA, house.store, ref=story_id, now=NOON)
    assert edit.start(EDITOR, house.store, ref=story_id, now=NOON).who == ANA
    assert drafts(house, story_id) == {}


def test_what_cannot_be_saved_is_kept_as_it_was_typed(house):
    story_id = house.push(**FREE).id
    with pytest.raises(BadFields):
        save(house, EDITOR, story_id, headline=" ", section="World")
    assert drafts(house, story_id) == {ANA: {"headline": " ", "section": "World"}}
    with pytest.raises(BadFields):
        edit.keep_draft(EDITOR, house.store, ref=story_id, raw={"body_html": "a" * 500_001}, seen=FIRST, now=NOON)


def test_everybody_sees_who_has_the_story_open(house):
    story_id = house.push().id
    viewer = Person(email="v@news.example", role=Role.VIEWER)
    for person in (viewer, BEA):
        edit.here(person, house.store, ref=story_id, now=NOON)
    with house.store.read() as tx:
        assert tx.presence.who(story_id, NOON) == [BEA.email, "v@news.example"]
        assert tx.presence.who(story_id, NOON + SECOND) == []


def test_a_viewer_edits_nothing(house):
    viewer = Person(email="v@news.example", role=Role.VIEWER)
    story_id = house.push(**FREE).id
    with pytest.raises(NotAllowed):
        save(house, viewer, story_id, headline="Ours")
    assert drafts(house, story_id) == {}


def test_who_was_seen_long_ago_and_drafts_that_nobody_came_back_to_are_forgotten(house):
    story_id = house.push(**FREE).id
    edit.start(EDITOR, house.store, ref=story_id, now=NOON)
    edit.here(EDITOR, house.store, ref=story_id, now=NOON)
    edit.keep_draft(EDITOR, house.store, ref=story_id, raw={"headline": "Half"}, seen=FIRST, now=NOON)
    for kept, rows in ((sweeps.PRESENCE_KEPT, [1, 1, 1]), (sweeps.PRESENCE_KEPT + SECOND, [0, 0, 1])):
        sweeps.desks(house.store, NOON + kept)
        assert [house.counts()[table] for table in ("presence", "edit_lock", "draft")] == rows
    sweeps.desks(house.store, NOON + sweeps.DRAFTS_KEPT + SECOND)
    assert house.counts()["draft"] == 0


OURS = Picture(caption="Our gate", credit="Ana Mirzoyan", alt="A red gate")
WITH_PICTURE = {
    "pictures": [{"url": "https://oc-media.org/a.jpg", "credit": "AFP", "caption": "Their gate"}],
    "body_html": '<p>A.</p><figure><img src="https://oc-media.org/a.jpg"/><figcaption>Their gate</figcaption></figure>',
    **FREE,
}


def swap(house, ref, **changes):
    shelf = hands_on(house.store).shelf
    how = {"href": "https://oc-media.org/a.jpg", "data": a_picture_file(), "told": OURS, "now": NOON} | changes
    return edit.swap_picture(EDITOR, house.store, shelf, ref=ref, **how)


def test_a_picture_of_ours_stands_where_theirs_may_not_go_out_with_its_own_words(house):
    story_id = house.push(**WITH_PICTURE).id
    swap(house, story_id)
    edition = house.publish(story_id).edition
    (picture,) = edition.pictures
    assert (picture.caption, picture.credit, picture.alt) == ("Our gate", "Ana Mirzoyan", "A red gate")
    assert picture.url.startswith("https://news.example/media/")
    assert picture.url.rpartition("-")[0] in edition.body_html
    assert "Our gate" in edition.body_html
    assert not any(theirs in str(edition) for theirs in ("Their gate", "AFP", "oc-media.org/a.jpg"))


def test_theirs_comes_back_where_it_is_asked_for(house):
    story_id = house.push(**WITH_PICTURE).id
    swap(house, story_id)
    assert swap(house, story_id, data=b"").edits.parts == ()


@pytest.mark.parametrize(
    ("changes", "field"), [({"told": Picture(caption="Whose?")}, "credit"), ({"data": b"no picture"}, "file")]
)
def test_a_picture_that_cannot_be_credited_or_is_none_is_refused(house, changes, field):
    story_id = house.push(**WITH_PICTURE).id
    with pytest.raises(BadFields) as refused:
        swap(house, story_id, **changes)
    assert list(refused.value.extra["errors"]) == [field]


def test_a_picture_that_the_story_has_not_is_not_found(house):
    with pytest.raises(NotFound):
        swap(house, house.push(**WITH_PICTURE).id, href="https://oc-media.org/b.jpg")
