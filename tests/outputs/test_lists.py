"""The list of subscriptions and the news sitemap, element by element."""

from dataclasses import replace

import pytest
from lxml import etree

from syndicate.core.newsroom import Newsroom
from syndicate.outputs import newssitemap, opml
from tests.factories import NOON, an_item
from tests.newsroom import a_channel

NEWSROOM = Newsroom(name="The Mirror & Co", base_url="https://news.example", authority="news.example")


def test_a_list_of_subscriptions_is_opml_2():
    channels = [a_channel(title="War & peace\x00", language="hy_AM"), a_channel(slug="b", title=" ", changed_at=NOON)]
    root = etree.fromstring(opml.render(NEWSROOM, channels))
    assert root.findtext("head/title") == "Feeds of The Mirror & Co"
    assert root.findtext("head/dateModified") == "Wed, 04 Mar 2026 12:00:00 GMT"
    assert [dict(outline.attrib) for outline in root.find("body")] == [
        {
            "type": "rss",
            "version": "RSS2",
            "text": "War & peace",
            "title": "War & peace",
            "xmlUrl": "https://news.example/feeds/world.rss",
            "htmlUrl": "https://news.example/feeds/world",
            "language": "hy-am",
        },
        {
            "type": "rss",
            "version": "RSS2",
            "text": "b",
            "title": "b",
            "xmlUrl": "https://news.example/feeds/b.rss",
            "htmlUrl": "https://news.example/feeds/b",
        },
    ]


def test_a_list_of_no_subscriptions_has_an_empty_body():
    root = etree.fromstring(opml.render(NEWSROOM, []))
    assert [len(root.find("body")), root.find("head/dateModified")] == [0, None]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("hy", "hy"),
        ("pt-BR", "pt"),
        ("zh-Hans-CN", "zh-cn"),
        ("zh-Hant-HK", "zh-tw"),
        ("zh", "zh-cn"),
        ("zh-TW", "zh-tw"),
        ("", "en"),
        ("?", "en"),
    ],
)
def test_the_sitemap_tells_languages_as_google_asks(written, told):
    root = etree.fromstring(newssitemap.render(NEWSROOM, [replace(an_item(), language=written)]))
    assert [node.text for node in root.iter("{*}language")] == [told]


def test_the_same_stories_make_the_same_bytes():
    items = [an_item(headline="A < B & \x0bC"), an_item(id="x")]
    assert newssitemap.render(NEWSROOM, items) == newssitemap.render(NEWSROOM, items)
    titles = etree.fromstring(newssitemap.render(NEWSROOM, items)).findall(".//{*}title")
    assert [title.text for title in titles] == ["A < B & C", items[1].headline]
