"""RSS 2.0, with the modules that carry what RSS has no words for. Pure: the same items give the same bytes.

Dates: `pubDate` is our publication, `dcterms:issued` the original's with its own precision, `dcterms:modified` our
last change. Credit: `dc:creator` is the byline (`author` must be an e-mail address), `source` the original outlet,
`atom:link rel="via"` the original article (RFC 4287 4.2.7.2); and the credit sentence stands in the body, because most
readers show none of these. A canceled story leaves the items and becomes an `at:deleted-entry` (RFC 6721).

Readers differ: `description` is read as HTML, so it is escaped twice; only one `enclosure`, because RSS 2.0 readers
know of one.
"""

from collections.abc import Sequence
from html import escape
from urllib.parse import urlsplit

from lxml import etree

from syndicate.core.newsitem import Feed, NewsItem, Topic, item_url
from syndicate.outputs import entries, words
from syndicate.outputs.content import html_content
from syndicate.outputs.dates import rfc822, utc
from syndicate.outputs.feedxml import (
    ATOM,
    DC,
    DCTERMS,
    FEED_RIGHTS,
    HISTORY,
    MEDIA,
    MEDIA_TOPICS,
    TOMBSTONE,
    feed_links,
    first_issued,
    joined,
    media_content,
    pictures,
    piece,
    tombstone,
    valid_until,
)
from syndicate.outputs.text import language_tag, line, media_type, web_address
from syndicate.outputs.xml import add, count, put

MEDIA_TYPE = "application/rss+xml"

CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
PERIOD = "{http://purl.org/rss/1.0/modules/syndication/}"
_PREFIXES = {
    "atom": ATOM,
    "content": CONTENT,
    "dc": DC,
    "dcterms": DCTERMS,
    "fh": HISTORY,
    "media": MEDIA,
    "sy": PERIOD,
    "at": TOMBSTONE,
}
_NAMESPACES = {prefix: uri.strip("{}") for prefix, uri in _PREFIXES.items()}

# How often to look where no hub tells of changes. An unchanged feed costs both sides next to nothing.
_MINUTES = 15


def render_feed(feed: Feed, items: Sequence[NewsItem]) -> bytes:
    """A channel with its stories in the given order."""
    return entries.render(render_entry, join_entries, feed, items)


def render_item(feed: Feed, item: NewsItem) -> bytes:
    """RSS has no document of one item: a channel that holds it alone."""
    return render_feed(feed, [item])


def render_entry(base_url: str, item: NewsItem) -> bytes:
    """The `item` of a story, or its `at:deleted-entry`."""
    rss, channel = _document()
    if item.canceled:
        tombstone(channel, item)
    else:
        _item(channel, base_url, item)
    return piece(rss, depth=2)


def join_entries(feed: Feed, live: Sequence[bytes], gone: Sequence[bytes]) -> bytes:
    """The channel around its pieces: tombstones first."""
    rss, channel = _document()
    _describe(channel, feed)
    return joined(rss, 2, [*gone, *live])


def _document() -> tuple[etree._Element, etree._Element]:
    rss = etree.Element("rss", {"version": "2.0"}, nsmap=_NAMESPACES)
    return rss, etree.SubElement(rss, "channel")


def _describe(channel: etree._Element, feed: Feed) -> None:
    put(channel, "title", line(feed.title) or feed.id)
    put(channel, "link", feed.page_url)
    about = f"{line(feed.title)}: stories republished by {line(feed.publisher.name)}, with credit"
    put(channel, "description", escape(about, quote=False))
    put(channel, "language", language_tag(feed.language).lower())
    put(channel, "copyright", FEED_RIGHTS)
    put(channel, "lastBuildDate", rfc822(feed.changed_at))
    put(channel, "ttl", str(_MINUTES))
    put(channel, f"{PERIOD}updatePeriod", "hourly")
    put(channel, f"{PERIOD}updateFrequency", str(60 // _MINUTES))
    feed_links(channel, feed, MEDIA_TYPE)


def _item(channel: etree._Element, base_url: str, item: NewsItem) -> None:
    entry = etree.SubElement(channel, "item")
    put(entry, "title", words.headline(item))
    put(entry, "link", item_url(base_url, item))
    put(entry, "guid", item.guid, {"isPermaLink": "false"})
    _dates(entry, item)
    _credit(entry, item)
    put(entry, "category", line(item.section), {"domain": "section"})
    for topic in item.topics:
        _topic(entry, topic)
    put(entry, "description", escape(line(item.summary), quote=False))
    _content(entry, item)
    _pictures(entry, item)


def _dates(entry: etree._Element, item: NewsItem) -> None:
    first_issued(entry, item)  # before pubDate: feedparser knows one publication date, and takes the last of these two
    put(entry, "pubDate", rfc822(item.first_created))
    put(entry, f"{DCTERMS}modified", utc(item.version_created))
    valid_until(entry, item)


def _credit(entry: etree._Element, item: NewsItem) -> None:
    put(entry, f"{DC}creator", line(item.written_by))
    put(entry, f"{DC}language", language_tag(item.language))
    if address := _source_address(item):
        put(entry, "source", words.outlet(item), {"url": address})
    else:  # RSS 2.0 wants a url there: an outlet without one is still named
        put(entry, f"{DC}source", words.outlet(item))
    if original := web_address(item.original_url):
        add(entry, f"{ATOM}link", {"rel": "via", "type": "text/html", "href": original})
    put(entry, f"{DC}rights", words.rights_statement(item))
    if licence := item.rights.licence:
        put(entry, f"{DCTERMS}license", licence.url)


def _source_address(item: NewsItem) -> str:
    """RSS 2.0 wants the address of the original's *feed*, which no source tells us: its site is the nearest truth.

    The site's front page is where a reader or a program finds the feed; a guessed "/feed" would be an invention.
    """
    if known := web_address(item.info_source.uri):
        return known
    original = urlsplit(web_address(item.original_url))
    return f"{original.scheme}://{original.netloc}/" if original.netloc else ""


def _topic(entry: etree._Element, topic: Topic) -> None:
    """The topic's words; `domain` names the vocabulary where it is IPTC's Media Topics."""
    code = line(topic.qcode)
    put(entry, "category", line(topic.name) or code, {"domain": MEDIA_TOPICS if code.startswith("medtop:") else ""})


def _content(entry: etree._Element, item: NewsItem) -> None:
    if html := html_content(item):
        # our serialiser writes every > as &gt;, so the end mark of a CDATA section cannot stand in the text
        add(entry, f"{CONTENT}encoded").text = etree.CDATA(html.replace("]]>", "]]&gt;"))


def _pictures(entry: etree._Element, item: NewsItem) -> None:
    enclosed = False
    for picture, file in pictures(item):
        size, kind = count(file.size_bytes), media_type(file.content_type)
        if size and kind and not enclosed:
            add(entry, "enclosure", {"url": web_address(file.href), "length": size, "type": kind})
            enclosed = True
        media_content(entry, picture, file)
