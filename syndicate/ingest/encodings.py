"""Bytes of a document that declares its encoding, as text, where several voices disagree about it.

A byte order mark decides (RFC 7303 section 3.3). Then bytes that are UTF-8 throughout, and more than ASCII, are UTF-8
whatever anybody says: text of another encoding is never so by chance, and servers that add a wrong charset are many.
Then the charset of the media type, then the document's own declaration. What was doubtful is said.
"""

import codecs
import re

from syndicate.core.errors import BadInput

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNMARKED = ((b"<\0?\0", "utf-16-le"), (b"\0<\0?", "utf-16-be"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9._:-]{1,40})", re.ASCII)
_XML_DECLARATION = re.compile(rb"\s{0,20}<\?xml\s[^<>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']")
_META = re.compile(rb"<meta\s[^<>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
_DECLARED_WITHIN = 4096
_AS_BROWSERS_DO = {"iso-8859-1": "windows-1252", "latin-1": "windows-1252"}  # as HTML says (WHATWG Encoding 4.2)
# Python's encodings that no document is written in: some take time that grows with the square of their length.
_OF_PROGRAMS = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape", "utf-7"})
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f\ufffd]")


def decode(data: bytes, media_type: str = "") -> tuple[str, tuple[str, ...]]:
    """The text without a byte order mark, and what to warn of. Raises BadInput for what no encoding can explain."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding), ()
    for start, encoding in _UNMARKED:
        if data.startswith(start):
            return _strictly(data, encoding), ()
    said = _declared(data, media_type)
    if said and said[0].startswith("iso2022"):  # written in ASCII, which would pass for UTF-8
        return _strictly(data, said[0]), ()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _not_utf8(data, said)
    if said and said[0] != "utf-8" and not text.isascii():
        return text, (f"The document is declared as {said[0]} but is UTF-8, and was read as that.",)
    return text, ()


def _declared(data: bytes, media_type: str) -> list[str]:
    """The encodings that are named and known, the strongest voice first."""
    head = data[:_DECLARED_WITHIN]
    found = [_CHARSET.search(media_type), *(shape.search(head) for shape in (_XML_DECLARATION, _META))]
    names = [name.decode() if isinstance(name, bytes) else name for match in found if match for name in (match[1],)]
    return [known for name in names if (known := _known(name))]


def _known(name: str) -> str:
    """Python's name of the encoding, or nothing where it is none of text."""
    try:
        "x".encode(name)
    except (LookupError, UnicodeError):
        return ""
    known = _AS_BROWSERS_DO.get(name.lower(), codecs.lookup(name).name)
    return "" if known in _OF_PROGRAMS else known


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise BadInput(f"The document begins as {encoding} but is not: {error.reason} at byte {error.start}.") from None


def _not_utf8(data: bytes, said: list[str]) -> tuple[str, tuple[str, ...]]:
    for encoding in said:
        try:
            return data.decode(encoding), ()
        except UnicodeDecodeError:
            continue
    damaged = data.decode("utf-8", "replace")
    bad = damaged.count("\ufffd")
    if bad * 4 <= sum(1 for _ in _BEYOND_ASCII.finditer(damaged)):  # UTF-8 with some letters broken
        return damaged, (f"{bad} letters of the document could not be read: they are not UTF-8.",)
    doubt = "The document is not in the encoding that it declares and was read as windows-1252: check its letters."
    return data.decode("windows-1252", "replace"), (doubt,)
