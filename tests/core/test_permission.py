"""What a story may be used for: the sentence that an editor reads, and the one rule on edits."""

import pytest

from syndicate.core.edits import Edits, Part
from syndicate.core.errors import RuleBroken
from syndicate.core.newsroom import Agreement, PicturePolicy
from syndicate.core.permission import check_edits, in_words, refusal
from syndicate.core.rights import Rights

ND, BY, UNKNOWN = Rights(license="CC-BY-ND-4.0"), Rights(license="CC-BY-4.0"), Rights(license="Ours alone")
NO_PICTURES = Agreement(pictures=PicturePolicy.NONE)

SENTENCES = [
    (ND, NO_PICTURES, "may be republished unchanged, credit and link required, pictures not included"),
    (BY, Agreement(pictures=PicturePolicy.ALL), "may be republished, credit and link required, pictures included"),
    (
        Rights(license="CC-BY-NC-SA-4.0"),
        NO_PICTURES,
        (
            "may be republished, credit and link required, not for commercial use,"
            " changed versions under the same licence, pictures not included"
        ),
    ),
    (BY, Agreement(), "may be republished, credit and link required, pictures only where their credit is cleared"),
    (
        ND,
        Agreement(pictures=PicturePolicy.NONE, may_edit=(Part.HEADLINE,)),
        (
            "may be republished unchanged, credit and link required, headline may be edited by agreement,"
            " pictures not included"
        ),
    ),
    (UNKNOWN, NO_PICTURES, "no licence that we know: only what was agreed with its outlet, pictures not included"),
]


@pytest.mark.parametrize(("rights", "agreement", "sentence"), SENTENCES)
def test_what_a_story_may_be_used_for_is_one_plain_sentence(rights, agreement, sentence):
    assert in_words(rights, agreement) == sentence


HEADLINE_GRANTED = Agreement(may_edit=(Part.HEADLINE,))
EDITS = [
    (ND, Agreement(), {Part.HEADLINE, Part.BODY}),
    (ND, HEADLINE_GRANTED, {Part.BODY}),
    (ND, Agreement(may_edit=(Part.HEADLINE, Part.BODY)), set()),
    (BY, Agreement(), set()),
    (UNKNOWN, Agreement(), set()),
]


@pytest.mark.parametrize(("rights", "agreement", "refused"), EDITS)
def test_a_licence_without_derivatives_keeps_headline_and_text_unless_the_agreement_gives_more(
    rights, agreement, refused
):
    assert {part for part in Part if refusal(part, rights, agreement)} == refused


def test_a_refusal_names_the_licence_and_what_it_protects():
    with pytest.raises(RuleBroken, match=r"CC BY-ND 4\.0, forbids to change its headline") as refused:
        check_edits(Edits(headline="Ours", section="World"), ND, Agreement())
    assert refused.value.extra["parts"] == ["headline"]
