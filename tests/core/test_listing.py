"""What the queue lists of a story, and when time alone changes that."""

from dataclasses import replace
from datetime import timedelta

import pytest

from syndicate.core.dates import PartialDate
from syndicate.core.listing import Age, Light, licence_key, own_light, primary_language, recheck_at, topic_key
from syndicate.core.rights import Rights
from syndicate.core.story import Story
from syndicate.core.workflow import Review
from tests.factories import an_item
from tests.newsroom import LATER, NOON, SECOND, an_outlet

A_DAY = timedelta(days=1)
NOON_WITH_TIME = PartialDate.of(NOON)


def a_story(**changes):
    story = Story(
        id="s1",
        guid="tag:x,2026:s1",
        outlet=an_outlet(),
        external_id="1",
        source=an_item(),
        received_at=NOON,
        changed_at=NOON,
    )
    return replace(story, **changes)


@pytest.mark.parametrize(
    ("rights", "key"),
    [
        (Rights(license="cc by-nd 4.0"), "CC-BY-ND-4.0"),
        (Rights(license="  Ask   us first "), "Ask us first"),
        (Rights(license="x" * 200), "x" * 100),
        (Rights(usage_terms="Not for print"), "own-terms"),
        (Rights(), ""),
    ],
    ids=["known", "as written", "cut", "terms only", "none"],
)
def test_a_licence_is_listed_by_one_name(rights, key):
    assert licence_key(rights) == key


@pytest.mark.parametrize(("tag", "primary"), [("hy-AM", "hy"), ("EN", "en"), ("", "")])
def test_languages_are_listed_by_their_primary_subtag(tag, primary):
    assert primary_language(tag) == primary


def test_a_topic_is_one_however_it_is_written():
    assert topic_key("  Foreign \n Policy ") == topic_key("foreign policy") == "foreign policy"


@pytest.mark.parametrize(
    ("changes", "light"),
    [
        ({"rights": Rights(license="CC-BY-4.0")}, Light.GREEN),
        ({"rights": Rights(license="CC-BY-ND-4.0")}, Light.AMBER),
        ({"rights": Rights(license="CC-BY-4.0", embargoed=LATER)}, Light.RED),
        ({"headline": ""}, Light.RED),
    ],
    ids=["nothing", "a look", "an embargo", "no headline"],
)
def test_the_light_is_the_worst_that_the_checks_find(changes, light):
    story = a_story(source=an_item(first_published=NOON_WITH_TIME, **changes))
    assert own_light(story, NOON) is light


@pytest.mark.parametrize(
    ("review", "rights", "due"),
    [
        (Review.RECEIVED, Rights(), NOON + A_DAY),
        (Review.RECEIVED, Rights(embargoed=NOON + SECOND), NOON + SECOND),
        (Review.HELD, Rights(embargoed=NOON, expires=LATER), NOON + A_DAY),
        (Review.PUBLISHED, Rights(expires=LATER), LATER),
        (Review.PUBLISHED, Rights(), None),
        (Review.KILLED, Rights(expires=NOON), None),
    ],
    ids=["the next day", "the embargo", "what is past", "the end of a right", "out", "over"],
)
def test_checks_are_made_anew_when_time_may_change_them(review, rights, due):
    assert recheck_at(a_story(review=review, source=an_item(rights=rights)), NOON) == due


def test_ages_are_spans_on_either_side_of_now():
    assert [(age.span, age.is_younger) for age in (Age.UNDER_1H, Age.OVER_7D)] == [
        (timedelta(hours=1), True),
        (timedelta(days=7), False),
    ]
