"""The text of a story that may come in several renditions: XHTML before NITF before data, and none that is empty."""

from collections.abc import Iterable

from lxml import etree

from syndicate.ingest import xhtml
from syndicate.ingest.nitf_body import Body, read_body
from syndicate.ingest.reading import Reading, words
from syndicate.ingest.xmldoc import plain_names

_NITF = frozenset({"nitf", "body.content", "body.head", "block"})
_NOTHING = Body(html="")


def from_elements(wrappers: Iterable[etree._Element], reading: Reading) -> Body:
    """The best of the renditions written as XML, each all that stands in one wrapper, which is used up.

    A NITF one still gives its head and what it says of the pictures.
    """
    pages: list[etree._Element] = []
    wires: list[etree._Element] = []
    for root in map(_root, wrappers):
        (wires if _is_nitf(root) else pages).append(root)
    page = next((root for root in pages if xhtml.has_words(root)), None)
    told = reading if page is None else Reading(reading.envelope)  # what is odd in a text that is not shown is not told
    nitf = [read_body(plain_names(root, lower=True), told) for root in wires]
    if page is None:
        return next((body for body in nitf if body.html), nitf[0] if nitf else _NOTHING)
    head = nitf[0] if nitf else _NOTHING
    return Body(
        html=xhtml.page_body(page),
        headline=head.headline or words(page.find("head/title")),
        summary=head.summary,
        byline=head.byline,
        authors=head.authors,
        dateline=head.dateline,
        notes=head.notes,
        notices=head.notices,
        pictures=head.pictures,
    )


def from_data(texts: Iterable[tuple[str, str, str]], reading: Reading) -> Body:
    """Of (text, content type, encoding) the first that is HTML, else the first that is text."""
    found = [(xhtml.data(*text), text[1]) for text in texts]
    kinds = [(html, "html" in kind) for html, kind in found if html]
    if any(html is None for html, _ in found) and not kinds:
        reading.warn("Its text is inline data of a kind that is not read here.")
    return Body(html=next((html for html, marked in kinds if marked), kinds[0][0] if kinds else ""))


def _root(wrapper: etree._Element) -> etree._Element:
    """The one element in it; of several, or with text around them, a body that holds them all."""
    if len(wrapper) == 1 and not (wrapper.text or "").strip() and not (wrapper[0].tail or "").strip():
        return wrapper[0]
    wrapper.tag = "body"
    return wrapper


def _is_nitf(root: etree._Element) -> bool:
    names = {str(node.tag).lower() for node in ((root, *root) if root.tag == "body" else (root,))}
    return bool(names & _NITF)
