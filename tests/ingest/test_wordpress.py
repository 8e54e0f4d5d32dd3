"""WordPress posts: times with their offset, teasers' endings, names that last."""

import pytest

from syndicate.core.errors import BadInput
from tests.ingest.reading import read


def a_post(**members: object) -> dict[str, object]:
    post = {
        "id": 7,
        "guid": {"rendered": "https://tidewater.example/?p=7"},
        "link": "https://tidewater.example/ferry/",
        "title": {"rendered": "Ferry"},
        "content": {"rendered": "<p>It stops.</p>"},
    }
    return post | members


def parsed(**members: object):
    (one,) = read(a_post(**members), form="wordpress").results
    if isinstance(one, Exception):
        raise one
    return one


@pytest.mark.parametrize(
    ("local", "utc", "first_published", "warned"),
    [
        ("2026-03-03T09:15:00", "2026-03-03T05:15:00", "2026-03-03T09:15:00+04:00", False),
        ("2026-03-03T09:15:00", "2026-03-03T09:15:00", "2026-03-03T09:15:00Z", False),
        ("2026-03-02T23:45:00", "2026-03-03T03:15:00", "2026-03-02T23:45:00-03:30", False),
        ("2026-03-03T09:15:00", "2026-03-03T05:15:07", "2026-03-03T05:15:07Z", True),
        ("2026-03-03T09:15:00", "2026-03-01T05:15:00", "2026-03-01T05:15:00Z", True),
        ("2026-03-03T09:15:00", "0000-00-00T00:00:00", "2026-03-03T09:15:00+04:00", True),
        (None, "2026-03-03T05:15:00", "2026-03-03T05:15:00Z", False),
        ("2026-03-03", None, "2026-03-03", False),
        ("soon", None, "None", True),
        (None, None, "None", False),
    ],
)
def test_the_offset_is_the_difference_of_the_two_times(local, utc, first_published, warned):
    one = parsed(date=local, date_gmt=utc)
    assert (str(one.item.first_published), bool(one.warnings)) == (first_published, warned)


@pytest.mark.parametrize(
    ("excerpt", "summary"),
    [
        ("<p>It stops.</p>\n", "It stops."),
        ("<p>It stops on [&hellip;]</p>\n", "It stops on"),
        ("<p>It stops&#8230;</p>", "It stops"),
        ('<p>It stops &hellip; <a href="/x">Continue reading <span>Ferry</span></a></p>', "It stops"),
        ("<p>It stops. [...]</p>", "It stops."),
        ("<p>He said “… no” and left.</p>", "He said “… no” and left."),
        ("", ""),
    ],
)
def test_an_excerpt_is_plain_text_without_the_themes_ending(excerpt, summary):
    assert parsed(excerpt={"rendered": excerpt}).item.summary == summary


@pytest.mark.parametrize(
    ("members", "external_id"),
    [
        ({}, "https://tidewater.example/?p=7"),
        ({"guid": "https://tidewater.example/?p=7&#038;a=1"}, "https://tidewater.example/?p=7&a=1"),
        ({"guid": None}, "https://tidewater.example/?p=7"),
        ({"guid": {"raw": "https://old.example/?p=7"}}, "https://old.example/?p=7"),
    ],
)
def test_a_post_has_one_name_for_ever(members, external_id):
    assert parsed(**members).item.external_id == external_id


def test_a_post_without_any_name_is_refused():
    with pytest.raises(BadInput, match="neither a guid nor"):
        parsed(guid=None, id=None)


def test_fields_that_a_plugin_sends_as_text_are_read():
    item = parsed(title="Ferry &amp; quay", content="<p>It stops.</p>", excerpt="Short").item
    assert (item.headline, item.body_html, item.summary) == ("Ferry & quay", "<p>It stops.</p>", "Short")
