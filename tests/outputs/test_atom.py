"""Atom, read back by feedparser, which reads as most of our subscribers do; what it does not read, by XPath."""

from dataclasses import replace

import feedparser
import pytest
from lxml import etree

from syndicate.core.dates import PartialDate
from syndicate.core.newsitem import Paging, Party, Person, Topic
from syndicate.core.rights import Rights
from syndicate.outputs.atom import render_feed
from tests.factories import BODY, LATER, OUTLET, a_feed, a_picture, an_item
from tests.outputs.stories import CORRECTION, KILLED, RIGHT_TO_LEFT, WITHDRAWN

NAMES = {
    "a": "http://www.w3.org/2005/Atom",
    "at": "http://purl.org/atompub/tombstones/1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "fh": "http://purl.org/syndication/history/1.0",
    "media": "http://search.yahoo.com/mrss/",
}


def read(*items):
    parsed = feedparser.parse(render_feed(a_feed(), items))
    assert not parsed.bozo
    return parsed


def tell(path, *items, feed=None):
    """What stands at a path of the feed; an element as its text."""
    found = etree.fromstring(render_feed(feed or a_feed(), items)).xpath(path, namespaces=NAMES)
    return [one if isinstance(one, str) else "".join(one.itertext()) for one in found]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a:id", ["tag:news.example,2026-03-01:feeds/world"]),
        ("a:author/a:name", ["The Armenian Mirror-Spectator"]),
        ("a:updated", ["2026-03-06T09:30:00Z"]),
        ("a:entry/@xml:lang", ["en"]),
        ("a:entry/a:id", ["tag:news.example,2026-03-04:oc-media/s7k2"]),
        ("a:entry/a:published", ["2026-03-04T12:00:00Z"]),
        ("a:entry/dcterms:issued", ["2026-03-03"]),
        ("a:entry/a:author/a:name", ["Tamar Gelashvili"]),
        ("a:rights/@xml:lang", ["en"]),
        ("a:entry/a:author/a:uri", ["https://oc-media.org/author/tamar/"]),
        ("a:entry/a:link[@rel='alternate']/@href", ["https://news.example/items/s7k2"]),
        ("a:entry/a:link[@rel='via']/@href", ["https://oc-media.org/valley-schools-reopen/?a=1&b=2"]),
        ("a:entry/a:link[@rel='license']/@href", ["https://creativecommons.org/licenses/by-nd/4.0/"]),
        ("a:entry/a:source/a:title", ["OC Media"]),
        ("a:entry/a:source/a:id", ["https://news.example/sources/oc-media.org"]),
        ("a:entry/a:source/a:link/@href", ["https://oc-media.org/"]),
        ("a:entry/a:category[2]/@term", ["05000000"]),
        ("a:entry/a:category[2]/@scheme", ["http://cv.iptc.org/newscodes/mediatopic/"]),
        ("a:entry/a:category[2]/@label", ["education"]),
        ("a:entry/a:content/@type", ["html"]),
        ("a:entry/media:content/media:credit", ["Nino Beridze/OC Media"]),
        ("a:entry/media:content/media:description/@type", []),  # "plain" would be mailed instead of the article
    ],
)
def test_a_story_is_told_in_the_words_of_atom(path, expected):
    assert tell(path, an_item()) == expected


def test_a_reader_shows_the_whole_text_not_the_summary():
    entry = read(an_item()).entries[0]
    assert entry.content[0].type == "text/html"
    assert BODY.splitlines()[0] in entry.content[0].value
    assert entry.content[0].value.index("<figure>") < entry.content[0].value.index('<p class="credit">')


def test_a_reader_takes_our_date_for_the_publication_and_the_outlet_for_the_source():
    entry = read(an_item()).entries[0]
    assert entry.published_parsed[:6] == (2026, 3, 4, 12, 0, 0)
    assert (entry.author, entry.source.title, entry.source.link) == (
        "Tamar Gelashvili",
        "OC Media",
        "https://oc-media.org/",
    )


def test_a_summary_is_text_even_where_it_looks_like_markup():
    entry = read(an_item(summary="AT&T <b>wins</b>", pictures=())).entries[0]
    assert entry.summary == "AT&amp;T &lt;b&gt;wins&lt;/b&gt;"  # feedparser gives HTML: shown, it is the summary again


@pytest.mark.parametrize(
    ("byline", "authors", "names", "printed"),
    [
        ("By Ani Ter and Bob", ("Ani Ter", "Bob"), ["Ani Ter", "Bob"], []),
        ("BY ANI TER & BOB", ("Ani Ter", "Bob"), ["Ani Ter", "Bob"], []),
        ("By Ani Ter in Khulo", ("Ani Ter",), ["Ani Ter"], ["By Ani Ter in Khulo"]),
        ("By Ani Ter and Bob", ("Ani Ter",), ["Ani Ter"], ["By Ani Ter and Bob"]),
        ("", ("Ani Ter", "Bob"), ["Ani Ter", "Bob"], []),
        ("By Ani Ter and Bob", (), ["Ani Ter and Bob"], []),
        ("Byron Ter", (), ["Byron Ter"], []),
        ("", (), ["OC Media"], []),  # never the republisher, whose name the feed bears
        (" ", ("\x00",), ["OC Media"], []),
    ],
)
def test_the_authors_are_those_who_wrote_it_and_a_byline_that_says_more_stands_beside_them(
    byline, authors, names, printed
):
    item = an_item(byline=byline, authors=tuple(Person(name=name) for name in authors))
    assert tell("a:entry/a:author/a:name", item) == names
    assert tell("a:entry/dc:creator", item) == printed


def test_each_author_has_an_address_where_it_is_known():
    people = (Person(name="A", url="https://a.example/"), Person(name="B"))
    entry = read(an_item(byline="By A and B", authors=people)).entries[0]
    assert [dict(one) for one in entry.authors] == [{"name": "A", "href": "https://a.example/"}, {"name": "B"}]


@pytest.mark.parametrize(("language", "tag"), [("hy", "hy"), ("hy_AM", "hy-AM"), ("", ""), ("?", "")])
def test_an_entry_of_unknown_language_does_not_take_that_of_the_feed(language, tag):
    assert tell("a:entry/@xml:lang", an_item(language=language)) == [tag]


def test_our_own_words_are_english_in_a_feed_of_any_language():
    assert tell("a:rights/@xml:lang", feed=a_feed(language="hy")) == ["en"]
    assert tell("at:deleted-entry/at:comment/@xml:lang", WITHDRAWN, feed=a_feed(language="hy")) == ["en"]


@pytest.mark.parametrize(
    ("changes", "updated"),
    [
        ({}, ["2026-03-04T05:15:00Z"]),
        ({"updated": None, "first_published": PartialDate("2026-03-03T14:05:00+04:00")}, ["2026-03-03T10:05:00Z"]),
        ({"updated": None}, []),  # a day is no instant
        ({"updated": PartialDate("2026-03"), "first_published": None}, []),
    ],
)
def test_the_source_was_updated_when_it_told_so_to_the_second_or_it_is_not_said(changes, updated):
    assert tell("a:entry/a:source/a:updated", an_item(**changes)) == updated


@pytest.mark.parametrize(
    ("info_source", "original_url", "identity"),
    [
        (OUTLET, "", ["https://news.example/sources/oc-media.org"]),
        (Party("OC Media"), "", ["https://news.example/sources/OC%20Media"]),
        (Party("Հետք"), "", ["https://news.example/sources/%D5%80%D5%A5%D5%BF%D6%84"]),
        (Party(), "https://hetq.am/1", ["https://news.example/sources/hetq.am"]),
        (Party(), "", []),
    ],
)
def test_a_source_keeps_one_identity(info_source, original_url, identity):
    item = an_item(info_source=info_source, original_url=original_url)
    assert tell("a:entry/a:source/a:id", item) == identity


@pytest.mark.parametrize(
    ("topic", "term", "scheme"),
    [
        (Topic("Haushalt", "medtop:20000590"), ["20000590"], ["http://cv.iptc.org/newscodes/mediatopic/"]),
        (Topic("schools", "local:7"), ["schools"], []),
        (Topic("", "local:7"), ["local:7"], []),
        (Topic("", ""), [], []),
    ],
)
def test_a_topic_has_a_scheme_where_its_code_is_known_to_all(topic, term, scheme):
    item = an_item(section="", topics=(topic,))
    assert (tell("a:entry/a:category/@term", item), tell("a:entry/a:category/@scheme", item)) == (term, scheme)


def test_a_correction_raises_updated_and_nothing_else():
    first, second = read(an_item()).entries[0], read(CORRECTION).entries[0]
    assert (first.id, first.published) == (second.id, second.published)
    assert second.updated_parsed > first.updated_parsed


@pytest.mark.parametrize(("item", "reason"), [(WITHDRAWN, "The outlet asked for it."), (KILLED, "A court forbade it.")])
def test_a_story_that_is_taken_back_is_a_tombstone(item, reason):
    other = replace(an_item(), guid="tag:other", id="other")
    assert [entry.id for entry in read(item, other).entries] == ["tag:other"]
    assert tell("at:deleted-entry/@ref", item) == [item.guid]
    assert tell("at:deleted-entry/@when", item) == ["2026-03-06T09:30:00Z"]
    assert reason in tell("at:deleted-entry/at:comment", item)[0]
    assert item.headline not in render_feed(a_feed(), [item]).decode()


def test_the_end_of_a_licence_is_told_to_those_who_read_it():
    said = tell("a:entry/dcterms:valid", an_item(rights=Rights(expires=LATER)))
    assert said == ["start=2026-03-04T12:00:00Z; end=2026-03-06T09:30:00Z; scheme=W3C-DTF"]


def test_every_picture_of_which_there_is_a_file_is_shown_and_enclosed_where_its_type_is_known():
    file = replace(a_picture().renditions[0], href="https://m.example/2.jpg", size_bytes=None)
    untyped = replace(file, href="https://m.example/3.jpg", content_type="")
    entry = read(an_item(pictures=tuple(a_picture(renditions=files) for files in ((file,), (untyped,), ())))).entries[0]
    assert [(e.href, e.type, e.get("length")) for e in entry.enclosures] == [(file.href, "image/jpeg", None)]
    assert [media["url"] for media in entry.media_content] == [file.href, untyped.href]


def test_a_story_set_from_right_to_left_says_so_in_its_text():
    assert 'dir="rtl"' in read(RIGHT_TO_LEFT).entries[0].content[0].value


PAGED = Paging(first="https://n.example/1", previous="https://n.example/2", next="https://n.example/4")
ARCHIVED = Paging(current="https://n.example/", prev_archive="https://n.example/8", next_archive="https://n.example/10")


@pytest.mark.parametrize(
    ("changes", "relations"),
    [
        ({}, []),
        ({"hub": "https://hub.example/"}, ["hub"]),
        ({"paging": PAGED}, ["first", "previous", "next"]),
        ({"paging": ARCHIVED}, ["current", "prev-archive", "next-archive"]),
    ],
)
def test_a_feed_names_its_hub_and_the_documents_around_it(changes, relations):
    assert tell("a:link/@rel", feed=a_feed(**changes)) == ["alternate", "self", *relations]


@pytest.mark.parametrize(
    ("paging", "marks"),
    [(Paging(), []), (Paging(archive=True), ["archive"]), (Paging(complete=True), ["complete"])],
)
def test_an_archive_and_a_complete_feed_say_what_they_are(paging, marks):
    root = etree.fromstring(render_feed(a_feed(paging=paging), ()))
    assert [etree.QName(mark).localname for mark in root.iterfind("fh:*", NAMES)] == marks
