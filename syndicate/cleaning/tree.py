"""Reading and writing the one tree that the steps work on, and the few moves that all of them need."""

import re
from collections.abc import Callable
from itertools import islice
from typing import cast

from lxml import etree

from syndicate.cleaning.report import MAX_EXCERPT
from syndicate.cleaning.vocabulary import VOID
from syndicate.core.errors import TooLarge

Element = etree._Element

# What libxml2 would act on and browsers would not: text after </body> would be lost, <wbr> would swallow what follows.
_IGNORED_TAGS = re.compile(r"</(?:html|body)\s*+>|</?wbr\s*+/?>", re.IGNORECASE)
_WHOLE_CDATA = re.compile(r"\s*+<!\[CDATA\[(.*)\]\]>\s*+", re.DOTALL)
_OF_BLOCKS = frozenset(
    {"ul", "ol", "dl", "div", "section", "aside", "nav", "table", "form", "figure", "article", "footer"}
)
_MUCH, _MUCH_OF_ALL = 300, 0.4  # characters, and part of the whole
_WORDS_SEEN = 64  # text nodes looked at for an excerpt


def parse(html: str) -> Element:
    """The body of the document, without comments and processing instructions.

    A body that somebody wrapped whole in CDATA is unwrapped: as HTML it would be one comment. libxml2 gives up where
    a document nests deeper than 255 and keeps what it has; for us that is a refusal.
    """
    if whole := _WHOLE_CDATA.fullmatch(html):
        html = whole[1]
    html = _IGNORED_TAGS.sub("", html)
    parser = etree.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, encoding="utf-8")
    root = etree.fromstring(f"<html><body>{html}</body></html>".encode(), parser)
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log.filter_from_fatals()):
        raise TooLarge("The HTML is nested too deeply to be read as a whole", what="levels of nesting", limit=255)
    body = root.find("body")
    return etree.Element("body") if body is None else body


def write(body: Element, widest: int) -> list[str]:
    """The blocks of a rebuilt body as XHTML, one string each: void elements close themselves, no other ever does.

    Raises TooLarge where an element has more than `widest` children: the sanitiser's time grows with their square.
    """
    for element in body.iter():
        width = len(element)
        if width > widest and element is not body:
            raise TooLarge(f"The HTML has more than {widest:,} elements side by side", what="siblings", limit=widest)
        if not width and not element.text and element.tag not in VOID:
            element.text = ""  # makes libxml2 write <td></td>; a browser reads <td/> as a tag left open
    return [etree.tostring(block, encoding="unicode") for block in body]


def finder(path: str) -> Callable[[Element], list[Element]]:
    """A compiled XPath that answers elements, as all of ours do."""
    return cast(Callable[[Element], list[Element]], etree.XPath(path))


def drop(element: Element) -> None:
    """Take the element out with all that is in it; the text after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    _append_text(parent, element, element.tail or "")
    element.tail = None
    parent.remove(element)


def unwrap(element: Element) -> None:
    """Take the element out and leave what is in it, in its place."""
    parent = element.getparent()
    if parent is None:
        return
    _append_text(parent, element, element.text or "")
    place = parent.index(element)
    if len(element):
        last = element[-1]
        last.tail = (last.tail or "") + (element.tail or "")
    else:
        _append_text(parent, element, element.tail or "")
    for child in reversed(list(element)):
        parent.insert(place, child)
    element.tail = None
    parent.remove(element)


def replace_by_text(element: Element, words: str) -> None:
    element.tail = words + (element.tail or "")
    drop(element)


def has_words(element: Element) -> bool:
    """Is there any text in it? Stops at the first."""
    return any(str(piece).strip() for piece in element.itertext())


def length_of(element: Element) -> int:
    """How many characters of text it holds."""
    return len(_text_of(element))


def is_much(length: int, whole: int) -> bool:
    """So large a part of the whole text that no rule may take it: the rule must be wrong about this page."""
    return length > _MUCH and length > _MUCH_OF_ALL * whole


def wrap_loose_text(parent: Element, tag: str) -> None:
    """Put text that stands where only elements may (in a table, a row, a list) into elements `tag`, in its place."""
    if (parent.text or "").strip():
        wrapped = etree.Element(tag)
        wrapped.text, parent.text = parent.text, None
        parent.insert(0, wrapped)
    for child in list(parent):
        if (child.tail or "").strip():
            wrapped = etree.Element(tag)
            wrapped.text, child.tail = child.tail, None
            child.addnext(wrapped)


def words_of(element: Element) -> str:
    """The first words in an element, enough for a report; its length is bounded."""
    pieces = (str(piece)[: MAX_EXCERPT * 4] for piece in islice(element.itertext(), _WORDS_SEEN))
    return " ".join((" " if element.tag in _OF_BLOCKS else "").join(pieces).split())


def whole_words(element: Element, longest: int) -> str:
    """All of its words on one line, or nothing where they are more than `longest` characters."""
    words = _text_of(element)
    return " ".join(words.split()) if len(words) <= longest else ""


def place_of(element: Element) -> str:
    """Where an element stands, as a person would say it: its own name and those of the two around it."""
    names: list[str] = []
    at: Element | None = element
    while at is not None and at.tag != "body" and len(names) < 3:
        names.append(_name_of(at))
        at = at.getparent()
    return " > ".join(reversed(names))


def _text_of(element: Element) -> str:
    """All text in it, in one piece: six times as quick as joining what `itertext` gives."""
    return etree.tostring(element, method="text", encoding="unicode", with_tail=False)


def _name_of(element: Element) -> str:
    name = str(element.tag)
    if identity := element.get("id"):
        return f"{name}#{identity[:40]}"
    classes = (element.get("class") or "")[:200].split()
    return f"{name}.{classes[0][:40]}" if classes else name


def _append_text(parent: Element, element: Element, text: str) -> None:
    if not text:
        return
    before = element.getprevious()
    if before is None:
        parent.text = (parent.text or "") + text
    else:
        before.tail = (before.tail or "") + text
