"""What a story would meet where it is going: each rule, on both sides of its edge."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.core.dates import PartialDate
from syndicate.core.newsitem import Party, SourceItem, source_fields
from syndicate.core.picture_rights import PictureHold, Reason
from syndicate.core.preflight import Look, checks
from syndicate.core.rights import PubStatus, Rights
from tests.factories import NOON, a_picture, an_item

STORY = replace(
    SourceItem(**source_fields(an_item())),
    first_published=PartialDate("2026-03-03T08:00:00+04:00"),
    rights=Rights(license="CC-BY-4.0"),
)
HOUR, YEAR = timedelta(hours=1), timedelta(days=365)
HELD = (a_picture(), PictureHold(Reason.AGENCY, "AP"))


def _told(look):
    return [(check.code, check.destination.value, check.severity.value) for check in checks(look)]


def test_a_good_story_meets_nothing():
    assert _told(Look(item=STORY, now=NOON, first_created=NOON)) == []


CASES = {
    "embargo": (
        {"rights": Rights(embargoed=NOON + HOUR, usage_terms="t")},
        ("on-hold", "all", "red"),
        "2026-03-04T13:00",
    ),
    "expired": ({"rights": Rights(expires=NOON, usage_terms="t")}, ("on-hold", "all", "red"), "ended at"),
    "withheld": (
        {"rights": Rights(pub_status=PubStatus.WITHHELD, usage_terms="t")},
        ("on-hold", "all", "red"),
        "withheld",
    ),
    "no headline": ({"headline": ""}, ("no-headline", "all", "red"), "headline"),
    "no text": ({"body_html": "<p></p>"}, ("no-text", "all", "red"), "no text"),
    "no URL": ({"original_url": ""}, ("no-url", "all", "amber"), "address is not known"),
    "no original date": ({"first_published": None}, ("no-original-date", "all", "amber"), "date is not known"),
    "future": ({"first_published": PartialDate("2026-03-04T12:00:01Z")}, ("future-date", "all", "amber"), "future"),
    "old": ({"first_published": PartialDate("2025-03-04T11:59:59Z")}, ("old-story", "all", "amber"), "a year ago"),
    "no edits": ({"rights": Rights(license="CC-BY-ND-4.0")}, ("licence-forbids-edits", "all", "amber"), "CC BY-ND 4.0"),
    "not sold": ({"rights": Rights(license="CC-BY-NC-4.0")}, ("licence-non-commercial", "all", "amber"), "commercial"),
    "no licence": ({"rights": Rights()}, ("no-licence", "all", "amber"), "no licence"),
    "large": ({"body_html": "ը" * 500_001}, ("too-large", "google-news", "red"), "1,000,002 bytes"),
    "title of 17": ({"headline": "x" * 17}, ("title-length", "msn", "amber"), "17 characters"),
    "title of 20": ({"headline": "x" * 20}, ("title-length", "msn", "amber"), "20 characters"),
    "title of 151": ({"headline": "x" * 151}, ("title-length", "msn", "amber"), "21 to 150"),
    "half a surrogate": ({"summary": "a\ud800"}, ("forbidden-character", "smartnews", "red"), "summary holds"),
    "no language": ({"language": ""}, ("no-language", "newsml", "amber"), "language"),
    "a day": ({"first_published": PartialDate("2026-03-03")}, ("date-without-time", "ninjs", "amber"), "2026-03-03"),
}


@pytest.mark.parametrize(("change", "told", "words"), CASES.values(), ids=CASES)
def test_a_story_meets(change, told, words):
    look = Look(item=replace(STORY, **change), now=NOON)
    assert _told(look) == [told]
    assert words in checks(look)[0].words


@pytest.mark.parametrize(
    "change",
    [
        {"headline": "x" * 21},
        {"headline": "x" * 150},
        {"body_html": "ը" * 500_000},
        {"first_published": PartialDate("2026-03-04T12:00:00Z")},
        {"rights": Rights(usage_terms="With our credit")},
    ],
    ids=["title of 21", "title of 150", "just not too large", "just not in the future", "terms in words"],
)
def test_what_is_just_right_is_not_told(change):
    assert _told(Look(item=replace(STORY, **change), now=NOON)) == []


def test_a_story_without_address_and_source_cannot_be_credited_and_red_stands_first():
    told = _told(Look(item=replace(STORY, original_url="", info_source=Party(), headline="x"), now=NOON))
    assert told == [("no-source", "all", "red"), ("no-url", "all", "amber"), ("title-length", "msn", "amber")]


def test_what_others_know_of_it_is_told_too():
    found = checks(Look(item=STORY, now=NOON + YEAR, first_created=NOON, alike={"s9": 94}, held=[HELD]))
    assert [check.code for check in found] == ["too-old", "old-story", "looks-alike", "picture-without-rights"]
    assert "story s9 (94 %)" in found[2].words
    assert "names AP" in found[3].words


@given(
    st.builds(SourceItem, **dict.fromkeys(("external_id", "headline", "body_html", "summary", "language"), st.text()))
)
def test_any_story_can_be_looked_at(item):
    assert all(check.words for check in checks(Look(item=item, now=NOON)))
