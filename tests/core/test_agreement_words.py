"""An agreement reads as plain sentences, and each of its terms changes what is read."""

from dataclasses import fields, replace
from datetime import UTC, datetime

import pytest

from syndicate.core.agreement_words import listed, sentences
from syndicate.core.approval import Approval
from syndicate.core.edits import Part
from syndicate.core.grants import Period, Quota
from syndicate.core.newsroom import Agreement, Outlet, PicturePolicy
from syndicate.core.policy import Page

OC = Outlet(slug="oc-media", name="OC Media", timezone="Asia/Tbilisi")
NIGHT = Approval(sections=("Sport", "Culture"), after="22:00", before="06:00")

TERMS = {
    "ends": (
        datetime(2026, 3, 31, 20, tzinfo=UTC),
        (
            "From 2026-04-01, 00:00 (time in Asia/Tbilisi) on nothing new of OC Media goes out;"
            " what is out stays, and is corrected."
        ),
    ),
    "approvals": (
        (NIGHT, Approval(sections=("Weather",))),
        (
            "Without an editor go stories of Sport or Culture from 22:00 to 06:00 and stories of Weather"
            " (time in Asia/Tbilisi), unless a check finds something wrong or doubtful."
        ),
    ),
    "embargo_hours": (24, "A story may appear 24 hours after OC Media has published it."),
    "quota": (Quota(20, Period.WEEK), "Of its new stories 20 a week may appear."),
    "excerpt_only": (True, "Stories appear as a summary with the whole credit."),
    "pictures": (PicturePolicy.NONE, "Pictures are not included."),
    "cleared_credits": (
        ("AFP", "Reuters"),
        "Pictures are included where their credit names no agency, or is cleared: AFP and Reuters.",
    ),
    "may_edit": (
        (Part.HEADLINE, Part.BODY),
        "Even where a licence forbids changes, we may edit the headline and text.",
    ),
    "corrections_straight_through": (True, "Its corrections go out at once, without an editor."),
    "fetch_pages": (True, "Where its feed gives a summary only, we read the story from its page."),
    "territories": (("AM", "GE"), "Only subscribers that publish in AM and GE alone may have its stories."),
    "blocked_subscribers": (("globe", "times"), "Its stories do not go to globe or times."),
    "page": (Page.NOINDEX, "Our pages of its stories ask search engines to leave them out."),
}


@pytest.mark.parametrize("term", TERMS)
def test_each_term_has_its_sentence(term):
    value, sentence = TERMS[term]
    told = sentences(replace(OC, agreement=Agreement(**{term: value})))
    assert sentence in told
    assert sentence not in sentences(OC)
    assert len(told) == len(sentences(OC))


def test_no_term_is_left_untold():
    assert {field.name for field in fields(Agreement)} <= set(TERMS)


@pytest.mark.parametrize(
    ("names", "said"), [((), ""), (("a",), "a"), (("a", "b"), "a and b"), (("a", "b", "c"), "a, b and c")]
)
def test_names_are_listed_as_one_says_them(names, said):
    assert listed(names) == said
