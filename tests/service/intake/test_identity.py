"""One story that comes in by several doors is one story; two that only look alike are two; ours do not come back."""

import pytest

from syndicate.core.errors import RuleBroken, StaleVersion
from syndicate.core.workflow import Review
from syndicate.service import keep
from syndicate.service.intake.identity import address_name
from tests.newsroom import ANA, LATER, NEWSROOM, NOON, an_outlet

ADDRESS = "https://oc-media.org/valley-schools-reopen/"
FEED, OTHER_FEED = "source-1", "source-2"
AT_NOON, AT_TWO = "2026-03-04T12:00:00Z", "2026-03-04T14:00:00Z"


@pytest.mark.parametrize(
    "written",
    [
        "http://oc-media.org/valley-schools-reopen/",
        "https://www.oc-media.org/valley-schools-reopen",
        "https://OC-Media.org:443/valley-schools-reopen/#comments",
        "https://oc-media.org/valley-schools-reopen/?utm_source=feed&utm_medium=rss",
    ],
)
def test_one_page_has_one_name_however_its_address_is_written(written):
    assert address_name(written) == address_name(ADDRESS) != ""


@pytest.mark.parametrize("address", ["https://oc-media.org/", "https://oc-media.org", "https://[::1", "words", ""])
def test_a_front_page_and_what_is_no_address_name_no_story(address):
    assert address_name(address) == ""


@pytest.mark.parametrize(
    "other_page",
    ["https://oc-media.org/other/", "https://oc-media.org/?p=1", "https://oc.example/valley-schools-reopen/"],
)
def test_another_page_has_another_name(other_page):
    assert address_name(other_page) not in ("", address_name(ADDRESS))


@pytest.mark.parametrize(
    "same",
    [
        {
            "external_id": "https://oc-media.org/?p=2291",
            "url": "http://www.oc-media.org/valley-schools-reopen?utm_source=x",
        },
        {"external_id": "oc-2291", "url": None},
        {"external_id": "wire-7", "url": None, "alt_ids": ["oc-2291"]},
        {"external_id": ADDRESS, "url": None},
    ],
    ids=["its address", "its id", "its other id", "its address as an id"],
)
def test_a_story_that_was_pushed_is_known_when_it_comes_by_a_feed(house, same):
    first = house.push()
    second = house.push(door=FEED, **same)
    assert (second.id, second.result) == (first.id, "unchanged")


def test_a_story_that_was_withdrawn_by_the_id_that_its_feed_gives_it_is_the_same_story(house):
    story_id = house.published()
    house.push(door=FEED, external_id="https://oc-media.org/?p=2291")
    house.source_withdraws("https://oc-media.org/?p=2291")
    assert house.story(story_id).review is Review.WITHDRAWN


def test_two_ids_of_one_door_are_two_stories_whatever_their_addresses(house):
    assert house.push(external_id="a").id != house.push(external_id="b").id


def test_one_address_of_two_outlets_is_two_stories_and_the_later_waits_for_an_editor(house):
    keep.add_outlet(house.store, an_outlet(slug="other", name="Other"), who=ANA, now=NOON)
    first = house.push()
    second = house.story(house.push(outlet="other").id)
    assert second.id != first.id
    assert (second.review, second.reason) == (Review.HELD, f"Another outlet has sent this story: {first.id}.")


def test_each_door_is_compared_with_what_it_said_itself(house):
    """So that two doors that write the same story a little differently do not make version after version."""
    pushed = {"body_html": "<p>As it was pushed.</p>"}
    fed = {"external_id": "p2291", "body_html": "<p>As the feed has it.</p>", "door": FEED}
    results = [house.push(**said).result for said in (pushed, fed, pushed, fed, pushed, fed)]
    assert results == ["created", *["unchanged"] * 5]


def test_what_changes_at_either_door_is_an_update(house):
    house.push(updated=AT_NOON)
    fed = {"external_id": "p2291", "door": FEED}
    assert house.push(**fed, updated=AT_NOON).result == "unchanged"
    assert house.push(**fed, headline="Schools reopen", updated=AT_TWO).result == "updated"
    assert house.push(**fed, headline="Schools reopen", updated=AT_TWO).result == "unchanged"
    assert house.push(updated=AT_NOON).result == "unchanged"


def test_a_second_door_that_brings_something_newer_is_an_update_at_once(house):
    house.push(updated=AT_NOON)
    assert house.push(door=FEED, external_id="p2291", headline="Newer", updated=AT_TWO).result == "updated"


def test_a_feed_may_set_its_own_dates_back_but_not_a_story_that_was_pushed(house):
    house.push(door=FEED, updated=AT_TWO)
    assert house.push(door=FEED, headline="Set back", updated=AT_NOON).result == "updated"
    house.push(door="", headline="Pushed", updated="2026-03-05T00:00:00Z")
    with pytest.raises(StaleVersion):
        house.push(door=FEED, headline="Older", updated=AT_TWO)


@pytest.mark.parametrize(
    "ours",
    [
        {"external_id": "tag:news.example,2026-03-04:oc-media/s1"},
        {"alt_ids": ["tag:news.example,2026-03-04:oc-media/s1"]},
        {"url": f"{NEWSROOM.base_url}/items/s1"},
        {"hops": [{"name": "The Mirror", "url": f"{NEWSROOM.base_url}/items/s1"}]},
    ],
    ids=["guid", "other id", "address", "hop"],
)
def test_a_story_of_ours_does_not_come_back_as_a_partners(house, ours):
    rows = house.counts()
    with pytest.raises(RuleBroken, match="itself, come back"):
        house.push(**ours)
    assert house.counts() == rows


def test_what_its_source_corrects_goes_out_as_a_correction_with_its_note(house):
    story_id = house.published()
    house.push(now=LATER, headline="Corrected", change="correction", change_note="A name was wrong.")
    item = house.publish(story_id, now=LATER).edition
    assert (item.change, item.change_note, item.version) == ("correction", "A name was wrong.", 2)
