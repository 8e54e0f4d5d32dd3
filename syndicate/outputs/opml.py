"""Channels as a list of subscriptions, OPML 2.0 (opml.org/spec2.opml): an `outline` of type `rss` for each.

Readers import such a file at once. Addresses carry no key: a list is passed on more easily than a key should be.
"""

from collections.abc import Sequence
from urllib.parse import quote

from lxml import etree

from syndicate.core.newsroom import Channel, Newsroom
from syndicate.outputs.dates import rfc822
from syndicate.outputs.text import language_tag, line
from syndicate.outputs.xml import add, put

MEDIA_TYPE = "text/x-opml"


def render(newsroom: Newsroom, channels: Sequence[Channel]) -> bytes:
    """The whole document, UTF-8. It changes when one of the channels does."""
    root = etree.Element("opml", version="2.0")
    head, body = add(root, "head"), add(root, "body")
    put(head, "title", f"Feeds of {line(newsroom.name)}")
    if channels:
        put(head, "dateModified", rfc822(max(channel.changed_at for channel in channels)))
    put(head, "ownerName", line(newsroom.name))
    put(head, "docs", "http://opml.org/spec2.opml")
    for channel in channels:
        page, title = f"{newsroom.base_url}/feeds/{quote(channel.slug)}", line(channel.title) or channel.slug
        facts = {"type": "rss", "version": "RSS2", "text": title, "title": title, "xmlUrl": f"{page}.rss"}
        add(body, "outline", {**facts, "htmlUrl": page, "language": language_tag(channel.language).lower()})
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
