"""RSS 2.0, read back by feedparser, which reads as most of our subscribers do."""

from dataclasses import replace

import feedparser
import pytest

from syndicate.core.newsitem import Party, Rendition, Topic
from syndicate.core.rights import Rights
from syndicate.outputs.rss import render_feed
from tests.factories import BODY, LATER, ORIGINAL_URL, a_feed, a_picture, an_item
from tests.outputs.stories import KILLED, NOTHING_OPTIONAL, RIGHT_TO_LEFT, UPDATE, WITHDRAWN


def read(*items):
    parsed = feedparser.parse(render_feed(a_feed(), items))
    assert not parsed.bozo
    return parsed


def test_a_reader_understands_a_story_as_it_was_meant():
    entry = read(an_item()).entries[0]
    assert (entry.title, entry.link) == ("Valley schools reopen after eleven weeks", "https://news.example/items/s7k2")
    assert (entry.id, entry.guidislink) == ("tag:news.example,2026-03-04:oc-media/s7k2", False)
    assert entry.published_parsed[:6] == (2026, 3, 4, 12, 0, 0)
    assert entry.author == "By Tamar Gelashvili"
    assert (entry.source.title, entry.source.href) == ("OC Media", "https://oc-media.org/")
    assert [link.href for link in entry.links if link.rel == "via"] == [ORIGINAL_URL]
    assert [(tag.term, tag.scheme) for tag in entry.tags] == [
        ("International", "section"),
        ("education", "http://cv.iptc.org/newscodes/mediatopic/"),
        ("school", None),
    ]


def test_a_reader_shows_the_whole_text_not_the_summary():
    entry = read(an_item()).entries[0]
    assert entry.content[0].type == "text/html"
    assert BODY.splitlines()[0] in entry.content[0].value
    assert entry.content[0].value.index("<figure>") < entry.content[0].value.index('<p class="credit">')


def test_a_summary_is_text_even_where_it_looks_like_markup():
    entry = read(an_item(summary="AT&T <b>wins</b>")).entries[0]
    assert entry.summary == "AT&amp;T &lt;b&gt;wins&lt;/b&gt;"  # feedparser gives HTML: shown, it is the summary again


def test_a_reader_knows_the_channel():
    channel = read(an_item()).feed
    assert (channel.title, channel.link, channel.language) == ("World", "https://news.example/feeds/world", "en")
    assert [link.href for link in channel.links if link.rel == "self"] == ["https://news.example/feeds/world.rss"]
    assert channel.updated_parsed[:6] == (2026, 3, 6, 9, 30, 0)


def test_a_picture_with_everything_known_is_an_enclosure_and_media_content():
    entry = read(an_item()).entries[0]
    href = "https://media.news.example/p/school.jpg?w=1200&q=80"
    assert [(e.href, e.length, e.type) for e in entry.enclosures] == [(href, "204800", "image/jpeg")]
    assert entry.media_content == [
        {"url": href, "medium": "image", "type": "image/jpeg", "filesize": "204800", "width": "1200", "height": "800"}
    ]
    assert entry.media_credit[0]["content"] == "Nino Beridze/OC Media"


@pytest.mark.parametrize(
    "missing", [{"size_bytes": None}, {"content_type": ""}, {"size_bytes": 0}, {"content_type": "?"}]
)
def test_an_enclosure_needs_length_and_type(missing):
    file = replace(a_picture().renditions[0], **missing)
    entry = read(an_item(pictures=(a_picture(renditions=(file,)),))).entries[0]
    assert (len(entry.enclosures), len(entry.media_content)) == (0, 1)


def test_there_is_one_enclosure_for_many_pictures():
    other = a_picture(renditions=(replace(a_picture().renditions[0], href="https://m.example/2.jpg"),))
    entry = read(an_item(pictures=(a_picture(), other, a_picture(renditions=(Rendition(href="x:"),))))).entries[0]
    assert (len(entry.enclosures), len(entry.media_content)) == (1, 2)


@pytest.mark.parametrize(
    ("changes", "name", "address"),
    [
        ({}, "OC Media", "https://oc-media.org/"),
        ({"info_source": Party("OC Media")}, "OC Media", "https://oc-media.org/"),  # the site of the original article
        ({"info_source": Party()}, "oc-media.org", "https://oc-media.org/"),
    ],
)
def test_the_source_is_the_original_outlet_at_an_address_that_we_know(changes, name, address):
    source = read(an_item(**changes)).entries[0].source
    assert (source.title, source.href) == (name, address)


def test_an_outlet_without_any_address_is_named_without_one():
    xml = render_feed(a_feed(), [an_item(info_source=Party("The Valley Gazette"), original_url="")]).decode()
    assert "<source" not in xml
    assert "<dc:source>The Valley Gazette</dc:source>" in xml


def test_an_update_keeps_its_guid_and_publication_date_and_raises_the_modified_date():
    first, second = read(an_item()).entries[0], read(UPDATE).entries[0]
    assert (first.id, first.published) == (second.id, second.published)
    assert second.updated_parsed > first.updated_parsed


@pytest.mark.parametrize(("item", "reason"), [(WITHDRAWN, "The outlet asked for it."), (KILLED, "A court forbade it.")])
def test_a_story_that_is_taken_back_leaves_the_items_and_is_announced(item, reason):
    xml = render_feed(a_feed(), [item, replace(an_item(), guid="tag:other", id="other")]).decode()
    parsed = feedparser.parse(xml)
    assert [entry.id for entry in parsed.entries] == ["tag:other"]
    assert (parsed.feed.title, parsed.feed.link) == ("World", "https://news.example/feeds/world")
    assert f'<at:deleted-entry ref="{item.guid}" when="2026-03-06T09:30:00Z">' in xml
    assert reason in xml
    assert item.headline not in xml.partition("<item>")[0]


def test_the_end_of_a_licence_is_told_to_those_who_read_it():
    xml = render_feed(a_feed(), [an_item(rights=Rights(expires=LATER))]).decode()
    assert "<dcterms:valid>start=2026-03-04T12:00:00Z; end=2026-03-06T09:30:00Z; scheme=W3C-DTF</dcterms:valid>" in xml


def test_a_story_set_from_right_to_left_says_so_in_its_text():
    assert '<![CDATA[<div lang="ar" dir="rtl">' in render_feed(a_feed(), [RIGHT_TO_LEFT]).decode()
    assert 'dir="rtl"' in read(RIGHT_TO_LEFT).entries[0].content[0].value


def test_the_end_mark_of_a_cdata_section_in_a_text_stays_text():
    entry = read(an_item(body_html="<p title=']]>'>a ]]> b</p>")).entries[0]
    assert "a ]]&gt; b</p>" in entry.content[0].value


def test_a_topic_known_only_by_its_code_is_a_category_still():
    assert [tag.term for tag in read(an_item(section="", topics=(Topic("", "medtop:1"),))).entries[0].tags] == [
        "medtop:1"
    ]


def test_a_story_without_a_text_has_no_empty_content():
    assert "content:encoded>" not in render_feed(a_feed(), [replace(NOTHING_OPTIONAL, body_html=" \n")]).decode()
