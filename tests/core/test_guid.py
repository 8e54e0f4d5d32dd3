"""The permanent name of a story: a tag URI (RFC 4151)."""

import re
from datetime import date

import pytest

from syndicate.core.guid import mint_guid

TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}-\d\d-\d\d:[A-Za-z0-9/_.-]+")


def mint(authority: str) -> str:
    return mint_guid(authority=authority, minted_on=date(2026, 3, 4), outlet="oc-media", story_id="0f9a")


@pytest.mark.parametrize(
    ("authority", "guid"),
    [
        ("news.example", "tag:news.example,2026-03-04:oc-media/0f9a"),
        ("News.Example", "tag:news.example,2026-03-04:oc-media/0f9a"),
        ("localhost", "tag:localhost,2026-03-04:oc-media/0f9a"),
        ("127.0.0.1", "tag:127.0.0.1,2026-03-04:oc-media/0f9a"),
        ("xn--h1aax.example", "tag:xn--h1aax.example,2026-03-04:oc-media/0f9a"),
    ],
)
def test_a_guid_is_a_tag_of_our_host_the_day_the_outlet_and_the_story(authority, guid):
    assert mint(authority) == guid
    assert TAG.fullmatch(guid)


@pytest.mark.parametrize("authority", ["", "news.example:8000", "[::1]", "a b", "-a.example", "a..b", "новости.рф"])
def test_what_is_no_host_name_mints_nothing(authority):
    with pytest.raises(ValueError, match="RFC 4151"):
        mint(authority)
