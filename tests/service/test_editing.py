"""The desk's edits: printed in place of the source's words, which stay; nobody's are lost; the licence decides."""

import pytest

from syndicate.core.edits import Part, PictureEdit, Seen
from syndicate.core.errors import BadFields, Changed, EditsClash, MoveRefused, RuleBroken
from syndicate.core.newsitem import Topic
from syndicate.core.workflow import Review
from tests.newsroom import LATER, NOON, SECOND, at_once

FREE = {"rights": {"license": "CC-BY-4.0"}}
OURS = "Valley schools open again"
BEA = "bea@news.example"


def test_an_edition_says_what_the_desk_wrote_and_the_revision_what_the_source_wrote(house):
    story_id = house.push(**FREE).id
    house.edit(
        story_id, headline=OURS, section="World", slugline="valley", summary="Two\r\nlines", topics=["school", "news"]
    )
    story = house.publish(story_id)
    edition = story.edition
    assert (edition.headline, edition.section, edition.slugline) == (OURS, "World", "valley")
    assert (edition.summary, edition.topics) == ("Two\nlines", (Topic("school"), Topic("news")))
    assert story.source.headline == "Valley schools reopen after eleven weeks"
    assert house.out() == [OURS]


def test_the_credit_says_what_it_would_have_said_without_the_edit(house):
    house.set_outlet(credit_templates={"en": "“{headline}” appeared on {site}."})
    plain = house.publish(house.push(**FREE).id).edition.credit
    story_id = house.push(external_id="other", url="https://oc-media.org/other/", **FREE).id
    house.edit(story_id, headline=OURS)
    assert house.publish(story_id).edition.credit.text == plain.text


def test_an_edited_text_is_cleaned_as_whatever_comes_in_from_outside(house):
    story_id = house.push(**FREE).id
    house.edit(story_id, body_html="<p onclick='x()'>Ours<script>alert(1)</script></p>\r\n<p>Too</p>")
    assert house.publish(story_id).edition.body_html == "<p>Ours</p><p>Too</p>"


@pytest.mark.parametrize("part", [Part.HEADLINE, Part.BODY])
def test_a_licence_without_derivatives_refuses_an_edited_headline_and_text_and_says_why(house, part):
    story_id = house.push().id
    rows = house.counts()
    with pytest.raises(RuleBroken, match=r"CC BY-ND 4\.0"):
        house.edit(story_id, **{part: "<p>Something else</p>"})
    assert house.counts() == rows


def test_under_such_a_licence_the_desk_still_files_a_story_as_it_likes(house):
    story_id = house.push().id
    house.edit(story_id, section="World", topics=["Caucasus"], headline=house.story(story_id).source.headline)
    assert house.publish(story_id).edition.section == "World"


def test_what_the_agreement_lets_us_edit_may_be_edited_whatever_the_licence(house):
    house.agree(may_edit=(Part.HEADLINE,))
    story_id = house.push().id
    house.edit(story_id, headline=OURS)
    assert house.publish(story_id).edition.headline == OURS


def test_an_edit_that_a_newer_licence_forbids_does_not_go_out(house):
    story_id = house.push(**FREE).id
    house.edit(story_id, headline=OURS)
    house.push(now=LATER, summary="New")  # now CC BY-ND
    with pytest.raises(RuleBroken, match="headline"):
        house.publish(story_id, now=LATER)


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ({"headline": " "}, "headline"),
        ({"headline": "a" * 501}, "headline"),
        ({"body_html": "<script>x()</script>"}, "body_html"),
        ({"topics": ["a" * 201]}, "topics"),
        ({"topics": [str(number) for number in range(51)]}, "topics"),
    ],
)
def test_what_cannot_be_printed_is_refused_by_the_name_of_its_part(house, typed, part):
    story_id = house.push(**FREE).id
    with pytest.raises(BadFields) as refused:
        house.edit(story_id, **typed)
    assert list(refused.value.extra["errors"]) == [part]
    assert house.story(story_id).edits_version == 0


def test_writing_what_the_source_wrote_gives_a_part_back_to_it(house):
    story_id = house.push(**FREE).id
    source = house.story(story_id).source
    house.edit(story_id, headline=OURS)
    story = house.edit(story_id, headline=source.headline, body_html=source.body_html.replace("\n", "\r\n"))
    assert story.edits.parts == ()
    assert story.edits_version == 2


def test_saving_what_stands_already_is_no_new_version(house):
    story_id = house.push(**FREE).id
    house.edit(story_id, headline=OURS)
    rows = house.counts()
    assert house.edit(story_id, headline=OURS).edits_version == 1
    assert house.counts() == rows


def test_each_part_tells_who_changed_it_last_and_the_audit_tells_each_change(house):
    story_id = house.push(**FREE).id
    house.edit(story_id, headline=OURS)
    story = house.edit(story_id, who=BEA, now=LATER, section="World")
    assert {part: (mark.who, mark.at) for part, mark in story.edits.marks.items()} == {
        "headline": ("ana@news.example", NOON),
        "section": (BEA, LATER),
    }
    assert [act.detail["parts"] for act in house.file(story_id).acts[1:]] == [["headline"], ["section"]]


def test_two_who_change_different_parts_are_both_kept(house):
    story_id = house.push(**FREE).id
    both_saw, source = Seen(0, 1), house.story(story_id).source
    house.edit(story_id, seen=both_saw, headline=OURS, section=source.section)
    story = house.edit(story_id, seen=both_saw, who=BEA, headline=source.headline, section="World")
    assert (story.as_edited.headline, story.as_edited.section) == (OURS, "World")


def test_of_two_who_change_the_same_part_the_later_is_told_and_has_both_texts(house):
    story_id = house.push(**FREE).id
    house.edit(story_id, headline=OURS)
    with pytest.raises(Changed, match=r"ana@news\.example") as refused:
        house.edit(story_id, seen=Seen(0, 1), who=BEA, headline="Bea's")
    assert refused.value.extra["parts"] == {"headline": {"yours": "Bea's", "theirs": OURS}}
    assert house.story(story_id).as_edited.headline == OURS
    seen = Seen(refused.value.extra["version"], refused.value.extra["revision"])
    assert house.edit(story_id, seen=seen, who=BEA, headline="Bea's").as_edited.headline == "Bea's"


def test_of_two_who_save_the_same_part_at_the_same_moment_one_is_told(house):
    story_id = house.push(**FREE).id
    answers = at_once(
        *[lambda name=name: house.edit(story_id, seen=Seen(0, 1), who=name, headline=name) for name in ("a", "b")]
    )
    assert sorted(isinstance(answer, Changed) for answer in answers) == [False, True]
    assert house.story(story_id).edits_version == 1


def test_an_edit_of_what_is_out_waits_until_somebody_publishes_it(house):
    story_id = house.published(**FREE)
    with pytest.raises(MoveRefused):
        house.publish(story_id)
    house.edit(story_id, headline=OURS)
    assert house.story(story_id).edits_wait
    assert house.out() == ["Valley schools reopen after eleven weeks"]
    story = house.publish(story_id, now=LATER, change="correction", note="A word")
    assert (story.version, story.edition.headline, story.edition.change_note) == (2, OURS, "A word")
    assert (story.edits_wait, house.out()) == (False, [OURS])


def test_a_new_version_of_the_source_keeps_the_edits_of_what_it_did_not_change(house):
    story_id = house.published(**FREE)
    house.edit(story_id, section="World")
    house.push(now=LATER, headline="New words", **FREE)
    story = house.publish(story_id, now=LATER)
    assert (story.edition.headline, story.edition.section) == ("New words", "World")


def test_a_new_version_that_changes_what_was_edited_goes_out_when_somebody_has_said_whose_words_count(house):
    story_id = house.push(**FREE).id
    house.edit(story_id, headline=OURS)
    house.push(now=LATER, headline="New words", **FREE)
    assert house.story(story_id).edits_clash
    with pytest.raises(EditsClash):
        house.publish(story_id, now=LATER)
    with pytest.raises(EditsClash):
        house.approve(story_id, now=LATER)
    house.edit(story_id, headline="New words")
    assert house.publish(story_id, now=LATER).edition.headline == "New words"


def test_a_clash_stays_one_when_the_source_speaks_again_of_other_things(house):
    story_id = house.push(**FREE).id
    house.edit(story_id, headline=OURS)
    house.push(now=LATER, headline="New words", **FREE)
    house.push(now=LATER + SECOND, headline="New words", summary="And a summary", **FREE)
    assert house.story(story_id).edits_clash


@pytest.mark.parametrize(("typed", "version"), [({"section": "World"}, 2), ({"headline": OURS}, 1)])
def test_a_correction_goes_straight_through_unless_it_touches_what_the_desk_edited(house, typed, version):
    house.agree(corrections_straight_through=True)
    story_id = house.push(**FREE).id
    house.edit(story_id, **typed)
    house.publish(story_id)
    house.push(now=LATER, headline="New words", **FREE)
    assert house.story(story_id).version == version
    assert house.story(story_id).due_at is None


def test_a_withdrawn_story_is_not_sent_out_again_by_an_embargo_of_its_newest_version(house):
    house.agree(corrections_straight_through=True)
    story_id = house.published()
    house.withdraw(story_id)
    house.push(summary="New", rights={"license": "CC-BY-4.0", "embargoed": LATER.isoformat()})
    house.clock_strikes(LATER)
    assert house.story(story_id).review is Review.WITHDRAWN


ONE, TWO = "https://oc-media.org/one.jpg", "https://oc-media.org/two.jpg"
SHOWN = {
    "pictures": [{"url": url, "credit": "Nino Beridze", "caption": url[-7:], "alt": "a gate"} for url in (ONE, TWO)],
    "body_html": "".join(f'<p>Text.</p><figure><img src="{url}" alt=""/></figure>' for url in (ONE, TWO)),
    **FREE,
}


def test_a_picture_that_the_desk_leaves_out_is_nowhere_and_tells_why(house):
    story_id = house.push(**SHOWN).id
    house.edit(story_id, pictures=[PictureEdit(href=ONE, shown=False)])
    edition = house.publish(story_id).edition
    assert [picture.url for picture in edition.pictures] == [TWO]
    assert ONE not in edition.body_html
    assert [one.hold.words if one.hold else "" for one in house.file(story_id).pictures] == [
        "an editor left it out",
        "",
    ]


def test_pictures_stand_in_the_order_of_the_desk_with_its_words_for_those_who_cannot_see(house):
    story_id = house.push(**SHOWN).id
    house.edit(story_id, pictures=[PictureEdit(href=TWO, alt="Two children"), PictureEdit(href=ONE)])
    edition = house.publish(story_id).edition
    assert [(picture.url, picture.alt) for picture in edition.pictures] == [(TWO, "Two children"), (ONE, "a gate")]
    assert 'alt="Two children"' in edition.body_html


def test_a_picture_without_rights_stays_in_whatever_the_desk_chooses(house):
    story_id = house.push(**SHOWN | {"pictures": [{"url": ONE, "credit": "AFP"}]}).id
    house.edit(story_id, pictures=[PictureEdit(href=ONE, alt="A gate")])
    assert ONE not in str(house.publish(story_id).edition)


def test_naming_the_pictures_as_they_were_sent_is_no_edit(house):
    story_id = house.push(**SHOWN).id
    assert house.edit(story_id, pictures=[PictureEdit(href=ONE), PictureEdit(href=TWO)]).edits.parts == ()
