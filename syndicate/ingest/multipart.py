"""An article with its picture files in one request: multipart/form-data (RFC 7578).

One part is the article, in any format that is read here; its own Content-Type tells which. The others are files. A
picture of the article whose address is `upload:NAME`, `cid:NAME` or ends in the name of a file is that file.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from typing import Any

from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header

from syndicate.core.errors import BadInput, TooLarge
from syndicate.core.newsitem import Picture, Rendition
from syndicate.ingest.files import UPLOAD, named_file
from syndicate.ingest.parsed import Envelope, File, Parsed, ParsedFeed
from syndicate.ingest.sniff import Sniff
from syndicate.ingest.text import one_line

MEDIA_TYPES = ("multipart/form-data",)
MOST_PARTS = 101
MAX_NAME_CHARS = 255
MAX_HEADERS, MAX_HEADER_BYTES = 16, 4096
_ARTICLE = "article"
_UNTOLD = ("", "application/octet-stream")  # what a program writes that does not know: the content tells

Read = Callable[[bytes, Envelope], ParsedFeed]


@dataclass(slots=True)
class Part:
    """One part of the form. `media_type` as it was written; `file_name` empty where it is no file."""

    name: str = ""
    file_name: str = ""
    media_type: str = ""
    data: bytearray = field(default_factory=bytearray)

    @property
    def kind(self) -> str:
        return self.media_type.partition(";")[0].strip().lower()


def looks_like(sniff: Sniff) -> bool:
    """A boundary line, and the header that every part of a form has."""
    return sniff.head.startswith("--") and "content-disposition: form-data" in sniff.head[:2000].lower()


def parse(data: bytes, envelope: Envelope, *, read: Read, accepted: Collection[str]) -> ParsedFeed:
    """The article with its files. `read` reads the article part, whose media type is one of `accepted`.

    Raises BadInput where the form cannot be read, has no article or several, or has two files of one name.
    """
    parts = _parts(data, _boundary(data, envelope.media_type))
    article = _article(parts, accepted)
    files = _files([part for part in parts if part is not article])
    media_type = "" if article.kind in _UNTOLD else article.media_type
    inner = replace(envelope, media_type=media_type, file_names=frozenset(file.name for file in files))
    feed = read(bytes(article.data), inner)
    if files and len(feed.results) > 1:
        raise BadInput("Files can come with one article; this document holds several.")
    not_read = [part.name for part in parts if part is not article and not _is_file(part)]
    warnings = tuple(f"The form's field {name[:80]!r} is not read." for name in not_read)
    results = (_with_files(one, files, warnings) if isinstance(one, Parsed) else one for one in feed.results)
    return replace(feed, results=tuple(results))


def _boundary(data: bytes, media_type: str) -> bytes:
    """As the media type names it; where nothing does, as for a saved file, its first line has it."""
    if media_type:
        boundary = parse_options_header(media_type.encode("latin-1", "replace"))[1].get(b"boundary", b"")
    else:
        boundary = data.lstrip().partition(b"\n")[0].strip().removeprefix(b"--")
    if not 1 <= len(boundary) <= 70:  # RFC 2046 5.1.1
        raise BadInput("This form has no boundary of 1 to 70 characters in its Content-Type.")
    return boundary


def _parts(data: bytes, boundary: bytes) -> list[Part]:
    form = _Form()
    try:
        parser = MultipartParser(
            boundary, form.callbacks(), max_header_count=MAX_HEADERS, max_header_size=MAX_HEADER_BYTES
        )
        parser.write(data)
        parser.finalize()
    except FormParserError as error:
        raise BadInput(f"This is no multipart form that can be read: {one_line(str(error))[:200]}.") from None
    if not form.ended:
        raise BadInput("This form breaks off: its closing boundary is missing.")
    return form.parts


class _Form:
    """Collects what the parser finds."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.ended = False
        self._name, self._value = bytearray(), bytearray()

    def callbacks(self) -> Any:
        return {
            "on_part_begin": self._begin,
            "on_header_field": lambda data, start, end: self._name.extend(data[start:end]),
            "on_header_value": lambda data, start, end: self._value.extend(data[start:end]),
            "on_header_end": self._header,
            "on_part_data": lambda data, start, end: self.parts[-1].data.extend(data[start:end]),
            "on_end": self._end,
        }

    def _begin(self) -> None:
        if len(self.parts) >= MOST_PARTS:
            raise TooLarge(f"At most {MOST_PARTS} parts are read from one form.")
        self.parts.append(Part())

    def _header(self) -> None:
        part, name = self.parts[-1], bytes(self._name).lower()
        if name == b"content-disposition":
            _, options = parse_options_header(bytes(self._value))
            part.name, part.file_name = _text(options.get(b"name")), _base_name(_text(options.get(b"filename")))
        if name == b"content-type":
            part.media_type = _text(bytes(self._value))
        self._name.clear()
        self._value.clear()

    def _end(self) -> None:
        self.ended = True


def _text(value: bytes | None) -> str:
    """Browsers write names in UTF-8 (RFC 7578 5.1)."""
    return one_line((value or b"").decode("utf-8", "replace"))


def _base_name(written: str) -> str:
    """A file's name without any folder."""
    name = written.replace("\\", "/").rpartition("/")[2]
    if len(name) > MAX_NAME_CHARS:
        raise TooLarge(f"The name of a file is over {MAX_NAME_CHARS} characters.")
    return name


def _article(parts: list[Part], accepted: Collection[str]) -> Part:
    """The part of that name, else the only one of a media type that is read here."""
    if any(part.kind.startswith("multipart/") for part in parts):
        raise BadInput("A form inside a form is not read.")
    named = [part for part in parts if part.name.lower() == _ARTICLE]
    found = named or [part for part in parts if part.kind in accepted]
    if len(found) != 1:
        many = "several articles" if found else "no article"
        raise BadInput(f"This form has {many}: name the one part {_ARTICLE!r} that is the article.")
    return found[0]


def _is_file(part: Part) -> bool:
    return bool(part.file_name) or part.kind.startswith("image/")


def _files(parts: list[Part]) -> tuple[File, ...]:
    files: dict[str, File] = {}
    for part in filter(_is_file, parts):
        name = part.file_name or part.name
        if not name or name in files:
            raise BadInput(f"Two files are named {name!r}." if name else "A file has no name.")
        files[name] = File(name=name, data=bytes(part.data))
    return tuple(files.values())


def _with_files(parsed: Parsed, files: tuple[File, ...], warnings: tuple[str, ...]) -> Parsed:
    """Its pictures name the files; those that no picture names become pictures too, whose credit nobody gave."""
    names = [file.name for file in files]
    pictures = [_renamed(picture, names) for picture in parsed.item.pictures]
    taken = {rendition.href for picture in pictures for rendition in picture.renditions}
    untold = [name for name in names if UPLOAD + name not in taken]
    pictures += [Picture(renditions=(Rendition(href=UPLOAD + name),)) for name in untold]
    warnings += tuple(f"The article does not speak of the file {name!r}: its picture has no credit." for name in untold)
    item = replace(parsed.item, pictures=tuple(pictures))
    return replace(parsed, item=item, files=files, warnings=(*parsed.warnings, *warnings))


def _renamed(picture: Picture, names: Collection[str]) -> Picture:
    files = (
        replace(file, href=UPLOAD + name) if (name := named_file(file.href, names)) else file
        for file in picture.renditions
    )
    return replace(picture, renditions=tuple(files))
