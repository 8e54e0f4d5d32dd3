"""Builders of good values for all rooms' tests: say only what a test is about.

The story is the one of the seed clip's kind: an outlet in Tbilisi, republished by a newspaper in Boston.
"""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from syndicate.core.credit import Credit
from syndicate.core.dates import PartialDate
from syndicate.core.newsitem import Feed, NewsItem, Party, Person, Picture, Rendition, Topic
from syndicate.core.rights import Rights

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
LATER = datetime(2026, 3, 6, 9, 30, tzinfo=UTC)

OUTLET = Party("OC Media", "https://oc-media.org/")
REPUBLISHER = Party("The Armenian Mirror-Spectator", "https://news.example/")
ORIGINAL_URL = "https://oc-media.org/valley-schools-reopen/?a=1&b=2"
CREDIT = Credit(
    text="This story originally appeared on oc-media.org on March 3, 2026.",
    html='This story originally appeared on <a href="https://oc-media.org/valley-schools-reopen/?a=1&amp;b=2">'
    "oc-media.org</a> on March 3, 2026.",
)
BODY = (
    "<p>Schools in the upper valley reopened on Monday, <b>after</b> <i>eleven</i> weeks.</p>\n"
    '<p>“We counted the days,” said the head teacher of <a href="https://example.org/?x=1&amp;y=2">School No 4</a>.</p>'
)


def a_picture(**changes: Any) -> Picture:
    """A picture with one file, its own credit and its own terms."""
    file = Rendition(
        href="https://media.news.example/p/school.jpg?w=1200&q=80",
        content_type="image/jpeg",
        width=1200,
        height=800,
        size_bytes=204800,
    )
    picture = Picture(
        caption="Pupils before School No 4",
        credit="Nino Beridze/OC Media",
        alt="Children with satchels at a gate",
        usage_terms="Editorial use only",
        copyright_holder="Nino Beridze",
        renditions=(file,),
    )
    return replace(picture, **changes)


def an_item(**changes: Any) -> NewsItem:
    """A story in its first version with every field filled."""
    item = NewsItem(
        id="s7k2",
        guid="tag:news.example,2026-03-04:oc-media/s7k2",
        version=1,
        external_id="oc-2291",
        headline="Valley schools reopen after eleven weeks",
        body_html=BODY,
        original_url=ORIGINAL_URL,
        summary="Pupils & teachers returned to <all> schools of the upper valley.",
        slugline="georgia-schools",
        byline="By Tamar Gelashvili",
        authors=(Person(name="Tamar Gelashvili", affiliation="OC Media", url="https://oc-media.org/author/tamar/"),),
        dateline="KHULO, Georgia",
        section="International",
        topics=(Topic("education", "medtop:05000000"), Topic("school")),
        language="en",
        pictures=(a_picture(),),
        rights=Rights(
            license="CC-BY-ND-4.0",
            usage_terms="Not for print without asking",
            copyright_holder="OC Media",
            copyright_notice="© 2026 OC Media",
        ),
        info_source=OUTLET,
        first_published=PartialDate("2026-03-03"),
        updated=PartialDate("2026-03-04T09:15:00+04:00"),
        ed_note="Names of pupils are changed",
        alt_ids=("https://oc-media.org/?p=2291",),
        first_created=NOON,
        version_created=NOON,
        provider=REPUBLISHER,
        credit=CREDIT,
        credit_line="OC Media / The Armenian Mirror-Spectator",
    )
    return replace(item, **changes)


def a_feed(**changes: Any) -> Feed:
    """The channel "world" of our own newsroom."""
    feed = Feed(
        id="tag:news.example,2026-03-01:feeds/world",
        title="World",
        self_url="https://news.example/feeds/world.rss",
        page_url="https://news.example/feeds/world",
        base_url="https://news.example",
        changed_at=LATER,
        publisher=REPUBLISHER,
        language="en",
    )
    return replace(feed, **changes)
