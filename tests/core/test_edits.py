"""Edits: data beside the source's words, laid over them, given back by None."""

import pytest

from syndicate.core.edits import NONE, Edits, Mark, Part, PictureEdit, clash
from syndicate.core.newsitem import Topic
from tests.factories import an_item
from tests.newsroom import ANA, NOON

MARK = Mark(ANA, NOON)
BY_PART = {
    Part.HEADLINE: "Schools of the valley open again",
    Part.SUMMARY: "After eleven weeks.",
    Part.SECTION: "World",
    Part.TOPICS: (Topic("schools"),),
    Part.SLUGLINE: "valley-schools",
    Part.BODY: "<p>They opened.</p>",
}


@pytest.mark.parametrize(("part", "value"), BY_PART.items(), ids=[part.value for part in BY_PART])
def test_an_edited_part_is_printed_and_nothing_else_changes(part, value):
    source = an_item()
    edits = NONE.changed(part, value, MARK)
    printed = edits.over(source)
    assert getattr(printed, part) == value
    assert edits.changed(part, None, MARK).over(printed) == printed
    assert edits.parts == (part,)
    others = [
        name for name in ("credit", "byline", "original_url", "first_published", "rights", *BY_PART) if name != part
    ]
    assert [getattr(printed, name) for name in others] == [getattr(source, name) for name in others]


def test_what_is_given_back_to_its_source_is_no_edit_and_still_says_who_did_it():
    edits = NONE.changed(Part.HEADLINE, "Ours", MARK).changed(Part.HEADLINE, None, MARK)
    assert edits.parts == ()
    assert edits.marks == {"headline": MARK}
    assert edits.over(an_item()) == an_item()


CLASHES = [
    (Edits(), {"headline": "New"}, ()),
    (Edits(headline="Ours"), {}, ()),
    (Edits(headline="Ours"), {"summary": "New"}, ()),
    (Edits(headline="Ours"), {"headline": "New"}, (Part.HEADLINE,)),
    (Edits(headline="New"), {"headline": "New"}, ()),  # the source came to say what we had written
    (
        Edits(headline="Ours", body_html="<p>Ours</p>"),
        {"headline": "New", "body_html": "<p>New</p>"},
        (Part.HEADLINE, Part.BODY),
    ),
    (Edits(pictures=(PictureEdit(href="https://a.example/1.jpg", shown=False),)), {"pictures": ()}, ()),
]


@pytest.mark.parametrize(("edits", "changes", "parts"), CLASHES)
def test_edits_clash_with_a_newer_version_where_both_changed_the_same_words(edits, changes, parts):
    assert clash(edits, an_item(), an_item(**changes)) == parts
