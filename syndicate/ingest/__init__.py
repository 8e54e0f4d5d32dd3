"""Every way in: a registry of input formats, and the decision which of them a document is.

A new format is a module with `MEDIA_TYPES`, `looks_like` and `parse`, and one line in `FORMATS`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from syndicate.core.errors import UnknownFormat
from syndicate.ingest import (
    article,
    clip,
    feed,
    ghost,
    jsonfeed,
    multipart,
    newsml1,
    newsmlg2,
    ninjs,
    nitf,
    page,
    wordpress,
    wxr,
)
from syndicate.ingest.parsed import Envelope, File, Gone, Parsed, ParsedFeed, Result
from syndicate.ingest.sniff import Sniff

Parse = Callable[[bytes, Envelope], ParsedFeed]


@dataclass(frozen=True, slots=True)
class Format:
    """`media_types` are what a sender may call it; of formats that share one, `looks_like` tells which it is.

    `parse` gives the document's items. It raises BadInput where the document cannot be read at all.
    """

    name: str
    media_types: tuple[str, ...]
    looks_like: Callable[[Sniff], bool]
    parse: Parse


def _format(name: str, module: ModuleType | Any) -> Format:
    return Format(name, module.MEDIA_TYPES, module.looks_like, module.parse)


# In the order in which the content is asked; the last one of a media type reads what no other knows.
_SINGLE = (
    _format("ninjs", ninjs),
    _format("jsonfeed", jsonfeed),
    _format("wordpress", wordpress),
    _format("ghost", ghost),
    _format("json", article),
    _format("clip", clip),
    _format("newsml", newsmlg2),
    _format("newsml1", newsml1),
    _format("nitf", nitf),
    _format("wxr", wxr),
    Format("rss", feed.RSS_TYPES, feed.looks_like_rss, feed.parse),
    Format("atom", feed.ATOM_TYPES, feed.looks_like_atom, feed.parse),
    _format("html", page),
)
_ACCEPTED = frozenset(media_type for known in _SINGLE for media_type in known.media_types)


def _parse_form(data: bytes, envelope: Envelope) -> ParsedFeed:
    def read(article: bytes, inner: Envelope) -> ParsedFeed:
        return detect(article, inner.media_type).parse(article, inner)

    return multipart.parse(data, envelope, read=read, accepted=_ACCEPTED)


_FORM = Format("multipart", multipart.MEDIA_TYPES, multipart.looks_like, _parse_form)
FORMATS: dict[str, Format] = {known.name: known for known in (_FORM, *_SINGLE)}


def detect(data: bytes, media_type: str = "") -> Format:
    """By media type (without parameters), else by content. Raises UnknownFormat, naming what is read here."""
    wanted = media_type.partition(";")[0].strip().lower()
    named = [known for known in FORMATS.values() if wanted in known.media_types]
    if len(named) == 1:
        return named[0]
    sniff = Sniff(data)
    for known in named if wanted else FORMATS.values():
        if known.looks_like(sniff):
            return known
    if named:
        return named[-1]  # its reader tells what is wrong
    said = f"{wanted[:100]} is" if wanted else "Without a media type this document is"
    accepted = sorted({media_type for known in FORMATS.values() for media_type in known.media_types})
    raise UnknownFormat(f"{said} not read here.", accepted=accepted)


__all__ = ["FORMATS", "Envelope", "File", "Format", "Gone", "Parsed", "ParsedFeed", "Result", "Sniff", "detect"]
