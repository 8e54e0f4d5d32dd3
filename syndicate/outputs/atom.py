"""Atom 1.0 (RFC 4287). Pure: the same items give the same bytes. Numbers are sections of the RFC.

Dates: `published` (4.2.9) and `updated` (4.2.15) are ours, and a correction raises `updated`; `dcterms:issued` is the
original's, with its own precision. Credit: `author` (4.2.1) is who wrote it, never us, and `dc:creator` the byline as
printed where it says more than their names; `source` (4.2.11) names the outlet; `link rel="via"` (4.2.7.2) leads to
the original article; and the credit sentence stands in the content. A canceled story leaves the entries and becomes an
`at:deleted-entry` (RFC 6721).

Readers differ: `summary` and `content` are of type "html", because "xhtml" is dropped or reordered by some, and a plain
summary is mailed by rss2email instead of the article.
"""

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from lxml import etree

from syndicate.core.newsitem import Feed, NewsItem, Party, Topic, item_url
from syndicate.outputs import entries, words
from syndicate.outputs.content import html_content
from syndicate.outputs.dates import utc
from syndicate.outputs.feedxml import (
    ATOM,
    DC,
    DCTERMS,
    ENGLISH,
    FEED_RIGHTS,
    HISTORY,
    MEDIA,
    MEDIA_TOPICS,
    TOMBSTONE,
    XML_LANG,
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

MEDIA_TYPE = "application/atom+xml"

_PREFIXES = {None: ATOM, "at": TOMBSTONE, "dc": DC, "dcterms": DCTERMS, "fh": HISTORY, "media": MEDIA}
_NAMESPACES = {prefix: uri.strip("{}") for prefix, uri in _PREFIXES.items()}


def render_feed(feed: Feed, items: Sequence[NewsItem]) -> bytes:
    """A feed document with its entries in the given order."""
    return entries.render(render_entry, join_entries, feed, items)


def render_item(feed: Feed, item: NewsItem) -> bytes:
    """A feed that holds the story alone: an entry document (2) has no place for a tombstone."""
    return render_feed(feed, [item])


def render_entry(base_url: str, item: NewsItem) -> bytes:
    """The `entry` of a story, or its `at:deleted-entry`."""
    root = _document()
    if item.canceled:
        tombstone(root, item)
    else:
        _entry(root, base_url, item)
    return piece(root, depth=1)


def join_entries(feed: Feed, live: Sequence[bytes], gone: Sequence[bytes]) -> bytes:
    """The feed around its pieces: tombstones first."""
    root = _document()
    _describe(root, feed)
    return joined(root, 1, [*gone, *live])


def _document() -> etree._Element:
    return etree.Element(f"{ATOM}feed", nsmap=_NAMESPACES)  # type: ignore[arg-type]  # stubs know no None


def _describe(root: etree._Element, feed: Feed) -> None:
    if language := language_tag(feed.language):
        root.set(XML_LANG, language)
    put(root, f"{ATOM}id", feed.id)
    put(root, f"{ATOM}title", line(feed.title) or feed.id)
    put(root, f"{ATOM}updated", utc(feed.changed_at))
    _person(root, Party(line(feed.publisher.name) or feed.base_url, web_address(feed.publisher.uri)))
    put(root, f"{ATOM}rights", FEED_RIGHTS, ENGLISH)
    add(root, f"{ATOM}link", {"rel": "alternate", "type": "text/html", "href": feed.page_url})
    feed_links(root, feed, MEDIA_TYPE)


def _entry(root: etree._Element, base_url: str, item: NewsItem) -> None:
    entry = add(root, f"{ATOM}entry")
    # an unknown language is said to be unknown (XML 1.0, 2.12): else it would be the feed's
    entry.set(XML_LANG, language_tag(item.language))
    put(entry, f"{ATOM}id", item.guid)
    put(entry, f"{ATOM}title", words.headline(item))
    _dates(entry, item)
    _authors(entry, item)
    _links(entry, base_url, item)
    put(entry, f"{ATOM}rights", words.rights_statement(item))
    _source(entry, base_url, item)
    _category(entry, f"{base_url}/sections", line(item.section))
    for topic in item.topics:
        _topic(entry, topic)
    put(entry, f"{ATOM}summary", escape(line(item.summary), quote=False), {"type": "html"})
    put(entry, f"{ATOM}content", html_content(item), {"type": "html"})
    _pictures(entry, item)


def _dates(entry: etree._Element, item: NewsItem) -> None:
    first_issued(entry, item)  # before published: feedparser takes the last of these two for the date of publication
    put(entry, f"{ATOM}published", utc(item.first_created))
    put(entry, f"{ATOM}updated", utc(item.version_created))
    valid_until(entry, item)


def _authors(entry: etree._Element, item: NewsItem) -> None:
    """Each of them by name; the outlet where it named nobody, for the feed's author is not it."""
    for author in words.authors(item):
        _person(entry, author)
    put(entry, f"{DC}creator", words.fuller_byline(item))  # behind them: feedparser takes it for the last author


def _person(parent: etree._Element, who: Party) -> None:
    author = add(parent, f"{ATOM}author")
    put(author, f"{ATOM}name", who.name)
    put(author, f"{ATOM}uri", who.uri)


def _links(entry: etree._Element, base_url: str, item: NewsItem) -> None:
    ours = {"rel": "alternate", "type": "text/html", "hreflang": language_tag(item.language)}
    add(entry, f"{ATOM}link", ours | {"href": item_url(base_url, item)})
    if original := web_address(item.original_url):
        add(entry, f"{ATOM}link", {"rel": "via", "type": "text/html", "href": original})
    if licence := item.rights.licence:
        add(entry, f"{ATOM}link", {"rel": "license", "type": "text/html", "href": licence.url})  # RFC 4946


def _source(entry: etree._Element, base_url: str, item: NewsItem) -> None:
    """The outlet, as a feed of its own. No source tells the id of its feed, so ours is minted, the same for ever.

    `updated` is there only where the source told an instant: a day is no atom:updated, and nothing is made up.
    """
    outlet = Party(words.outlet(item), web_address(item.info_source.uri))
    if not outlet.name:
        return
    source = add(entry, f"{ATOM}source")
    put(source, f"{ATOM}id", f"{base_url}/sources/{quote(outlet.site or outlet.name, safe='')}")
    put(source, f"{ATOM}title", outlet.name)
    told = (date.instant for date in (item.updated, item.first_published) if date)
    put(source, f"{ATOM}updated", next((utc(moment) for moment in told if moment), ""))
    put(source, f"{ATOM}rights", words.copyright_notice(item))
    if outlet.uri:
        add(source, f"{ATOM}link", {"rel": "alternate", "type": "text/html", "href": outlet.uri})


def _topic(entry: etree._Element, topic: Topic) -> None:
    """IPTC's Media Topics by code and name, others by name."""
    name, code = line(topic.name), line(topic.qcode)
    if code.startswith("medtop:"):
        _category(entry, MEDIA_TOPICS, code.removeprefix("medtop:"), label=name)
    else:
        _category(entry, "", name or code)


def _category(entry: etree._Element, scheme: str, term: str, label: str = "") -> None:
    if term:
        add(entry, f"{ATOM}category", {"term": term, "scheme": scheme, "label": label})


def _pictures(entry: etree._Element, item: NewsItem) -> None:
    for picture, file in pictures(item):
        if kind := media_type(file.content_type):  # without a type it would be taken for a page
            enclosed = {"rel": "enclosure", "type": kind, "length": count(file.size_bytes)}
            add(entry, f"{ATOM}link", enclosed | {"href": web_address(file.href)})
        media_content(entry, picture, file)
