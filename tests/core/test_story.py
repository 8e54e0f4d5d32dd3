"""A story on the desk: when the clock must look at it, what makes it creditable, the moments of its changes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from syndicate.core.errors import RuleBroken
from syndicate.core.newsitem import Party, SourceItem
from syndicate.core.rights import Rights
from syndicate.core.story import Story, check_creditable, next_stamp
from syndicate.core.workflow import Review
from tests.factories import an_item
from tests.newsroom import LATER, MICROSECOND, NOON, SECOND, an_outlet

SOURCE = SourceItem(external_id="x", headline="H", body_html="<p>B</p>", original_url="https://oc-media.org/x")


def a_story(**changes: object) -> Story:
    story = Story(
        id="s1", guid="tag:a", outlet=an_outlet(), external_id="x", source=SOURCE, received_at=NOON, changed_at=NOON
    )
    return replace(story, **changes)


def under(**rights: object) -> SourceItem:
    return replace(SOURCE, rights=Rights(**rights))


DUE = [
    ({"review": Review.APPROVED}, None),
    ({"review": Review.APPROVED, "publish_at": NOON}, NOON),
    ({"review": Review.APPROVED, "source": under(embargoed=LATER)}, LATER),
    ({"review": Review.APPROVED, "publish_at": NOON, "source": under(embargoed=LATER)}, LATER),
    ({"review": Review.APPROVED, "publish_at": LATER, "source": under(embargoed=NOON)}, LATER),
    ({"review": Review.RECEIVED, "publish_at": NOON}, None),
    ({"review": Review.PUBLISHED, "edition": an_item()}, None),
    ({"review": Review.PUBLISHED, "edition": an_item(rights=Rights(expires=LATER))}, LATER),
    (
        {"review": Review.PUBLISHED, "edition": an_item(), "source": under(expires=LATER)},
        LATER,
    ),  # as it says now
    ({"review": Review.WITHDRAWN, "edition": an_item(rights=Rights(expires=LATER))}, None),
    ({"review": Review.PUBLISHED, "edition": an_item(), "publish_at": NOON}, NOON),
    ({"review": Review.PUBLISHED, "edition": an_item(rights=Rights(expires=LATER)), "publish_at": NOON}, NOON),
    ({"review": Review.WITHDRAWN, "edition": an_item(), "publish_at": NOON}, NOON),
]


@pytest.mark.parametrize(("changes", "due"), DUE)
def test_the_clock_looks_at_what_is_approved_for_an_hour_and_at_what_is_out_for_a_time(changes, due):
    assert a_story(**changes).due_at == due


def test_before_its_first_edition_a_story_is_at_the_version_that_it_will_be():
    assert a_story().version == 1
    assert a_story(edition=an_item(version=4)).version == 4


@pytest.mark.parametrize(("revision", "edition_revision", "waits"), [(1, None, False), (1, 1, False), (2, 1, True)])
def test_an_update_waits_where_the_source_said_more_than_is_out(revision, edition_revision, waits):
    assert a_story(revision=revision, edition_revision=edition_revision).update_waits is waits


CREDITABLE = [
    ({"info_source": Party("OC Media")}, None),
    ({"info_source": Party("", "https://oc-media.org/")}, None),
    ({"info_source": Party("OC Media", "https://oc-media.org/"), "original_url": ""}, None),
    ({}, ["info_source"]),
    ({"info_source": Party("OC Media"), "original_url": ""}, ["url or the source's site"]),
    ({"info_source": Party("OC Media"), "headline": ""}, ["headline"]),
    ({"original_url": "", "body_html": ""}, ["body_html", "info_source", "url or the source's site"]),
]


@pytest.mark.parametrize(("changes", "missing"), CREDITABLE)
def test_a_story_can_be_credited_where_its_source_and_its_site_are_known(changes, missing):
    item = replace(SOURCE, **changes)
    if missing is None:
        check_creditable(item)
    else:
        with pytest.raises(RuleBroken) as refused:
            check_creditable(item)
        assert refused.value.extra["missing"] == missing


STAMPS = [
    (None, NOON, NOON),
    (None, NOON + MICROSECOND, NOON),
    (NOON, NOON, NOON + SECOND),
    (NOON, NOON + timedelta(microseconds=999_999), NOON + SECOND),
    (NOON, NOON + SECOND, NOON + SECOND),
    (NOON, LATER, LATER),
    (LATER, NOON, LATER + SECOND),  # a clock that was set back
]


@pytest.mark.parametrize(("previous", "now", "stamp"), STAMPS)
def test_each_change_has_a_moment_in_whole_seconds_later_than_the_one_before(previous, now, stamp):
    assert next_stamp(previous, now) == stamp
