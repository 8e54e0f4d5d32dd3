"""The pictures of a feed's item: Media RSS 1.5.1 (media:group, media:content, media:thumbnail), enclosures, Atom links.

What stands nearest to a file counts: in its media:content, else in its group, else in the item (Media RSS "Optional
Elements"). A group is one picture in several files. An enclosure of the same address adds what it knows.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from lxml import etree

from syndicate.core.newsitem import Picture, Rendition
from syndicate.ingest.dates import Warn
from syndicate.ingest.feed_names import Children, name_of, text_of
from syndicate.ingest.markup import absolute, plain_line
from syndicate.ingest.permission import notice_or_terms
from syndicate.ingest.text import one_line

MOST, MOST_FILES = 200, 50
_ENDINGS = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".tif", ".tiff")
_AVATARS = ("gravatar.com/avatar/",)  # WordPress.com gives the author's face as if it were the story's picture
_WIDEST, _LARGEST = 100_000, 2**53 - 1


@dataclass(slots=True)
class _Found:
    """Pictures in the order in which they were met, and where each file stands among them."""

    pictures: list[Picture] = field(default_factory=list)
    place: dict[str, int] = field(default_factory=dict)

    def add(self, picture: Picture) -> None:
        known = next((self.place[file.href] for file in picture.renditions if file.href in self.place), None)
        if known is None:
            known = len(self.pictures)
            self.pictures.append(picture)
        else:
            self.pictures[known] = _joined(self.pictures[known], picture)
        for file in picture.renditions:
            self.place.setdefault(file.href, known)


def read_pictures(item: Children, base: str, warn: Warn) -> tuple[Picture, ...]:
    found = _Found()
    for element in item.all("media:group", "media:content", "enclosure", "link", "atom:link"):
        if picture := _picture(element, item, base):
            found.add(picture)
        if len(found.pictures) > MOST:
            warn(f"The item has more than {MOST} pictures; the first {MOST} were read.")
            break
    thumbnails = (_rendition(one, base, "thumb") for one in islice(item.all("media:thumbnail"), MOST_FILES))
    files = tuple(file for file in thumbnails if file)
    if files and not found.pictures:
        found.add(_about(Picture(renditions=files), [item]))
    return tuple(found.pictures[:MOST])


def _picture(element: etree._Element, item: Children, base: str) -> Picture | None:
    name = name_of(element)[1]
    if name in ("enclosure", "link"):
        file = _rendition(element, base) if name == "enclosure" or element.get("rel") == "enclosure" else None
        return Picture(renditions=(file,)) if file else None
    inside = Children(element)
    contents = list(islice(inside.all("content"), MOST_FILES)) if name == "group" else [element]
    files = [file for one in contents for file in _files(one, base)]
    files += [file for one in inside.all("thumbnail") if name == "group" and (file := _rendition(one, base, "thumb"))]
    if not any(file.name != "thumb" for file in files):
        return None
    first = next((Children(one) for one in contents), inside)
    return _about(Picture(renditions=tuple(dict.fromkeys(files))), [first, inside, item])


def _files(content: etree._Element, base: str) -> Iterator[Rendition]:
    file = _rendition(content, base)
    if file:
        yield file
        for thumbnail in Children(content).all("thumbnail"):
            if small := _rendition(thumbnail, base, "thumb"):
                yield small


def _rendition(element: etree._Element, base: str, name: str = "") -> Rendition | None:
    href = absolute(element.get("url") or element.get("href") or "", base)
    kind = (element.get("type") or "").partition(";")[0].strip().lower()
    path = href.partition("?")[0].lower()
    image = kind.startswith("image/") or element.get("medium") == "image" or name == "thumb"
    image = image or (not kind and not element.get("medium") and path.endswith(_ENDINGS))
    if not href or not image or any(avatar in href for avatar in _AVATARS):
        return None
    return Rendition(
        href=href,
        name=name,
        content_type=kind if kind.startswith("image/") else "",
        width=_count(element.get("width"), _WIDEST),
        height=_count(element.get("height"), _WIDEST),
        size_bytes=_count(element.get("fileSize") or element.get("length"), _LARGEST),
    )


def _count(text: str | None, most: int) -> int | None:
    digits = (text or "").strip()
    number = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 17 else 0
    return number if 0 < number <= most else None


def _about(picture: Picture, near: list[Children]) -> Picture:
    def said(name: str) -> str:
        return next((text for place in near if (text := _words(place, name))), "")

    notice, terms = notice_or_terms(said("copyright"))
    return replace(
        picture,
        caption=said("description"),
        credit=said("credit"),
        alt=said("title"),
        copyright_notice=notice,
        usage_terms=terms,
    )


def _words(place: Children, name: str) -> str:
    """Inside of media: elements the names stand alone, in the item they have their prefix."""
    elements = place.all(f"media:{name}") if name_of(place.element)[0] != "media" else place.all(name)
    texts = [_plain(element) for element in elements]
    return " / ".join(dict.fromkeys(text for text in texts if text))


def _plain(element: etree._Element) -> str:
    text = text_of(element)
    return plain_line(text) if element.get("type") == "html" or "</" in text else one_line(text)


def _joined(known: Picture, more: Picture) -> Picture:
    """The known picture, with what the other says of files that both have."""
    said = {file.href: file for file in more.renditions}
    files = tuple(_filled(file, said[file.href]) if file.href in said else file for file in known.renditions)
    return replace(known, renditions=files)


def _filled(file: Rendition, other: Rendition) -> Rendition:
    return replace(
        file,
        content_type=file.content_type or other.content_type,
        width=file.width or other.width,
        height=file.height or other.height,
        size_bytes=file.size_bytes or other.size_bytes,
    )
