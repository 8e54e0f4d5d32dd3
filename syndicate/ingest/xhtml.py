"""Elements of a tree of plain names as HTML text: what XML may leave out and HTML may not is written."""

import base64
import binascii
import re
from html import escape

from lxml import etree

from syndicate.core.text import printable
from syndicate.ingest.reading import names, words

_VOID = names("area br col embed hr img input link meta param source track wbr")
_BREAK = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")


def inner(element: etree._Element) -> str:
    """Everything within the element, in order, the text behind its children too."""
    for node in element.iter(etree.Element):
        if node.tag not in _VOID and not len(node) and node.text is None:
            node.text = ""  # <p/> opens a paragraph in HTML
    children = (etree.tostring(child, encoding="unicode") for child in element)
    return (escape(element.text or "", quote=False) + "".join(children)).strip()


def page_body(html: etree._Element) -> str:
    """Of an XHTML document its body; of a piece of one, such as a `div`, all of it."""
    if html.tag == "html":
        body = html.find("body")
        return inner(body) if body is not None else ""
    return inner(html) if html.tag == "body" else _whole(html)


def has_words(element: etree._Element) -> bool:
    return bool(words(element)) or element.find(".//img") is not None


def paragraphs(text: str) -> str:
    """Plain text as HTML: an empty line ends a paragraph."""
    found = (part.strip() for part in _BREAK.split(printable(text).replace("\r\n", "\n")))
    return "\n".join(f"<p>{escape(part, quote=False)}</p>" for part in found if part)


def data(text: str, content_type: str, encoding: str) -> str | None:
    """Inline data as HTML: text that is escaped HTML, or plain; None for anything that is no text."""
    if "base64" in encoding:
        try:
            text = base64.b64decode("".join(text.split()), validate=True).decode()
        except (binascii.Error, ValueError):
            return None
    kind = content_type.partition(";")[0].strip().lower()
    if kind in ("text/html", "application/xhtml+xml") or (not kind and "</" in text):
        return printable(text).strip()
    return paragraphs(text) if kind in ("", "text/plain") else None


def _whole(element: etree._Element) -> str:
    wrapper = etree.Element("div")
    wrapper.append(element)
    return inner(wrapper)
