"""A feed's bytes as elements: its head, and its items one by one, so that a broken one does not sink the rest.

A well-formed document is read as it is. One that is not is mended where mending cannot change what it says: a bare
ampersand is an ampersand. If that is not enough it is cut into its items, and each stands alone: read, or mended by
taking the unescaped HTML in its texts for text, or refused. An item that the document's end cuts through is refused:
half a story is not to be published.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.entities import html5
from itertools import islice

from lxml import etree

from syndicate.core.errors import BadInput, TooLarge
from syndicate.ingest import xmldoc
from syndicate.ingest.encodings import decode
from syndicate.ingest.feed_names import PREFIXES, name_of
from syndicate.ingest.text import one_line

MOST_ITEMS, _MOST_PREFIXES = 10_000, 100
ITEMS = frozenset({"item", "entry", "deleted-entry"})
_MARKS = re.compile(
    r"<!\[CDATA\[|<!--|<(?P<close>/?)(?:[\w.-]{1,40}:)?(?P<name>item|entry|deleted-entry)(?=[\s/>])[^<>]*>"
)
_ENDS = {"<![CDATA[": "]]>", "<!--": "-->"}
_XMLNS = re.compile(r"""xmlns:([\w.-]{1,40})\s{0,9}=\s{0,9}(?:"([^"<]{1,200})"|'([^'<]{1,200})')""")
_ROOT = re.compile(r"<[A-Za-z][^<>]*>")
_DEFAULT = re.compile(r"""\sxmlns\s{0,9}=\s{0,9}(?:"([^"<]{1,200})"|'([^'<]{1,200})')""")
_AMPERSAND = re.compile(r"&(?!#[0-9]{1,7};|#[xX][0-9A-Fa-f]{1,6};)([A-Za-z][A-Za-z0-9]{1,31};)?")
_TEXT_START = re.compile(r"<(?P<name>title|description|summary|content|content:encoded)(?=[\s>])[^<>]*(?<!/)>")

Part = etree._Element | BadInput


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """`head` holds what is said of the whole feed; `parts` are items, entries and deleted entries in their order."""

    head: etree._Element
    parts: tuple[Part, ...]
    warnings: tuple[str, ...] = ()


def read(data: bytes, media_type: str = "") -> FeedDocument:
    """Raises BadInput for what is no feed, or declares entities of its own."""
    text, doubts = decode(data, media_type)
    text = text[max(text.find("<"), 0) :]
    if text.count("<item") + text.count("<entry") > 2 * MOST_ITEMS:  # before it costs anything; HTML has no such names
        raise _too_many()
    try:
        return _whole(xmldoc.parse(text), doubts)
    except BadInput as error:
        if "line" not in error.extra:
            raise
        return _mended(text, doubts, error)


def _whole(root: etree._Element, doubts: tuple[str, ...]) -> FeedDocument:
    if name_of(root)[1] in ITEMS:  # one entry by itself, as in the Atom Publishing Protocol
        return FeedDocument(etree.Element("feed"), (root,), doubts)
    channel = next((child for child in root if name_of(child)[1] == "channel"), root)
    homes = (root,) if channel is root else (channel, root)
    parts = tuple(child for home in homes for child in home if name_of(child)[1] in ITEMS)
    if not parts and name_of(root)[1] not in ("rss", "rdf", "feed", "channel"):
        raise BadInput(f"This XML is no feed: its first element is {name_of(root)[1][:80]!r}.")
    if len(parts) > MOST_ITEMS:
        raise _too_many()
    return FeedDocument(channel, parts, doubts)


def _too_many() -> TooLarge:
    return TooLarge(f"The feed has more than {MOST_ITEMS:,} items.")


def _mended(text: str, doubts: tuple[str, ...], error: BadInput) -> FeedDocument:
    start = next((mark.start() for mark in _marks(text)), len(text))
    if "<!ENTITY" in text[:start]:
        raise BadInput("This XML declares entities of its own, which are not read here.")
    told = (*doubts, f"The document is broken and was mended as far as that is safe. {one_line(error.detail)}")
    try:
        return _whole(xmldoc.parse(_fixed(text)), told)
    except BadInput as worse:
        if "line" not in worse.extra:
            raise
    pieces = list(islice(_pieces(text), MOST_ITEMS + 1))
    if len(pieces) > MOST_ITEMS:
        raise _too_many()
    if not pieces:
        raise error
    frame = _frame(text[:start])
    parts = tuple(_part(piece, ended, frame) for piece, ended in pieces)
    return FeedDocument(_head(text[:start], frame), parts, told)


def _marks(text: str) -> Iterator[re.Match[str]]:
    """Where items begin and end, but for what stands in CDATA sections and comments."""
    at = 0
    while found := _MARKS.search(text, at):
        end = _ENDS.get(found[0])
        if end:
            at = text.find(end, found.end())
            if at < 0:
                return
        else:
            at = found.end()
            yield found


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Each item with whether it has its end; one that has none reaches to where the next one begins."""
    begun: re.Match[str] | None = None
    for mark in _marks(text):
        if mark["close"]:
            if begun and begun["name"] == mark["name"]:
                yield text[begun.start() : mark.end()], True
                begun = None
            continue
        if begun:
            yield text[begun.start() : mark.start()], False
        empty = mark[0].endswith("/>")
        if empty:
            yield mark[0], True
        begun = None if empty else mark
    if begun:
        yield text[begun.start() :], False


def _part(piece: str, ended: bool, frame: str) -> Part:
    if not ended:
        return BadInput("This item has no end: the document was cut off there, and half a story is not taken.")
    error = BadInput("This item could not be read.")
    for mend in (_unchanged, _fixed, _texts_as_text):
        try:
            root = xmldoc.parse(f"{frame}{mend(piece)}</feed>")
        except BadInput as refusal:
            error = BadInput(f"This item could not be read: {_without_place(refusal)}.")
        else:
            return next((child for child in root if name_of(child)[1] in ITEMS), error)
    return error


def _without_place(refusal: BadInput) -> str:
    """What was wrong; lines and columns count from the item's beginning, which helps nobody."""
    said = one_line(refusal.detail)
    return (said.rpartition(", line")[0] or said).rstrip(".")


def _head(text: str, frame: str) -> etree._Element:
    """What stands before the first item. Where that cannot be read nothing is known of the feed as a whole."""
    start = re.search(r"<(?:[\w.-]{1,40}:)?(?:channel|feed)(?=[\s>])[^<>]*>", text)
    inner = text[start.end() :] if start else ""
    closed = inner.rpartition("</channel>")[0] or inner
    try:
        return xmldoc.parse(f"{frame}{_texts_as_text(closed)}</feed>")
    except BadInput:
        return etree.Element("feed")


def _frame(head: str) -> str:
    """The start of an element with the names that the document declares, and those that many forget to declare."""
    found = _ROOT.search(head)
    root = found[0] if found else ""
    declared = {space[1]: space[2] or space[3] for space in islice(_XMLNS.finditer(root), _MOST_PREFIXES)}
    default = _DEFAULT.search(root)
    names = {prefix: uri for uri, prefix in PREFIXES.items() if prefix} | declared
    spaces = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in names.items() if not prefix.startswith("xml"))
    plain = f' xmlns="{default[1] or default[2]}"' if default else ""
    return _fixed(f"<feed{plain}{spaces}>")


def _unchanged(piece: str) -> str:
    return piece


def _fixed(text: str) -> str:
    """An ampersand that begins nothing known is one by itself; in CDATA sections it is already."""
    return _outside_cdata(text, lambda part: _AMPERSAND.sub(_meant, part))


def _meant(found: re.Match[str]) -> str:
    return found[0] if found[1] in html5 else f"&amp;{found[1] or ''}"


def _outside_cdata(text: str, change: Callable[[str], str]) -> str:
    done, at = [], 0
    while (start := text.find("<![CDATA[", at)) >= 0 and (end := text.find("]]>", start)) >= 0:
        done += [change(text[at:start]), text[start : end + 3]]
        at = end + 3
    return "".join([*done, change(text[at:])])


def _texts_as_text(piece: str) -> str:
    """The unescaped HTML in titles and texts is taken for what it would be if it had been escaped."""
    done, at = [], 0
    piece = _fixed(piece)
    while start := _TEXT_START.search(piece, at):
        end = piece.find(f"</{start['name']}>", start.end())
        if end < 0:
            break
        inner = piece[start.end() : end]
        done += [piece[at : start.end()], inner if "<![CDATA[" in inner else _escaped(inner)]
        at = end
    return "".join([*done, piece[at:]])


def _escaped(inner: str) -> str:
    return inner.replace("<", "&lt;").replace(">", "&gt;")
