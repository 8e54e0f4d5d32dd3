"""From a picture's bytes to files that are kept: the one that came, never shown, and those made of it for readers."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from syndicate.core.media import Media
from syndicate.core.newsitem import Rendition
from syndicate.media import metadata, renditions
from syndicate.media.files import UNFINISHED, Files
from syndicate.media.inspect import Limits, opened
from syndicate.media.renditions import Made

_OURS = re.compile(r"([0-9a-f]{2})/(\1[0-9a-f]{62})(?:-[a-z]+\.[a-z]+)?", re.ASCII)
_UNFINISHED = re.compile(rf"{UNFINISHED}/[0-9a-f]{{32}}", re.ASCII)
_RENDITION = re.compile(r"([0-9a-f]{2})/(\1[0-9a-f]{62})-(?:web|thumb)\.(?:jpg|webp)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Shelf:
    files: Files
    limits: Limits = Limits()

    def look(self, data: bytes) -> Media:
        """What would be kept of it. Raises BadInput (no picture, broken), TooLarge."""
        return _taken(data, self.limits)[0]

    def take(self, data: bytes) -> Media:
        """Keep it and what is made of it. The same content again is written to the same names.

        Raises BadInput (no picture, broken), TooLarge, Unavailable.
        """
        media, made = _taken(data, self.limits)
        self.files.keep(original_name(media.sha256), data)
        for rendition, file in zip(media.renditions, made, strict=True):
            self.files.keep(rendition.href, file.data)
        return media

    def holds(self, media: Media) -> bool:
        """Whether all its files are there; rows may be older or younger than files where both were restored."""
        names = (original_name(media.sha256), *(one.href for one in media.renditions))
        return all(self.files.has(name) for name in names)

    def rendition(self, name: str) -> bytes | None:
        """One of the files for readers, by its name; None for what has no such name. Raises Unavailable."""
        return self.files.read(name) if rendition_of(name) else None


def original_name(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256}"


def is_ours(name: str) -> bool:
    """Whether we gave a file this name; others may have put theirs into the same folder."""
    return bool(file_of(name) or _UNFINISHED.fullmatch(name))


def file_of(name: str) -> str:
    """The SHA-256 of the file that has this name or that this was made from, or nothing."""
    found = _OURS.fullmatch(name)
    return found[2] if found else ""


def rendition_of(name: str) -> str:
    """The SHA-256 of the file that this rendition was made from, or nothing where the name is no rendition's."""
    found = _RENDITION.fullmatch(name)
    return found[2] if found else ""


def _taken(data: bytes, limits: Limits) -> tuple[Media, Sequence[Made]]:
    sha256 = hashlib.sha256(data).hexdigest()
    with opened(data, limits) as (image, look):
        told = metadata.read(image)
        made = list(renditions.make(image, told))
    media = Media(
        sha256=sha256,
        content_type=look.content_type,
        width=look.width,
        height=look.height,
        size_bytes=len(data),
        animated=look.animated,
        told=told,
        renditions=tuple(_named(sha256, one) for one in made),
    )
    return media, made


def _named(sha256: str, made: Made) -> Rendition:
    return Rendition(
        href=f"{original_name(sha256)}-{made.name}.{made.extension}",
        name=made.name,
        content_type=made.content_type,
        width=made.width,
        height=made.height,
        size_bytes=len(made.data),
    )
