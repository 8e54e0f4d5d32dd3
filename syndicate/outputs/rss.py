"""RSS 2.0, with the modules that carry what RSS has no words for. Pure: the same items give the same bytes.

Dates: `pubDate` is our publication, `dcterms:issued` the original's with its own precision, `dcterms:modified` our
last change. Credit: `dc:creator` is the byline (`author` must be an e-mail address), `source` the original outlet,
`atom:link rel="via"` the original article (RFC 4287 4.2.7.2); and the credit sentence stands in the body, because most
readers show none of these. A canceled story leaves the items and becomes an `at:deleted-entry` (RFC 6721).

Readers differ: `description` is read as HTML, so it is escaped twice; `media:description` has no `type="plain"`,
because rss2email would mail it instead of the article; only one `enclosure`, because RSS 2.0 readers know of one.
"""

from collections.abc import Sequence
from html import escape
from urllib.parse import urlsplit

from lxml import etree

from syndicate.core.newsitem import Feed, NewsItem, Picture, Topic
from syndicate.outputs import words
from syndicate.outputs.body import as_html, printed_body
from syndicate.outputs.dates import rfc822, utc, w3c
from syndicate.outputs.text import direction, language_tag, line, media_type, web_address
from syndicate.outputs.xml import add, count, put, text_of

MEDIA_TYPE = "application/rss+xml"

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DC = "{http://purl.org/dc/elements/1.1/}"
DCTERMS = "{http://purl.org/dc/terms/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}"
_PREFIXES = {"atom": ATOM, "content": CONTENT, "dc": DC, "dcterms": DCTERMS, "media": MEDIA, "at": TOMBSTONE}

MEDIA_TOPICS = "http://cv.iptc.org/newscodes/mediatopic/"


def render_feed(feed: Feed, items: Sequence[NewsItem]) -> bytes:
    """A channel with its stories in the given order."""
    rss = etree.Element("rss", {"version": "2.0"}, nsmap={prefix: uri.strip("{}") for prefix, uri in _PREFIXES.items()})
    channel = etree.SubElement(rss, "channel")
    _describe(channel, feed)
    for item in items:
        if item.canceled:
            _tombstone(channel, item)
    for item in items:
        if not item.canceled:
            _item(channel, feed, item)
    return etree.tostring(rss, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def render_item(feed: Feed, item: NewsItem) -> bytes:
    """RSS has no document of one item: a channel that holds it alone."""
    return render_feed(feed, [item])


def _describe(channel: etree._Element, feed: Feed) -> None:
    put(channel, "title", line(feed.title) or feed.id)
    put(channel, "link", f"{feed.base_url}/")
    about = f"{line(feed.title)}: stories republished by {line(feed.publisher.name)}, with credit"
    put(channel, "description", escape(about, quote=False))
    put(channel, "language", language_tag(feed.language).lower())
    put(channel, "copyright", "Each story belongs to its original publisher; its rights stand with it.")
    put(channel, "lastBuildDate", rfc822(feed.changed_at))
    add(channel, f"{ATOM}link", {"rel": "self", "type": MEDIA_TYPE, "href": feed.self_url})


def _tombstone(channel: etree._Element, item: NewsItem) -> None:
    """`when` is the moment of the cancellation; `dcterms:valid` says the same to receivers that read only that.

    No link stands in it: readers that do not know tombstones would take it for the channel's own.
    """
    when = utc(item.version_created)
    deleted = add(channel, f"{TOMBSTONE}deleted-entry", {"ref": item.guid, "when": when})
    put(deleted, f"{TOMBSTONE}comment", words.cancellation(item))
    put(deleted, f"{DCTERMS}valid", f"start={utc(item.first_created)}; end={when}; scheme=W3C-DTF")


def _item(channel: etree._Element, feed: Feed, item: NewsItem) -> None:
    entry = etree.SubElement(channel, "item")
    put(entry, "title", words.headline(item))
    put(entry, "link", feed.item_url(item))
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
    # before pubDate: feedparser knows one publication date, and takes the last of these two
    put(entry, f"{DCTERMS}issued", w3c(item.first_published) if item.first_published else "")
    put(entry, "pubDate", rfc822(item.first_created))
    put(entry, f"{DCTERMS}modified", utc(item.version_created))
    if item.rights.expires:
        end = utc(item.rights.expires)
        put(entry, f"{DCTERMS}valid", f"start={utc(item.first_created)}; end={end}; scheme=W3C-DTF")


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
    body = printed_body(item)
    html = as_html(body).strip()
    dateline = line(item.dateline)
    if dateline and dateline not in text_of(body):  # RSS has no element for it
        html = f'<p class="dateline">{escape(dateline, quote=False)}</p>{html}'
    language = language_tag(item.language)
    if html and direction(language) == "rtl":  # a feed says no direction: without this the text is set left to right
        html = f'<div lang="{language}" dir="rtl">{html}</div>'
    if html:
        # our serialiser writes every > as &gt;, so the end mark of a CDATA section cannot stand in the text
        add(entry, f"{CONTENT}encoded").text = etree.CDATA(html.replace("]]>", "]]&gt;"))


def _pictures(entry: etree._Element, item: NewsItem) -> None:
    """Every picture of which there is a file; a printed page's captions stand in the body."""
    enclosed = False
    for picture in item.pictures:
        file = next((r for r in picture.renditions if web_address(r.href)), None)
        if file is None:
            continue
        href = web_address(file.href)
        size, kind = count(file.size_bytes), media_type(file.content_type)
        if size and kind and not enclosed:
            add(entry, "enclosure", {"url": href, "length": size, "type": kind})
            enclosed = True
        told = {"url": href, "medium": "image", "type": kind, "fileSize": size}
        told |= {"width": count(file.width), "height": count(file.height)}
        _about_picture(add(entry, f"{MEDIA}content", told), picture)


def _about_picture(media: etree._Element, picture: Picture) -> None:
    put(media, f"{MEDIA}description", line(picture.caption))
    put(media, f"{MEDIA}credit", line(picture.credit))
    put(media, f"{MEDIA}copyright", words.picture_rights(picture))
