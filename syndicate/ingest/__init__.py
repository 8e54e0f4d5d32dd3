"""Every way in: a registry of input formats, and the decision which of them a document is.

A new format is a module with `MEDIA_TYPES`, `looks_like` and `parse`, and one line in `FORMATS`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from syndicate.core.errors import UnknownFormat
from syndicate.core.newsroom import Outlet
from syndicate.ingest import article, clip
from syndicate.ingest.parsed import Parsed, ParsedFeed


class Parse(Protocol):
    def __call__(self, data: bytes, *, outlet: Outlet, received: date) -> ParsedFeed:
        """The document's items. Raises BadInput where it cannot be read at all."""


@dataclass(frozen=True, slots=True)
class Format:
    """`media_types` decide where a sender named one; `looks_like` decides by content where none did."""

    name: str
    media_types: tuple[str, ...]
    looks_like: Callable[[bytes], bool]
    parse: Parse


FORMATS: dict[str, Format] = {
    "json": Format("json", article.MEDIA_TYPES, article.looks_like, article.parse),
    "clip": Format("clip", clip.MEDIA_TYPES, clip.looks_like, clip.parse),
}


def detect(data: bytes, media_type: str = "") -> Format:
    """By media type (without parameters), else by content. Raises UnknownFormat, naming what is read here."""
    wanted = media_type.partition(";")[0].strip().lower()
    if wanted:
        found = [known for known in FORMATS.values() if wanted in known.media_types]
    else:
        found = [known for known in FORMATS.values() if known.looks_like(data)]
    if found:
        return found[0]
    said = f"{wanted[:100]} is" if wanted else "Without a media type this document is"
    accepted = [media_type for known in FORMATS.values() for media_type in known.media_types]
    raise UnknownFormat(f"{said} not read here.", accepted=accepted)


__all__ = ["FORMATS", "Format", "Parsed", "ParsedFeed", "detect"]
