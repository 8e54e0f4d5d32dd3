"""The story as it is printed, the same in every format: pictures, text, credit.

Pictures that the text does not show stand before it as figures, with caption and credit; a picture of a printed page,
of which we have no file, is a figure with its caption only. A picture that the text shows keeps its place, and gets
its credit there where the text forgot it. The credit sentence is the last paragraph, once: a text that says it already
does not say it twice.

`body_html` is cleaned when it comes in. It is still read here as if it were not well-formed, because one bad story
must not take a whole feed down.
"""

import re
from html import escape, unescape
from html.entities import html5
from typing import cast

from lxml import etree

from syndicate.core.newsitem import NewsItem, Picture
from syndicate.core.text import printable
from syndicate.outputs.text import line, web_address
from syndicate.outputs.xml import add, count, element, put, qualify, say, text_of

XHTML = "{http://www.w3.org/1999/xhtml}"

_ADDRESSES = ("href", "src", "cite", "poster")
_DEEPEST = 256  # cleaning leaves no text so deep; what walks the tree may go down one call for each level

_MARKS = (
    *("a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark"),
    *("q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
)
_TEXTS = etree.XPath(".//text()[not(ancestor::figure or ancestor::p[@class='picture-credit'])]")

_VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31};)")
_BARE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});)")
_BREAK = re.compile(r"</?(?:p|div|br|li|h[1-6]|tr|blockquote|figure|figcaption)\b[^<>]*>", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^<>]*>")


def printed_body(item: NewsItem) -> etree._Element:
    """A new `div`, without a namespace, whose children are the printed story."""
    body = _read(item.body_html)
    shown = {web_address(image.get("src") or ""): image for image in body.iter("img")}
    outside = []
    for picture in item.pictures:
        images = [shown[file] for r in picture.renditions if (file := web_address(r.href)) in shown]
        if images:
            _credit_where_shown(images[0], picture)
        else:
            outside.append(_figure(picture))
    _prepend(body, [figure for figure in outside if len(figure)])
    if item.credit.text and line(item.credit.text) not in text_of(body):
        body.append(_credit_paragraph(item))
    return body


def word_count(printed: etree._Element) -> int:
    """A word ends with its block, and goes on through a mark such as `b`. Captions are not counted, as ninjs has it."""
    said: list[str] = []
    walk = etree.iterwalk(printed, events=("start", "end"))
    for event, node in walk:
        said.append("" if node.tag in _MARKS else " ")
        if event == "end":
            said.append(node.tail or "")
        elif node.tag == "figcaption":
            walk.skip_subtree()
        else:
            said.append(node.text or "")
    return len("".join(said).split())


def begins_with(body: etree._Element, words: str) -> bool:
    """Whether the text opens with these words, whatever their capitals, spaces and tags; pictures are no part of it."""
    said = " ".join(cast(list[str], _TEXTS(body))).casefold()
    spelt = r"\s*".join(re.escape(character) for character in words.casefold() if not character.isspace())
    return re.match(rf"\s*{spelt}(?!(?<=\w)\w)", said) is not None


def as_html(body: etree._Element) -> str:
    """The children as text that HTML and XML parsers read alike: `<br/>`, but `<p></p>`."""
    for node in body.iter():
        if node.tag not in _VOID and not len(node) and node.text is None:
            node.text = ""
    children = (etree.tostring(child, encoding="unicode") for child in body)
    return escape(body.text or "", quote=False) + "".join(children)


def in_xhtml(body: etree._Element) -> etree._Element:
    """The same `div`, now in the XHTML namespace."""
    return qualify(body, XHTML)


def caption(picture: Picture) -> str:
    """Caption and credit as printed under a picture: the credit in brackets, unless the caption ends with it."""
    words, credit = line(picture.caption), _credit(picture)
    if not credit or _signed(words, credit):
        return words
    return f"{words} ({credit})" if words else credit


def _credit(picture: Picture) -> str:
    return line(picture.credit).strip("()")


def _signed(text: str, credit: str) -> bool:
    """Whether a text ends with the credit: the "map" of a caption is no credit to AP, nor is AP's name amid a text."""
    said, wanted = (one.casefold().strip("()[]. ") for one in (text, credit))
    return said.endswith(wanted) and not said.removesuffix(wanted)[-1:].isalnum()


def _read(html: str) -> etree._Element:
    text = _ENTITY.sub(_as_character, printable(html))
    text = _BARE_AMPERSAND.sub("&amp;", text)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        body = etree.fromstring(f"<div>{text}</div>".encode(), parser)
    except etree.XMLSyntaxError:
        return _words_only(text)
    return _words_only(text) if _depth(body) > _DEEPEST else _absolute(body)


def _absolute(body: etree._Element) -> etree._Element:
    """A story is read far from where it was written: an address that leads nowhere from there is taken out."""
    for node in body.iter():
        for name in _ADDRESSES:
            address = node.get(name)
            if address and not address.startswith(("mailto:", "tel:")) and not web_address(address):
                del node.attrib[name]
    return body


def _depth(body: etree._Element) -> int:
    """How many elements stand inside each other at the deepest place."""
    deepest = depth = 0
    for event, _ in etree.iterwalk(body, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _as_character(entity: re.Match[str]) -> str:
    """HTML's named characters, which XML does not know."""
    character = html5.get(entity[1])
    return escape(character, quote=False) if character else entity[0]


def _words_only(html: str) -> etree._Element:
    """A text that nobody can parse keeps its words, a paragraph for each of its blocks, and loses its marks."""
    body = etree.Element("div")
    for paragraph in _BREAK.sub("\n\n", html).split("\n\n"):
        put(body, "p", line(unescape(_ANY_TAG.sub("", paragraph))))
    return body


def _figure(picture: Picture) -> etree._Element:
    figure = etree.Element("figure")
    file = next((r for r in picture.renditions if web_address(r.href)), None)
    if file:
        sizes = {"width": count(file.width), "height": count(file.height)}
        add(figure, "img", {"src": web_address(file.href), **sizes}).set("alt", line(picture.alt))
    put(figure, "figcaption", caption(picture))
    return figure


def _credit_where_shown(image: etree._Element, picture: Picture) -> None:
    """A picture that stands in the text without its credit gets it in its figure, else behind its paragraph."""
    credit = _credit(picture)
    figure = next(image.iterancestors("figure"), None)
    if not credit:
        return
    if figure is not None:
        _credit_in_figure(figure, picture)
        return
    block = image
    while (parent := block.getparent()) is not None and parent.getparent() is not None:
        block = parent
    after = block.getnext()
    if _signed(text_of(block), credit) or (after is not None and _signed(text_of(after), credit)):
        return
    note = element("p", {"class": "picture-credit"}, credit)
    note.tail, block.tail = block.tail, None
    block.addnext(note)


def _credit_in_figure(figure: etree._Element, picture: Picture) -> None:
    legend = next(figure.iter("figcaption"), None)
    if legend is None:
        put(figure, "figcaption", caption(picture))
    elif not _signed(text_of(legend), _credit(picture)):
        say(legend, f" ({_credit(picture)})")


def _credit_paragraph(item: NewsItem) -> etree._Element:
    paragraph = _read(item.credit.html)
    readable = text_of(paragraph) == line(item.credit.text) and paragraph.find("p") is None
    if not readable:  # no HTML was compiled, or it is not well-formed
        paragraph = element("p", {}, line(item.credit.text))
    paragraph.tag = "p"
    paragraph.set("class", "credit")
    return paragraph


def _prepend(body: etree._Element, figures: list[etree._Element]) -> None:
    if figures:
        figures[-1].tail, body.text = body.text, None
    body[:0] = figures
