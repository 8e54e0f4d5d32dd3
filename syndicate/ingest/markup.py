"""HTML that stands where text is wanted, and text that stands where HTML is wanted; relative addresses in it."""

import re
from html import escape
from urllib.parse import urljoin

from lxml import etree
from lxml import html as lxml_html

from syndicate.core.text import printable
from syndicate.ingest.fields import is_web_address
from syndicate.ingest.text import many_lines, one_line

_BLOCK_END = re.compile(r"<(?:br|/p|/div|/li|/h[1-6]|/tr|/blockquote)\b", re.IGNORECASE)
_CLOSED = re.compile(r"</[a-z][a-z0-9]{0,15}\s?>|<br ?/?>", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_ADDRESSES = ("href", "src", "poster", "data-src")
_MAYBE_RELATIVE = re.compile(
    r"""\s(?:href|src|poster|data-src)\s{0,5}=\s{0,5}["']?(?!\s{0,5}(?:[a-z][a-z0-9+.-]{1,20}:|#|["'>]))""",
    re.IGNORECASE,
)


def plain_text(html: str) -> str:
    """The words of a piece of HTML, lines kept."""
    if "<" not in html and "&" not in html:
        return many_lines(html)
    return many_lines(fragment(_BLOCK_END.sub(lambda mark: f"\n{mark[0]}", html)).text_content())


def plain_line(html: str) -> str:
    return one_line(plain_text(html))


def without_tags(text: str) -> str:
    """Text that should be plain. It is taken for HTML where a tag is closed in it: "a <b and c>" holds none."""
    return plain_text(text) if _CLOSED.search(text) else text


def paragraphs(text: str) -> str:
    """Plain text as HTML: a paragraph for each part between blank lines, else for each line."""
    whole = many_lines(text.replace("\r\n", "\n").replace("\r", "\n"))
    parts = _BLANK_LINE.split(whole) if _BLANK_LINE.search(whole) else whole.splitlines()
    return "\n".join(f"<p>{escape(one_line(part), quote=False)}</p>" for part in parts if one_line(part))


def fragment(html: str) -> lxml_html.HtmlElement:
    """A `div` of what any HTML reader would see. No document is opened for it, and nothing is run."""
    try:
        return lxml_html.fragment_fromstring(printable(html), create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):  # nothing but comments, or nothing at all
        return lxml_html.Element("div")


def absolute(address: str, base: str) -> str:
    """A web address, resolved against `base` where it is relative (RFC 3986 5); nothing where it is none."""
    written = address.strip().replace(" ", "%20")
    try:
        joined = urljoin(base, written) if base and written else written
    except ValueError:
        return ""
    return joined if is_web_address(joined) else ""


def with_absolute_addresses(html: str, base: str) -> str:
    """The same HTML, its relative links and pictures resolved. HTML that has none comes back as it was."""
    if not base or not _MAYBE_RELATIVE.search(html):
        return html
    body = fragment(html)
    for element in body.iter():
        for name in _ADDRESSES:
            value = element.get(name)
            if value and not value.startswith("#") and (resolved := absolute(value, base)):
                element.set(name, resolved)
    return inner_html(body)


def inner_html(element: lxml_html.HtmlElement) -> str:
    children = (lxml_html.tostring(child, encoding="unicode") for child in element)
    return escape(element.text or "", quote=False) + "".join(children)
