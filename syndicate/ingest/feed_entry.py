"""What an item's elements mean in each dialect of RSS and Atom: its texts and categories, by feedparser.

feedparser reads one item at a time, and of it only the elements named here. It has one publication date and one
description for all that could be one, and cuts names at e-mail addresses of long domains; so dates, people, pictures
and sources are read from the elements themselves. It neither cleans HTML nor resolves addresses here: cleaning does
that, for every format alike. What it reads was parsed and written anew, so it meets no document type, no entity and
no encoding.
"""

from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from html import escape
from io import BytesIO
from typing import Any

import feedparser  # type: ignore[import-untyped]
from lxml import etree

from syndicate.ingest.feed_names import name_of
from syndicate.ingest.markup import plain_line
from syndicate.ingest.text import one_line

_READ = frozenset(
    {
        *((prefix, name) for prefix in ("", "atom") for name in ["title", "summary", "content", "category"]),
        *(("", name) for name in ("description", "fullitem", "body")),
        ("content", "encoded"),
        ("dc", "title"), ("dc", "description"), ("dc", "subject"),
        ("xhtml", "body"),
    }
)  # fmt: skip
_AROUND = {
    "atom": ('<feed xmlns="http://www.w3.org/2005/Atom"><entry>', "</entry></feed>"),
    "": ('<rss version="2.0"><channel><item>', "</item></channel></rss>"),
}
_MOST_OF_A_NAME = 200
_HTML = frozenset({"text/html", "application/xhtml+xml"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """`title` is plain text, `summary` and `content` are HTML; `content` is what was given as the story itself."""

    title: str
    summary: str
    content: str
    tags: tuple[Any, ...]


def read_entry(item: etree._Element) -> Entry:
    found = _by_feedparser(item)
    return Entry(
        title=_title(found),
        summary=_html(found.get("summary_detail")),
        content=max((_html(text) for text in found.get("content", ())), key=len, default=""),
        tags=tuple(found.get("tags", ())),
    )


def _by_feedparser(item: etree._Element) -> Any:
    before, after = _AROUND["atom" if name_of(item)[0] == "atom" else ""]
    kept = (_alone(child) for child in _first_of_each(item))
    document = BytesIO("".join((before, *kept, after)).encode())
    parsed = feedparser.parse(
        document,
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    return parsed.entries[0] if parsed.entries else {}


def _first_of_each(item: etree._Element) -> Iterator[etree._Element]:
    """feedparser compares each category with every one before it: more than we keep are not worth that."""
    seen: Counter[tuple[str, str]] = Counter()
    for child in item:
        name = name_of(child)
        seen[name] += 1
        if name in _READ and seen[name] <= _MOST_OF_A_NAME:
            yield child


def _alone(child: etree._Element) -> str:
    """The element by itself, with the namespaces that it needs and no others.

    Its text is a CDATA section: of escaped text expat gives feedparser each mark by itself, ten times as slowly.
    """
    copy = deepcopy(child)
    copy.tail = None
    if not len(copy) and copy.text and "]]>" not in copy.text:
        copy.text = etree.CDATA(copy.text)
    etree.cleanup_namespaces(copy)
    return etree.tostring(copy, encoding="unicode")


def _title(found: Any) -> str:
    detail = found.get("title_detail", {})
    return plain_line(detail["value"]) if detail.get("type") in _HTML else one_line(detail.get("value", ""))


def _html(detail: Any) -> str:
    """A text construct as HTML; nothing where it is of another kind, such as a picture in base64."""
    kind, value = (detail.get("type"), detail.get("value", "")) if detail else ("", "")
    if kind in _HTML:
        return str(value)
    return escape(value, quote=False) if kind == "text/plain" else ""
