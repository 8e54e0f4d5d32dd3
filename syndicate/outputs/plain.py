"""A story as plain text, UTF-8: for print desks, mail and programs that read no markup.

Paragraphs are one line each, with an empty line between them, and are never broken at a margin: where a line ends is
the receiver's business. Lists keep their marks, quotes their `>`, links their address; pictures are told by caption,
credit and terms. Credit, original address and rights stand at the end. What happened to a story that is out no more is
told as its page tells it.
"""

from syndicate.core.newsitem import Feed, NewsItem
from syndicate.outputs import words
from syndicate.outputs.body import caption, printed_body
from syndicate.outputs.dates import utc, w3c
from syndicate.outputs.plain_body import paragraphs
from syndicate.outputs.text import line, web_address

MEDIA_TYPE = "text/plain"


def render_item(feed: Feed, item: NewsItem) -> bytes:
    """The whole text, which ends with a line feed."""
    parts = _gone(item) if item.canceled else [*_head(feed, item), *paragraphs(printed_body(item)), *_foot(item)]
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def _head(feed: Feed, item: NewsItem) -> list[str]:
    dates = [_origin(item), _ours(feed, item)]
    return [
        line(item.section),
        words.headline(item),
        line(item.summary),
        line(item.written_by),
        line(item.dateline),
        "\n".join(filter(None, dates)),
    ]


def _origin(item: NewsItem) -> str:
    by = f" by {outlet}" if (outlet := words.outlet(item)) else ""
    on = f" on {w3c(item.first_published)}" if item.first_published else ""
    return f"First published{by}{on}" if by or on else ""


def _ours(feed: Feed, item: NewsItem) -> str:
    what, why = words.changed(item)
    changed = f", {what}{utc(item.version_created)}{why}" if item.version > 1 else ""
    us = line(item.provider.name) or "us"
    return f"Republished by {us} on {utc(item.first_created)}{changed}: {feed.item_url(item)}"


def _foot(item: NewsItem) -> list[str]:
    """After a line that is no text of the story."""
    known, original = item.rights.licence, web_address(item.original_url) or web_address(item.info_source.uri)
    told = [
        line(item.credit_line),
        f"Original: {original}" if original else "",
        words.copyright_notice(item),
        line(item.rights.usage_terms),
        f"Licence: {words.licence(item.rights)}" if known or line(item.rights.license) else "",
        known.url if known else "",
        *_picture_terms(item),
    ]
    said = [part for part in told if part]
    return ["\n".join(["--", *said])] if said else []


def _picture_terms(item: NewsItem) -> list[str]:
    terms = ((caption(picture), words.picture_rights(picture)) for picture in item.pictures)
    return [f"Picture “{name}”: {rights}" if name else f"Picture: {rights}" for name, rights in terms if rights]


def _gone(item: NewsItem) -> list[str]:
    outlet = words.outlet(item)
    came = f"It came from {outlet}." if outlet else ""
    return [words.public_title(item), words.cancellation(item), f"Since {utc(item.version_created)}", came]
