"""What RSS and Atom say with the same elements, and how a story's piece of either is cut out and put back.

Rules: RFC 4287 (links), RFC 5005 (paging), RFC 6721 (tombstones), DCMI terms, Media RSS 1.5.1, WebSub section 4.
"""

from collections.abc import Iterator, Sequence

from lxml import etree

from syndicate.core.newsitem import Feed, NewsItem, Picture, Rendition
from syndicate.outputs import words
from syndicate.outputs.dates import utc, w3c
from syndicate.outputs.text import line, media_type, web_address
from syndicate.outputs.xml import add, count, put

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
DCTERMS = "{http://purl.org/dc/terms/}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
MEDIA = "{http://search.yahoo.com/mrss/}"
TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}"

MEDIA_TOPICS = "http://cv.iptc.org/newscodes/mediatopic/"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
ENGLISH = {XML_LANG: "en"}  # of words of ours, in a feed of any language

FEED_RIGHTS = "Each story belongs to its original publisher; its rights stand with it."


def feed_links(parent: etree._Element, feed: Feed, media_type: str) -> None:
    """The feed's own address, its hub, its pages, and whether it is an archive or complete."""
    add(parent, f"{ATOM}link", {"rel": "self", "type": media_type, "href": feed.self_url})
    if feed.hub:
        add(parent, f"{ATOM}link", {"rel": "hub", "href": feed.hub})
    for relation, address in feed.paging.links.items():
        add(parent, f"{ATOM}link", {"rel": relation, "type": media_type, "href": address})
    if feed.paging.archive:
        add(parent, f"{HISTORY}archive")
    if feed.paging.complete:
        add(parent, f"{HISTORY}complete")


def tombstone(parent: etree._Element, item: NewsItem) -> None:
    """`when` is the moment of the cancellation; `dcterms:valid` says the same to receivers that read only that.

    No link stands in it: readers that do not know tombstones would take it for the feed's own.
    """
    when = utc(item.version_created)
    deleted = add(parent, f"{TOMBSTONE}deleted-entry", {"ref": item.guid, "when": when})
    put(deleted, f"{TOMBSTONE}comment", words.cancellation(item), ENGLISH)
    put(deleted, f"{DCTERMS}valid", _period(item, when))


def first_issued(entry: etree._Element, item: NewsItem) -> None:
    """The original's own date, with the precision of its source."""
    put(entry, f"{DCTERMS}issued", w3c(item.first_published) if item.first_published else "")


def valid_until(entry: etree._Element, item: NewsItem) -> None:
    """After this period the story must be gone; MSN and others read it."""
    if item.rights.expires:
        put(entry, f"{DCTERMS}valid", _period(item, utc(item.rights.expires)))


def pictures(item: NewsItem) -> Iterator[tuple[Picture, Rendition]]:
    """Every picture of which there is a file, with that file; a printed page's captions stand in the body."""
    for picture in item.pictures:
        if file := next((r for r in picture.renditions if web_address(r.href)), None):
            yield picture, file


def media_content(entry: etree._Element, picture: Picture, file: Rendition) -> None:
    """A picture with its own credit and terms, which the story's licence does not cover.

    `media:description` has no `type="plain"`: rss2email would mail it instead of the article.
    """
    told = {"url": web_address(file.href), "medium": "image", "type": media_type(file.content_type)}
    told |= {"fileSize": count(file.size_bytes), "width": count(file.width), "height": count(file.height)}
    media = add(entry, f"{MEDIA}content", told)
    put(media, f"{MEDIA}description", line(picture.caption))
    put(media, f"{MEDIA}credit", line(picture.credit))
    put(media, f"{MEDIA}copyright", words.picture_rights(picture))


def piece(root: etree._Element, depth: int) -> bytes:
    """The only element that stands below `depth` open ones, written as it stands there; they declare its prefixes."""
    etree.indent(root)
    # no attribute of the elements around it holds a ">"
    return etree.tostring(root, encoding="UTF-8").split(b">", depth)[depth].rsplit(b"</", depth)[0].strip()


def joined(root: etree._Element, depth: int, pieces: Sequence[bytes]) -> bytes:
    """The document with these pieces as the last below `depth` open elements."""
    etree.indent(root)
    whole = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    head, *ends = whole.rsplit(b"</", depth)
    margins = [b"\n" + b"  " * level for level in range(depth, -1, -1)]
    body = b"".join(margins[0] + one for one in pieces)
    foot = b"".join(margin + b"</" + end.rstrip() for margin, end in zip(margins[1:], ends, strict=True))
    return head.rstrip() + body + foot + b"\n"


def _period(item: NewsItem, end: str) -> str:
    return f"start={utc(item.first_created)}; end={end}; scheme=W3C-DTF"
